"""Files and standard input, read strictly: what cannot be read is a problem of the call, not a guess."""

from __future__ import annotations

import sys
from pathlib import Path

from rtm_gate.cli.options import refuse


def bytes_of(path: Path, as_json: bool) -> bytes:
    """The content of a file, or of standard input for `-`. Refuses the call where it cannot be read."""
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        refuse([f"{path}: {error.strerror or error}"], as_json)


def text_of(path: Path, as_json: bool) -> str:
    try:
        return bytes_of(path, as_json).decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse([f"{path}: is not UTF-8 text"], as_json)


def lines_of(path: Path, as_json: bool) -> list[bytes]:
    """Lines of JSON Lines: they end at a line feed only, other separators may stand inside a string."""
    return bytes_of(path, as_json).removeprefix(b"\xef\xbb\xbf").split(b"\n")
