"""What every shelf is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Executable

_PORTION = 500
"""Values in one `IN (…)`; databases have a limit."""


class Shelf:
    """Operations within the transaction of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _each(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """Runs a statement once for each row; an empty list would mean once without any."""
        if rows:
            self._connection.execute(statement, rows)


def portions(values: Iterable[str]) -> Iterator[list[str]]:
    """Each value once, in portions that fit into one statement."""
    rest = iter(dict.fromkeys(values))
    while portion := list(islice(rest, _PORTION)):
        yield portion
