"""Rows outside the store: as objects, which can be read back and verified, and as a table for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.model.record import Entry, Kind
from rtm_gate.verdict.render.safe import safe

HEADER = ("id", "at", "kind", "subject", "said", "told", "masked", "salt", "seal", "previous", "hash")
_TELLING = ("told", "salt")
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""How a cell begins that a spreadsheet would reckon instead of show; the last four are = + - @ in full width."""


class ExportError(ValueError):
    """A line that is no row. The message is one sentence."""


def row_of(entry: Entry, told: bool = True) -> dict[str, Any]:
    """The row as an object. Without `told`, neither what it tells nor the salt is in it, which proves or disproves a guess."""
    row = {
        "id": entry.id,
        "at": entry.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "kind": entry.kind,
        "subject": entry.subject,
        "said": _unfolded(entry.said),
        "told": None if entry.told is None else _unfolded(entry.told),
        "masked": entry.masked,
        "salt": entry.salt,
        "seal": entry.seal,
        "previous": entry.previous,
        "hash": entry.hash,
    }
    return row if told else {key: value for key, value in row.items() if key not in _TELLING}


def entry_of(row: Any, number: int) -> Entry:
    """The row that the object in line `number` stands for, whether it is true or not. ExportError for one that stands for none."""
    try:
        entry = Entry(
            id=_whole(row["id"]),
            at=_moment(row["at"]),
            kind=cast(Kind, _text(row["kind"])),
            subject=_text(row["subject"]),
            said=_folded(row["said"]),
            told=None if row.get("told") is None else _folded(row["told"]),
            salt=None if row.get("salt") is None else _text(row["salt"]),
            seal=_text(row["seal"]),
            previous=_text(row["previous"]),
            hash=_text(row["hash"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise ExportError(f"line {number} is no row of a ledger") from None
    return entry


def to_jsonl(entries: Iterable[Entry], told: bool = True) -> Iterator[str]:
    """One line a row, in ASCII."""
    for entry in entries:
        yield json.dumps(row_of(entry, told)) + "\n"


def of_jsonl(lines: Iterable[bytes]) -> Iterator[tuple[Entry, bool]]:
    """The rows of an export, and whether each came with what it tells. ExportError at the first line that is none."""
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise ExportError(f"line {number} is no row of a ledger") from None
        yield entry_of(row, number), "told" in row


def to_csv(entries: Iterable[Entry], told: bool = True) -> Iterator[str]:
    """A header, then one record a row; without `told` its columns stay, and are empty. No cell is a formula, and none moves a cursor."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")

    def written(cells: Iterable[Any]) -> str:
        line.seek(0)
        line.truncate()
        writer.writerow(cells)
        return line.getvalue()

    yield written(HEADER)
    for entry in entries:
        row = row_of(entry, told) | {"said": entry.said, "masked": "yes" if entry.masked else "no"}
        if told:
            row["told"] = entry.told
        yield written(_cell(row.get(key)) for key in HEADER)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{safe(value)}" if value.lstrip().startswith(_FORMULA) else safe(value)


def _unfolded(text: str) -> Any:
    """The object that a text stands for; the text itself where it stands for none, or is not written as the gate writes it."""
    try:
        value = json.loads(text)
        return value if isinstance(value, dict) and canonical(value) == text else text
    except (ValueError, TypeError, RecursionError):
        return text


def _folded(value: Any) -> str:
    return canonical(value) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half of a surrogate pair has no hash, and stands in no row
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)
