"""Names and words as the engine may see them: short, ASCII, and of distinct hashes.

The engine knows properties, facts and sessions by the 32-bit FNV-1a hash of their name alone, so two names of one hash
would be one. It compares strings by their escaped JSON text with 16-bit lengths, so words become tokens of one length.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator

MOST_FACTS = 16384
"""Facts of one check. One that a rule fired on or may yet costs the engine about 10 kB."""

MOST_SESSIONS = 64
"""A session that failed to open cannot be freed and is never used again; after so many the engine is done."""

KIND, ONE, BEGIN, END = "kind", "o", "b", "e"
ROUTES = tuple(f"g{number}" for number in range(8))
_ENGINES_OWN = ("id", "sid", "$s", "$i", "$m", "$forward", "$pulse")


def fnv(name: str) -> int:
    """The engine's hash of an ASCII name."""
    value = 0x811C9DC5
    for byte in name.encode("ascii"):
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def distinct(prefix: str, beside: tuple[str, ...]) -> Iterator[str]:
    """`prefix0`, `prefix1`, … without those whose hash another of them or of `beside` has."""
    taken = {fnv(name) for name in beside}
    for number in itertools.count():
        name = f"{prefix}{number}"
        if fnv(name) not in taken:
            taken.add(fnv(name))
            yield name


_RESERVED = (KIND, ONE, *ROUTES, *_ENGINES_OWN)


def properties() -> Iterator[str]:
    """Names for the fields of facts."""
    return distinct("p", _RESERVED)


@functools.cache
def aliases() -> tuple[str, ...]:
    """Names for the patterns of a rule, by position."""
    return tuple(itertools.islice(distinct("a", _RESERVED), 16))


@functools.cache
def sessions() -> tuple[str, ...]:
    return tuple(itertools.islice(distinct("s", _ENGINES_OWN), MOST_SESSIONS))


@functools.cache
def fact_ids() -> tuple[str, ...]:
    """Ids for facts, by their index; beside them stand the sentinels and the fact that every session has of itself."""
    return tuple(itertools.islice(distinct("f", (BEGIN, END, *_ENGINES_OWN, *(f"sid-{name}" for name in sessions()))), MOST_FACTS))


@functools.cache
def fact_index() -> dict[str, int]:
    return {name: index for index, name in enumerate(fact_ids())}


def token(text: str) -> str:
    """96 bits of BLAKE2b of the exact code points (lone surrogates too): equal texts and only they are equal tokens."""
    return _kept_token(text) if len(text) <= 64 else _token(text)


def _token(text: str) -> str:
    return "t" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


_kept_token = functools.lru_cache(maxsize=16384)(_token)
