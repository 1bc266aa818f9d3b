"""The entries of a document that is not well-formed, cut out of its text."""

from __future__ import annotations

import codecs
import re

_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s>/])[^<>]*>", re.IGNORECASE)
_HIDING = re.compile(rb"<!--|<!\[CDATA\[")
_NAMES = re.compile(rb"""\s(xmlns(?::[\w.-]+)?)\s*=\s*("[^"<]*"|'[^'<]*')""")
_DECLARED = re.compile(rb"<\?xml[^>]*\?>")
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def pieces_of(data: bytes) -> tuple[list[bytes], bytes]:
    """Each entry from its tag to its end, or to the tag of the next; and a tag `<outer ...>` with the names that the document declares.

    What stands in comments and CDATA begins no entry.
    """
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), "")
    if wide:
        data = _DECLARED.sub(b"", data.decode(wide, "replace").encode("utf-8", "replace"), count=1)
    pieces: list[bytes] = []
    first = begun = -1
    for tag in _TAG.finditer(_bare(data)):
        if begun >= 0:
            pieces.append(data[begun : tag.end() if tag[1] else tag.start()])
        begun = -1 if tag[1] else tag.start()
        first = begun if first < 0 else first
    if begun >= 0:
        pieces.append(data[begun:])
    head = data[: max(0, first)]
    declared = _DECLARED.match(head)
    names = dict(_NAMES.findall(head))
    return pieces, (declared[0] if declared else b"") + b"<outer " + b" ".join(b"%s=%s" % pair for pair in names.items()) + b">"


def _bare(data: bytes) -> bytes:
    """The text with comments and CDATA blanked out, every other byte in its place."""
    bare, at = bytearray(data), 0
    while opened := _HIDING.search(data, at):
        close = b"-->" if opened[0] == b"<!--" else b"]]>"
        end = data.find(close, opened.end())
        if end < 0:
            break
        at = end + len(close)
        bare[opened.start() : at] = b" " * (at - opened.start())
    return bytes(bare)
