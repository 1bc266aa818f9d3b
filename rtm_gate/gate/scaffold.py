"""A new project: which files it has, and how they are laid down without touching any that is there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from string import Template

from rtm_gate import __version__, resources
from rtm_gate.gate.policy import load_policy
from rtm_gate.news.sources import starter_feeds

COPIES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("scaffold", "rtm-gate.toml"), "rtm-gate.toml"),
    (("scaffold", "people.toml"), "people.toml"),
    (("scaffold", "README.md"), "README.md"),
    (("scaffold", "gitignore"), ".gitignore"),
    (("scaffold", "github"), ".github"),
    (("policies",), "policies"),
    (("feeds", "demo"), "feeds/sample"),
    (("feeds", "catalog"), "feeds/catalog"),
    (("examples", "go.json"), "examples/go.json"),
    (("examples", "hold.json"), "examples/hold.json"),
    (("examples", "no-go.json"), "examples/no-go.json"),
    (("examples", "drafts.jsonl"), "examples/drafts.jsonl"),
    (("examples", "cases"), "cases"),
    (("scaffold", "cases"), "cases"),
    # The case of the derailment is the third example in the hour of the samples.
    (("examples", "no-go.json"), "cases/bags-after-a-derailment/draft.json"),
    (("feeds", "demo"), "cases/bags-after-a-derailment/feeds"),
)
"""Bundled file or folder, and where it lies in a project."""
TEMPLATES = ("rtm-gate.toml", ".github/workflows/policy.yml")
"""Files in which `$version` and `$digest` stand for the gate and the policy that were copied, `$starter` for feeds to begin with."""

Files = Mapping[PurePosixPath, bytes]


class TakenError(Exception):
    """`files` are in the way of the new project; nothing was changed."""

    def __init__(self, files: list[Path]) -> None:
        super().__init__(", ".join(map(str, files)))
        self.files = files


def project_files() -> Files:
    """Every file of a new project, by its path from the project's folder."""
    files = {where: content for source, target in COPIES for where, content in _copied(resources.path(*source), PurePosixPath(target))}
    starter = "\n".join(f'#   "{feed.name}",' for feed in starter_feeds())
    words = {"version": __version__, "digest": shipped_digest(), "starter": starter}
    for name in map(PurePosixPath, TEMPLATES):
        files[name] = Template(files[name].decode()).substitute(words).encode()
    return files


def shipped_digest() -> str:
    """The digest of the bundled standard policy. Raises ValueError where the installation is broken and it does not load."""
    loaded = load_policy(resources.path("policies", "standard.rtm"))
    if loaded.policy is None:
        raise ValueError(f"the bundled policy does not load: {loaded.errors[0].message}")
    return loaded.policy.digest


def lay_down(folder: Path, files: Files) -> list[Path]:
    """Writes the files and names them. Raises TakenError where any is there already, OSError where one cannot be written; both leave all as it was."""
    taken = sorted({path for name in files for path in _in_the_way(folder, name)})
    if taken:
        raise TakenError(taken)
    made: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            _make_folders(path.parent, made)
            # Never over a file that came to be in the meantime.
            with path.open("xb") as opened:
                made.append(path)
                opened.write(content)
    except OSError:
        _undo(made)
        raise
    return [folder / name for name in files]


def samples(feeds: Iterable[str]) -> frozenset[str]:
    """Those of the feeds that are the recorded samples of a new project, wherever they lie by now."""
    files = [feed for feed in feeds if "://" not in feed]
    if not files:
        return frozenset()
    shipped = {file.read_bytes() for file in resources.path("feeds", "demo").glob("*.xml")}
    largest = max(map(len, shipped), default=0)
    return frozenset(file for file in files if _beginning(Path(file), largest + 1) in shipped)


def _beginning(file: Path, size: int) -> bytes:
    with suppress(OSError, ValueError):
        # A pipe or a device would be waited for.
        if file.is_file():
            with file.open("rb") as opened:
                return opened.read(size)
    return b""


def _copied(source: Path, target: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    if source.is_file():
        yield target, source.read_bytes()
        return
    for file in sorted(source.rglob("*")):
        if file.is_file():
            yield target / file.relative_to(source).as_posix(), file.read_bytes()


def _in_the_way(folder: Path, name: PurePosixPath) -> Iterator[Path]:
    """The file itself, or something that is no folder where a folder is needed."""
    path = folder / name
    if os.path.lexists(path):
        yield path
    for above in (folder, *(folder / part for part in reversed(name.parents))):
        if os.path.lexists(above) and not above.is_dir():
            yield above


def _make_folders(folder: Path, made: list[Path]) -> None:
    if not folder.is_dir():
        _make_folders(folder.parent, made)
        folder.mkdir()
        made.append(folder)


def _undo(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
