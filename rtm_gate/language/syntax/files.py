"""Stage 0 and the rim: files to texts, and each text through cutting, parsing and building. The one place that reads files."""

from __future__ import annotations

import os
import posixpath
import re
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lark import Tree

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.build import Builder
from rtm_gate.language.syntax.cut import Piece, cut
from rtm_gate.language.syntax.parse import parse
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.language.syntax.words import BLOCKS
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.source import At

LARGEST = 2_000_000
"""Bytes of one file: some 20,000 rules."""
TOO_LARGE = f"is larger than {LARGEST // 1_000_000} MB"
MOST_FILES = 200
MOST_FAULTS = 50
"""Faults shown of one file; a file with more of them is not a policy."""


Built = tuple[nodes.Item | nodes.Test | None, tuple[Diagnostic, ...]]
"""What one piece came to, and what is wrong with it."""


@dataclass(slots=True)
class Read:
    """Everything read so far. `sources` maps the shown name of a file to its text, `paths` to where it lies."""

    files: list[nodes.File] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


def read_path(path: Path) -> Read:
    """The file (or the folder's `standard.rtm`) and all it includes.

    Files are shown as `folder/file.rtm`, seen from the folder above the first one, wherever the program was started.
    """
    read = Read()
    root = path / "standard.rtm" if path.is_dir() else path
    folder = _absolute(root).parent
    _Loader(read, folder).load(root, None, ())
    return read


def read_text(text: str, name: str) -> Read:
    """One text; it cannot include others, since it lies in no folder."""
    read = Read()
    # What no file can hold, half of a surrogate pair, no text can either.
    text, problem = text_of(text.encode(errors="surrogatepass"))
    if problem:
        read.found.append(Diagnostic("RTM100", "error", f"`{name}` {problem}", At(name, 1, 1, 1, 1)))
    file = _parsed(read, name, text)
    for item in file.items:
        if item.word == "include":
            read.found.append(Diagnostic("RTM122", "error", "a text without a file cannot include others", item.at))
    return read


def paste(read: Read, text: str, name: str) -> None:
    """One more text beside the files that were read, shown as `name`."""
    _parsed(read, name, text)


class _Loader:
    def __init__(self, read: Read, folder: Path) -> None:
        self.read, self.folder = read, folder
        self.first: dict[Path, At | None] = {}

    def load(self, path: Path, where: At | None, chain: tuple[Path, ...]) -> None:
        name, here = self._shown(path), Path(os.path.realpath(path))
        place = where or At(name, 1, 1, 1, 1)
        self.read.paths.setdefault(name, _absolute(path))
        if here in chain:
            self._twice(here, place, f"`{name}` includes itself in the end", "RTM120")
            return
        if here in self.first:
            before = self.first[here]
            # Several files may each say that they need it.
            if before is None or before.file == place.file:
                self._twice(here, place, f"`{name}` is included twice", "RTM121")
            return
        self.first[here] = where
        if len(self.first) > MOST_FILES:
            self.read.found.append(Diagnostic("RTM122", "error", f"more than {MOST_FILES} files are included", place))
            return
        data, problem = bytes_of(path)
        text, problem = ("", problem) if problem else text_of(data)
        if problem:
            self.read.found.append(Diagnostic("RTM100", "error", f"`{name}` {problem}", place))
            return
        for item in _parsed(self.read, name, text).items:
            if item.word == "include" and item.title is not None:
                self._include(path, item.title, (*chain, here))

    def _include(self, path: Path, title: nodes.Text, chain: tuple[Path, ...]) -> None:
        if not title.text.endswith(".rtm") or "\0" in title.text or Path(title.text).is_absolute():
            self.read.found.append(Diagnostic("RTM122", "error", f"`{title.text}` cannot be included", title.at, "a path to an .rtm file, seen from this file"))
            return
        self.load(path.parent / title.text, title.at, chain)

    def _twice(self, path: Path, where: At, message: str, code: str) -> None:
        self.read.found.append(Diagnostic(code, "error", message, where))
        before = self.first.get(path)
        if before is not None:
            self.read.found.append(Diagnostic(code, "error", message, before))

    def _shown(self, path: Path) -> str:
        inner = os.path.relpath(_absolute(path), self.folder).replace(os.sep, "/")
        return posixpath.normpath(posixpath.join(self.folder.name, inner))


def _absolute(path: Path) -> Path:
    """Without following links, so that a file is shown where its author sees it."""
    return Path(os.path.normpath(Path.cwd() / path))


def bytes_of(path: Path) -> tuple[bytes, str]:
    """What is in a file, or what is wrong with it."""
    try:
        about = path.stat()
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
            return b"", "is not a file"  # a pipe or a device never ends
        if about.st_size > LARGEST:
            return b"", TOO_LARGE
        return path.read_bytes(), ""
    except FileNotFoundError:
        return b"", "is not there"
    except (OSError, ValueError) as error:
        return b"", f"cannot be read: {getattr(error, 'strerror', None) or error}"


def text_of(data: bytes) -> tuple[str, str]:
    """The text that a file holds, or what is wrong with it."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n"), ""
    except UnicodeDecodeError as error:
        return "", f"is not UTF-8 text (line {data.count(bytes([10]), 0, error.start) + 1})"


def _parsed(read: Read, name: str, text: str) -> nodes.File:
    """Cut, parse and build one text."""
    source = SourceText.of(name, text[:LARGEST])
    read.sources[name] = text
    found: list[Diagnostic] = []
    if len(text) > LARGEST:
        found.append(Diagnostic("RTM100", "error", f"`{name}` {TOO_LARGE}", At(name, 1, 1, 1, 1)))
    pieces = cut(source)
    found += pieces.found
    items: list[nodes.Item] = []
    tests: list[nodes.Test] = []
    lost: list[str] = []
    for piece in pieces.pieces:
        built, faults = _item(source, piece) if piece.sound and len(found) < MOST_FAULTS else (None, ())
        found += faults
        if built is None:
            lost += _names(source, piece)
        else:
            (tests if isinstance(built, nodes.Test) else items).append(built)  # type: ignore[arg-type]
    file = nodes.File(name, tuple(items), tuple(tests), pieces.canonical, tuple(lost))
    read.files.append(file)
    read.found += found[:MOST_FAULTS]
    return file


def _item(source: SourceText, piece: Piece) -> Built:
    at = source.at(piece.start, piece.start)
    return _built(piece.word, SourceText.of(source.name, source.text[piece.start : piece.end], at.line, at.column))


@lru_cache(maxsize=8192)
def _built(word: str, source: SourceText) -> Built:
    """One item, or what is wrong with it. Kept, since most of a policy stays as it is while its author works on one block."""
    tree = parse(source, Piece(word, 0, len(source.text)))
    if not isinstance(tree, Tree):
        return None, (tree,)
    found: list[Diagnostic] = []
    built = Builder(source, found).item(tree)
    return built, tuple(found)


def _names(source: SourceText, piece: Piece) -> list[str]:
    """The names that an item which could not be read would have had: nobody is told that they do not exist.

    `tier Manager`, `tier "manager"` and `teir manager` are wrong, and it is plain which name was meant.
    """
    if piece.word == "policy":
        return ["policy"]
    meant = re.findall(rf'(?:\A\w+|\b(?:{"|".join((*BLOCKS, "ask", "day"))}))\s+"?([A-Za-z][\w.-]*)', source.text[piece.start : piece.end])
    return [name.lower().replace("-", "_") for name in meant]
