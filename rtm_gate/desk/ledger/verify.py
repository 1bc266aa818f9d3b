"""Whether the ledger is what was written: row by row, then against its heads."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from rtm_gate.desk.ledger.chain import is_sealed, is_unchanged
from rtm_gate.desk.ledger.heads import Head
from rtm_gate.desk.ledger.ledger import Ledger
from rtm_gate.model.record import GENESIS, Entry
from rtm_gate.store import ChangedError


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, as a sentence. `row` is the first row it concerns; 0: none in particular."""

    row: int
    said: str


class Beginning(NamedTuple):
    """What the first row that is looked at follows: the number of a row, and its hash."""

    row: int
    hash: str


BEGINNING = Beginning(0, GENESIS)
NO_BODIES: Mapping[str, int] = MappingProxyType({})
_NAMED = re.compile(r'"(?:news|files)":"([0-9a-f]{64})"')
"""What a row says of the body it shares with others: the news of a verdict, the files of a policy. A quote within a text is escaped, so no text
reads like it; and a search takes a third of the time that reading the JSON of a million rows does.
"""


def verified(
    rows: Iterable[Entry],
    heads: Iterable[Head] = (),
    seen: Callable[[Entry], None] | None = None,
    *,
    beginning: Beginning = BEGINNING,
    told: bool = True,
) -> Iterator[Flaw]:
    """Every flaw, as it is met; none for a ledger that is whole. `seen` is given each row, for progress.

    Each head says what the last row was at a moment: that row has to be there, and to be the same. A head of a row before the `beginning`
    says nothing here. `told`: whether the rows come with what they tell; where they do, a row that tells nothing any more has to be named by a
    later row of the kind `mask`.
    """
    wanted: dict[int, list[Head]] = defaultdict(list)
    for head in heads:
        if not head.signed:
            yield Flaw(0, f"the head of row {head.id} is not signed by its key")
        if head.id > beginning.row:
            wanted[head.id].append(head)
    unexplained: set[int] = set()
    number, previous = beginning
    for entry in rows:
        if entry.id != number + 1:
            yield _gap(number, entry.id)
        if entry.previous != previous:
            yield Flaw(entry.id, f"row {entry.id} does not follow from the one before it")
        if not is_unchanged(entry):
            yield Flaw(entry.id, f"row {entry.id} was changed")
        yield from _seal(entry)
        for head in wanted.pop(entry.id, ()):
            if head.hash != entry.hash:
                yield Flaw(entry.id, f"row {entry.id} is not the one that was signed on {head.at}")
        if told and entry.masked:
            unexplained.add(entry.id)
        if entry.kind == "mask":
            unexplained.difference_update(_masks(entry))
        number, previous = entry.id, entry.hash
        if seen is not None:
            seen(entry)
    for id_ in sorted(unexplained):
        yield Flaw(id_, f"what row {id_} told was taken away, and no row says by whom")
    for id_, missed in sorted(wanted.items()):
        for head in missed:
            yield Flaw(number + 1, f"the ledger ends with row {number}, and row {id_} was signed on {head.at}: its end was cut off")


def bodies_named(entry: Entry) -> list[str]:
    """The digests of the bodies that a row needs to be understood."""
    return _NAMED.findall(entry.said)


def verified_bodies(ledger: Ledger, seen: Callable[[], None] | None = None, named: Mapping[str, int] = NO_BODIES) -> Iterator[Flaw]:
    """Every body that is not what its digest says, and each of those `named` that is not there. StoreError where the store itself fails.

    `named`: a digest -> the first row that names it. Nothing ever takes a body out, and none is kept after its row: ask for the rows first.
    """
    kept = ledger.bodies()
    for digest in sorted(named.keys() - set(kept), key=lambda digest: (named[digest], digest)):
        yield Flaw(named[digest], f"row {named[digest]} names what is kept as {digest[:12]}…, and it is missing")
    for digest in kept:
        try:
            ledger.body(digest)
        except ChangedError as changed:
            yield Flaw(0, str(changed))
        if seen is not None:
            seen()


def _gap(number: int, found: int) -> Flaw:
    if found <= number:
        return Flaw(found, f"row {found} stands behind row {number}")
    return Flaw(number + 1, f"row {number + 1} is missing" if found == number + 2 else f"rows {number + 1} to {found - 1} are missing")


def _seal(entry: Entry) -> Iterator[Flaw]:
    if entry.told is None and entry.salt is not None:
        yield Flaw(entry.id, f"row {entry.id} keeps a salt, and nothing is told in it")
    if not is_sealed(entry):
        yield Flaw(entry.id, f"what row {entry.id} tells was changed")


def _masks(entry: Entry) -> list[int]:
    """The rows that this one says were masked; none in one that was changed past reading."""
    try:
        rows = json.loads(entry.said)["rows"]
        return [row for row in rows if type(row) is int]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
