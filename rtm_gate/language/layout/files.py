"""The rim of the formatter: policy files found, read and written back."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rtm_gate.language.layout import formatted
from rtm_gate.language.syntax.files import LARGEST, TOO_LARGE, bytes_of, text_of
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.source import At


@dataclass(frozen=True, slots=True)
class Laid:
    """One file: as it is, and as it should be; `after` is None where a diagnostic says why it is left alone."""

    name: str
    before: bytes
    after: bytes | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def changed(self) -> bool:
        return self.after is not None and self.after != self.before

    @property
    def text(self) -> str:
        """What diagnostics point into."""
        return text_of(self.before)[0]


def policy_files(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """The files named, and all `*.rtm` below the folders named (hidden folders left out), each once; and what is wrong with the paths."""
    found: dict[str, Path] = {}
    problems: list[str] = []
    for path in paths:
        files = [path] if path.is_file() else sorted(_below(path)) if path.is_dir() else []
        if not files:
            problems.append(f"{path}: {'has no .rtm files' if path.is_dir() else 'is not a file' if path.exists() else 'is not there'}")
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values()), problems


def _below(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*.rtm"):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def lay_out_file(path: Path) -> Laid:
    data, problem = bytes_of(path)
    return _unread(str(path), problem) if problem else lay_out_bytes(data, str(path))


def lay_out_bytes(data: bytes, name: str) -> Laid:
    """A file's content; `name` stands for it in diagnostics."""
    text, problem = text_of(data) if len(data) <= LARGEST else ("", TOO_LARGE)
    if problem:
        return _unread(name, problem)
    done = formatted(text, name)
    return Laid(name, data, None if done.text is None else done.text.encode(), done.diagnostics)


def _unread(name: str, problem: str) -> Laid:
    return Laid(name, b"", None, (Diagnostic("RTM100", "error", f"`{name}` {problem}", At(name, 1, 1, 1, 1)),))


def write_back(path: Path, data: bytes) -> str:
    """Puts a new file in the place of the old one, with its mode, or leaves it untouched and says why."""
    place = Path(os.path.realpath(path))
    try:
        mode = stat.S_IMODE(place.stat().st_mode)
        # A file may be replaced in a folder one may write to; that its own mode forbids it still counts.
        if not mode & 0o222 or not os.access(place, os.W_OK):
            return "cannot be written: it is read-only"
        handle, fresh = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    except OSError as error:
        return f"cannot be written: {error.strerror or error}"
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(fresh).chmod(mode)
        Path(fresh).replace(place)
    except OSError as error:
        with suppress(OSError):
            Path(fresh).unlink()
        return f"cannot be written: {error.strerror or error}"
    return ""
