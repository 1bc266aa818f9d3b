"""What the verbs share: the project's own list, or a refusal that says all that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rtm_gate.cli.options import refuse

if TYPE_CHECKING:
    from rtm_gate.model.images import KnownImage


def own_images(as_json: bool, default: str | None = None) -> tuple[Path | None, tuple[KnownImage, ...]]:
    """The list that rtm-gate.toml names, and what is in it; where it names none, the `default`. A list that a verb may make is empty until then."""
    from rtm_gate.gate.images import read_images
    from rtm_gate.gate.project import open_project
    from rtm_gate.gate.toml import ProjectError

    try:
        file = open_project().images or (Path(default) if default else None)
        return file, read_images(file) if file is not None and (default is None or file.exists()) else ()
    except ProjectError as error:
        refuse(error.problems, as_json)


def hashed(files: tuple[Path, ...], as_json: bool) -> list[str]:
    """SHA-256 of each file, or a refusal that names all that cannot be read."""
    from rtm_gate.gate.images import hashes_of
    from rtm_gate.gate.toml import ProjectError

    try:
        return hashes_of(files)
    except ProjectError as error:
        refuse(error.problems, as_json)
