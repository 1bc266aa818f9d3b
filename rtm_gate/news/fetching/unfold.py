"""The body of an answer, unpacked piece by piece: a small bomb stays small, and what was cut off is noticed."""

from __future__ import annotations

import zlib

from rtm_gate.news.fetching.limits import too_large

ENCODINGS = ("gzip", "deflate")
"""What is asked for. Each is in the standard library, and stops where it is told to."""
BROKEN_OFF = "the answer broke off before its end"


class UnfoldError(Exception):
    """The message is a sentence."""


class Unfold:
    """Takes the bytes of one answer. `encoding` is its Content-Encoding. Everything here raises UnfoldError."""

    def __init__(self, encoding: str, limit: int) -> None:
        codings = [coding for part in encoding.lower().split(",") if (coding := part.strip().removeprefix("x-")) not in ("", "identity")]
        if len(codings) > 1:
            raise UnfoldError("the answer is compressed more than once")
        if codings and codings[0] not in ENCODINGS:
            raise UnfoldError(f"the answer is compressed as `{codings[0][:20]}`, which was not asked for")
        self._coding = codings[0] if codings else ""
        self._limit = limit
        self._data = bytearray()
        self._unpacker: zlib._Decompress | None = None

    def take(self, piece: bytes) -> None:
        if not self._coding:
            self._keep(piece)
            return
        while piece:
            if self._unpacker is None:
                self._unpacker = zlib.decompressobj(_window(self._coding, piece[0]))
            elif self._unpacker.eof:
                # A file of gzip may have several parts; what else follows the end is padding.
                if not piece.startswith(b"\x1f"):
                    return
                self._unpacker = zlib.decompressobj(_window(self._coding, piece[0]))
            try:
                self._keep(self._unpacker.decompress(piece, self._limit + 1 - len(self._data)))
            except zlib.error:
                raise UnfoldError(f"the answer is not the {self._coding} it says it is") from None
            piece = self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def _keep(self, data: bytes) -> None:
        self._data += data
        if len(self._data) > self._limit:
            raise UnfoldError(too_large(None, self._limit))

    def data(self) -> bytes:
        """All of it, once the last piece was taken."""
        if self._unpacker is not None and not self._unpacker.eof:
            raise UnfoldError(BROKEN_OFF)
        return bytes(self._data)


def _window(coding: str, first: int) -> int:
    """zlib finds out which of its two envelopes it is; some servers send `deflate` without one, which the first byte shows."""
    return -zlib.MAX_WBITS if coding == "deflate" and first & 0x0F != 8 and first != 0x1F else zlib.MAX_WBITS | 32
