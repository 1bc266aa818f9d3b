"""The account's own names: brand, products, competitors, compiled once per set of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from rtm_gate.analysis.written.folding import flat, fold
from rtm_gate.model.vocabulary import OwnNames


@dataclass(frozen=True, slots=True)
class OwnName:
    """`kind` is brand, product or competitor; `flat` its letters and digits in lower case."""

    name: str
    kind: str
    flat: str


@dataclass(frozen=True, slots=True)
class OwnMatcher:
    names: tuple[OwnName, ...]
    pattern: regex.Pattern[str] | None
    by_flat: dict[str, OwnName]

    def find(self, plain: str) -> Iterator[tuple[int, int, OwnName]]:
        """Names in `plain`, longest first, whole words, also with a possessive or plural s behind them (left out of the span)."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(plain):
            own = self.by_flat.get(flat(match.group(1)))
            if own is not None and _cased_like_a_name(match.group(1), own):
                yield match.start(1), match.end(1), own


@lru_cache(maxsize=256)
def compile_own(own: OwnNames) -> OwnMatcher:
    """A name of one letter, or without letters and digits, is left out."""
    rows: dict[str, OwnName] = {}
    for kind, names in (("brand", own.brand), ("product", own.products), ("competitor", own.competitors)):
        for name in names:
            plain = fold(name).plain.strip()
            key = flat(plain)
            if len(key) >= 2:
                rows.setdefault(key, OwnName(plain, kind, key))
    if not rows:
        return OwnMatcher((), None, {})
    ordered = sorted(rows.values(), key=lambda row: (-len(row.name), row.name))
    # Between the words of a name a space, a hyphen or nothing may stand; an apostrophe may be left out.
    written = [r"[\s\-]?".join(regex.escape(part).replace("'", "'?") for part in regex.split(r"[\s\-]+", row.name)) for row in ordered]
    pattern = regex.compile(rf"(?<![\w@])({'|'.join(written)})(?=(?:'?s)?(?!\w))", regex.IGNORECASE)
    return OwnMatcher(tuple(ordered), pattern, rows)


def _cased_like_a_name(found: str, own: OwnName) -> bool:
    """A name that is also an ordinary word (Gap, Target, Bolt) needs its capital where the account writes it with one."""
    if " " in own.name or len(own.flat) > 8 or own.name == own.name.lower():
        return True
    return any(char.isupper() for char in found)
