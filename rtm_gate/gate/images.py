"""A project's own list of known pictures: read, asked, and added to by the hash of a file."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rtm_gate.gate.project import Project
from rtm_gate.gate.toml import ProjectError, read_toml
from rtm_gate.model.images import KnownImage, KnownImages
from rtm_gate.vocabulary.images import is_telling, standard_images

DEFAULT = "images.toml"


def images_for(project: Project) -> tuple[tuple[KnownImage, ...], list[str]]:
    """The project's own pictures; where its file cannot be used, none, and why."""
    if project.images is None:
        return (), []
    try:
        return read_images(project.images), []
    except ProjectError as error:
        return (), error.problems


def read_images(file: Path) -> tuple[KnownImage, ...]:
    """Raises ProjectError that lists every problem."""
    return read_toml(file, KnownImages, _faults).image


def _faults(tables: dict[str, Any]) -> list[str]:
    """What the form alone does not say: an id that stands twice, words that would meet every picture, a picture that nothing tells."""
    listed = tables.get("image")
    rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    ids = [row["id"] for row in rows if isinstance(row.get("id"), str)]
    found = [f"`{name}` stands {ids.count(name)} times; one picture is one entry" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    for number, row in enumerate(rows, start=1):
        words = row.get("words", [])
        common = [word for word in words if isinstance(word, str) and word.strip() and not is_telling(word)] if isinstance(words, list) else []
        found += [f"image entry {number}, words: `{word}` would meet many other pictures; say two words that tell it, or a name" for word in common]
        if not words and not row.get("sha256"):
            found.append(f"image entry {number}: has neither `words` nor `sha256`, so it is never known")
    return found


def hashes_of(files: Sequence[Path]) -> list[str]:
    """SHA-256 of the bytes of each. Raises ProjectError that lists every file that cannot be read."""
    found, problems = [], []
    for file in files:
        try:
            if file.exists() and not file.is_file():
                problems.append(f"{file}: is a folder" if file.is_dir() else f"{file}: is no file")
                continue
            with file.open("rb") as opened:
                found.append(hashlib.file_digest(opened, "sha256").hexdigest())
            if not file.stat().st_size:
                problems.append(f"{file}: is empty")
        except OSError as error:
            problems.append(f"{file}: {error.strerror or error}")
    if problems:
        raise ProjectError(problems)
    return found


def shipped(name: str) -> KnownImage | None:
    return next((image for image in standard_images() if image.id == name), None)


def add_image(file: Path, own: Sequence[KnownImage], image: dict[str, Any]) -> KnownImage:
    """Appends a picture to the list in `file`, which comes to be if need be; what stands there already is kept as it is. Raises ProjectError."""
    name, hashes = image["id"], image["sha256"]
    problems = [f"`{one.id}` is in {file} already: give another --id, or add to its `sha256` there: {', '.join(hashes)}" for one in own if one.id == name]
    problems += [f"{digest} is listed already, as `{one.id}`" for one in own for digest in hashes if digest in one.sha256]
    try:
        made = KnownImage.model_validate(image)
    except ValidationError as error:
        problems += [f"--{row['loc'][0]}: {row['msg'][:1].lower()}{row['msg'][1:]}" for row in error.errors(include_url=False)]
    if problems:
        raise ProjectError(problems)
    try:
        before = file.read_text(encoding="utf-8-sig") if file.exists() else "# Pictures known from a catastrophe, beside those that come with rtm-gate.\n"
        text = before.rstrip("\n") + "\n\n" + _block(made)
        tomllib.loads(text)
        file.write_text(text, encoding="utf-8")
    except tomllib.TOMLDecodeError:
        raise ProjectError([f"{file}: nothing can be added at its end; write its pictures as tables [[image]]"]) from None
    except OSError as error:
        raise ProjectError([f"{file}: {error.strerror or error}"]) from None
    return made


def _block(image: KnownImage) -> str:
    """A JSON string is a TOML string where it holds no control character, and none of these does."""
    values = image.model_dump(exclude_defaults=True)
    return "[[image]]\n" + "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items())
