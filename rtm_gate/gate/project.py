"""A project: a folder with `rtm-gate.toml`, or a policy file on its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from rtm_gate import resources

CONFIGURATION = "rtm-gate.toml"


class ProjectError(ValueError):
    """The configuration cannot be used; `problems` lists everything wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class _Configuration(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    policy: str | None = None
    feeds: list[str] = []


@dataclass(frozen=True, slots=True)
class Project:
    """`feeds` are files and URLs; empty when the project names none. `root` is None for a policy without a project."""

    policy: Path
    feeds: tuple[str, ...] = ()
    root: Path | None = None


def open_project(folder: Path | None = None, policy: Path | None = None) -> Project:
    """The project in `folder` (default: here), with `policy` instead of its own where given.

    Without an `rtm-gate.toml` it is the given policy, or the bundled standard policy. Raises ProjectError.
    """
    root = folder or Path()
    file = root / CONFIGURATION
    if not file.is_file():
        return Project(policy or resources.path("policies", "standard.rtm"))
    try:
        configuration = _Configuration.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError([f"{file}: {error}"]) from None
    except ValidationError as error:
        raise ProjectError([f"{file}: {'.'.join(map(str, row['loc']))}: {row['msg']}" for row in error.errors()]) from None
    own = root / configuration.policy if configuration.policy else resources.path("policies", "standard.rtm")
    return Project(policy or own, tuple(_expand(root, configuration.feeds)), root)


def _expand(root: Path, feeds: list[str]) -> list[str]:
    """Patterns become the files they match, sorted; URLs and plain names stay, so that a missing file is reported."""
    found: list[str] = []
    for feed in feeds:
        if "://" in feed or Path(feed).is_absolute():
            found.append(feed)
        else:
            found += sorted(str(file) for file in root.glob(feed)) or [str(root / feed)]
    return found
