"""A text made comparable without losing its places: look-alike forms are folded, and every folded character knows where it came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_PLAIN_FORMS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "＇": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "−": "-", "﹣": "-", "－": "-",
    "™": " ", "®": " ", "©": " ", "℠": " ", "İ": "I", "⁄": "/",
}  # fmt: skip
"""Forms that NFKC leaves alone, or would turn into letters that glue themselves to a name (Acme™ is not AcmeTM)."""

_LOOK_ALIKES = dict(zip("аеорсухіјѕһԁӏАВЕКМНОРСТУХІЈЅοανιτρκεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijshdlABEKMHOPCTYXIJSoavitpkeABEZHIKMNOPTYX", strict=True))
"""Cyrillic and Greek letters that pass for Latin ones; folded only inside a word that also has Latin letters."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`plain` is what is compared. `starts[i]` and `ends[i]` bound the source characters of plain[i]; empty when they coincide."""

    source: str
    plain: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that a span of `plain` stands for."""
        if not self.starts:
            return start, end
        if start >= end:
            return (self.starts[start], self.starts[start]) if start < len(self.starts) else (len(self.source), len(self.source))
        return self.starts[start], self.ends[end - 1]


_INVISIBLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u0335-\u0338\u20d2]")
"""Characters that show nothing, and strokes laid over a letter."""


def fold(text: str) -> Folded:
    """Compatibility forms, quotes, hyphens and invisible characters folded; case is kept and `plain.lower()` has the same length."""
    if text.isascii():
        plain = text.replace("`", "'")
        return Folded(text, plain)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        for char in _fold_cluster(match.group()):
            chars.append(char)
            starts.append(match.start())
            ends.append(match.end())
    plain = _latin_words("".join(chars))
    return Folded(text, plain, tuple(starts), tuple(ends))


def _fold_cluster(cluster: str) -> str:
    if cluster.isascii():
        return _PLAIN_FORMS.get(cluster, cluster)
    known = _PLAIN_FORMS.get(cluster)
    if known is not None:
        return known
    if any("\ud800" <= char <= "\udfff" for char in cluster):
        return "\ufffd"  # a broken character: nothing can be said of it, and spaCy refuses it
    folded = unicodedata.normalize("NFKC", cluster)
    return "".join(_PLAIN_FORMS.get(c, c) for c in folded if not _INVISIBLE.match(c) and len(c.lower()) == 1)


def _latin_words(text: str) -> str:
    def latin(match: regex.Match[str]) -> str:
        word = match.group()
        if word.isascii() or not any(c.isascii() for c in word):
            return word
        return "".join(_LOOK_ALIKES.get(c, c) for c in word)

    return _WORD.sub(latin, text)


def flat(text: str) -> str:
    """Letters and digits in lower case: `Coca-Cola` and `coca cola` are one."""
    bare = text.lower().replace(" ", "")
    return bare if bare.isalnum() else "".join(filter(str.isalnum, bare))
