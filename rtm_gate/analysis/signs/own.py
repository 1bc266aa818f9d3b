"""Our own names: brand, products, competitors, under every name they have, compiled once per set of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from rtm_gate.analysis.written.folding import flat, fold
from rtm_gate.model.vocabulary import OwnNames
from rtm_gate.vocabulary.names import is_handle, is_ordinary, key_of, needs_capital

_PARTS = regex.compile(r"[\s\-]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a brand, product or competitor. `name` is the one it counts as, `kind` brand, product or competitor,
    `flat` the letters and digits of `written` in lower case.
    """

    name: str
    kind: str
    written: str
    flat: str

    @property
    def is_handle(self) -> bool:
        return is_handle(self.written)


@dataclass(frozen=True, slots=True)
class OwnMatcher:
    names: tuple[Spelling, ...]
    pattern: regex.Pattern[str] | None
    by_key: dict[str, Spelling]

    def find(self, plain: str) -> Iterator[tuple[int, int, Spelling]]:
        """Names in `plain`, longest first, whole words, also with a possessive or plural s behind them (left out of the span)."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(plain):
            start, end = match.span(1) if match.group(1) is not None else match.span(2)
            own = self.by_key.get(key_of(plain[start:end]))
            if own is not None and _cased_like_a_name(plain[start:end], own):
                yield start, end, own


@lru_cache(maxsize=256)
def compile_own(own: OwnNames) -> OwnMatcher:
    """A name of one letter, or without letters and digits, is left out; of two that are spelled alike the first counts."""
    rows: dict[str, Spelling] = {}
    for kind, names in (("brand", own.brands), ("product", own.products), ("competitor", own.competitors)):
        for name in names:
            for spelling in name.spellings:
                plain = fold(spelling).plain.strip().lstrip("#")
                key = flat(plain)
                if len(key) >= 2:
                    rows.setdefault(key_of(plain), Spelling(fold(name.name).plain.strip(), kind, plain, key))
    if not rows:
        return OwnMatcher((), None, {})
    ordered = sorted(rows.values(), key=lambda row: (-len(row.written), row.written))
    names_, handles = [_pattern(row) for row in ordered if not row.is_handle], [_pattern(row) for row in ordered if row.is_handle]
    # The s of `@acmes` makes another handle of it, and so does what follows a dot.
    pattern = regex.compile(
        rf"(?<![\w@])({'|'.join(names_) or '(?!)'})(?=(?:'?s)?(?!\w))|(?<![\w.])({'|'.join(handles) or '(?!)'})(?!\w|\.\w)", regex.IGNORECASE
    )
    return OwnMatcher(tuple(ordered), pattern, rows)


def _pattern(row: Spelling) -> str:
    """Between the words of a name a space, a hyphen or nothing may stand; an apostrophe may be left out. A handle is written one way only."""
    if row.is_handle:
        return regex.escape(row.written)
    return r"[\s\-]?".join(regex.escape(part).replace("'", "'?") for part in _PARTS.split(row.written))


def _cased_like_a_name(found: str, own: Spelling) -> bool:
    """A name that is also ordinary words (Gap, Target, the Bar) needs its capitals where it is written with them."""
    if own.is_handle or own.written == own.written.lower():
        return True
    parts = _PARTS.split(own.written)
    if len(parts) == 1:
        return len(own.flat) > 8 or any(char.isupper() for char in found)
    if not is_ordinary(own.written):
        return True
    there = _PARTS.split(found)
    if len(there) != len(parts):
        return any(char.isupper() for char in found)
    return all(word[:1].isupper() for part, word in zip(parts, there, strict=True) if needs_capital(part))
