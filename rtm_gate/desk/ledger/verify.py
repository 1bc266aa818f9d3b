"""Whether the ledger is what was written: row by row, then against its head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rtm_gate.desk.ledger.chain import hash_of, sealed
from rtm_gate.desk.ledger.heads import Head
from rtm_gate.model.record import GENESIS, Entry


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, as a sentence. `row` is the first row it concerns; 0: none in particular."""

    row: int
    said: str


def verified(rows: Iterable[Entry], heads: Iterable[Head] = (), seen: Callable[[int], None] | None = None) -> Iterator[Flaw]:
    """Every flaw, as it is met; none for a ledger that is whole. `seen` is told each row's number, for progress.

    Each head says what the last row was at a moment: that row has to be there, and to be the same.
    """
    wanted = {head.id: head for head in heads}
    for head in wanted.values():
        if not head.signed:
            yield Flaw(0, f"the head of row {head.id} is not signed by its key")
    number, previous = 0, GENESIS
    for entry in rows:
        if entry.id != number + 1:
            yield Flaw(number + 1, f"row {number + 1} is missing" if entry.id == number + 2 else f"rows {number + 1} to {entry.id - 1} are missing")
        if entry.previous != previous:
            yield Flaw(entry.id, f"row {entry.id} does not follow from the one before it")
        if hash_of(entry) != entry.hash:
            yield Flaw(entry.id, f"row {entry.id} was changed")
        yield from _seal(entry)
        if entry.id in wanted and (head := wanted.pop(entry.id)).hash != entry.hash:
            yield Flaw(entry.id, f"row {entry.id} is not the one that was signed on {head.at}")
        number, previous = entry.id, entry.hash
        if seen is not None:
            seen(number)
    for id_, head in sorted(wanted.items()):
        yield Flaw(number + 1, f"the ledger ends with row {number}, and row {id_} was signed on {head.at}: its end was cut off")


def _seal(entry: Entry) -> Iterator[Flaw]:
    if entry.told is None:
        if entry.salt is not None:
            yield Flaw(entry.id, f"row {entry.id} keeps a salt, and nothing is told in it")
    elif not entry.seal or sealed(entry.told, entry.salt or "") != entry.seal:
        yield Flaw(entry.id, f"what row {entry.id} tells was changed")
