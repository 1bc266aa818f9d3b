"""How values lie in the tables, the same in every database."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

Serial = BigInteger().with_variant(Integer, "sqlite")
"""Numbers that the database gives, in the order of writing."""


class Instant(TypeDecorator[datetime]):
    """A moment, as whole microseconds since 1970 UTC: exact, sortable, and from year 1 to 9999."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text in the order of its code points. What no database can hold (NUL, half of a surrogate pair) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return Text(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


def storable(words: str) -> str:
    plain = words.isascii() and "\0" not in words  # nearly all are, and a look is cheaper than a search
    return words if plain else _UNSTORABLE.sub("\ufffd", words)
