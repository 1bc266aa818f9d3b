"""A project: a folder with `rtm-gate.toml`, or a policy file on its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rtm_gate import resources
from rtm_gate.gate.configuration import Configuration
from rtm_gate.gate.toml import read_toml

CONFIGURATION = "rtm-gate.toml"
NOTHING_SAID = Configuration()


@dataclass(frozen=True, slots=True)
class Project:
    """`feeds` are files and URLs; empty when the project names none. `root` is None for a policy without a project."""

    policy: Path
    feeds: tuple[str, ...] = ()
    root: Path | None = None
    configuration: Configuration = NOTHING_SAID

    @property
    def people(self) -> Path | None:
        """The file of people and roles, where the project names one."""
        named = self.configuration.people
        return self.root / named if self.root is not None and named else None


def open_project(folder: Path | None = None, policy: Path | None = None) -> Project:
    """The project in `folder` (default: here), with `policy` instead of its own where given.

    Without an `rtm-gate.toml` it is the given policy, or the bundled standard policy. Raises ProjectError.
    """
    root = folder or Path()
    file = root / CONFIGURATION
    if not file.is_file():
        return Project(policy or resources.path("policies", "standard.rtm"))
    configuration = read_toml(file, Configuration)
    own = root / configuration.policy if configuration.policy else resources.path("policies", "standard.rtm")
    return Project(policy or own, tuple(_expand(root, configuration.feeds)), root, configuration)


def _expand(root: Path, feeds: tuple[str, ...]) -> list[str]:
    """Patterns become the files they match, sorted; URLs and plain names stay, so that a missing file is reported."""
    found: list[str] = []
    for feed in feeds:
        if "://" in feed or Path(feed).is_absolute():
            found.append(feed)
        else:
            found += _matching(root, feed) or [str(root / feed)]
    return found


def _matching(root: Path, pattern: str) -> list[str]:
    try:
        return sorted(str(file) for file in root.glob(pattern))
    except ValueError:
        return []
