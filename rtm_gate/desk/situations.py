"""Situations in the record: a row when one begins, when it changes in what a rule may ask about, when it is over, and when a person decides."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rtm_gate.desk.halts import SKEW
from rtm_gate.desk.ledger import Ledger, added
from rtm_gate.facts.situation import is_sensitive
from rtm_gate.model.moment import stamp
from rtm_gate.model.news import Change, News, Situation
from rtm_gate.model.record import Entry, Kind
from rtm_gate.news.situations.changes import lasts_until
from rtm_gate.news.situations.hand import names_of
from rtm_gate.store import Transaction
from rtm_gate.store.record import RecordShelf

KIND: Kind = "situation"
OVER = "over"
"""The state of what is gone from the news."""
_IS_OVER = f'"state":"{OVER}"'
DONE = {"open": "opened", "extend": "extended", "close": "closed"}
Said = Mapping[str, Any]
Row = tuple[str, dict[str, Any], dict[str, Any] | None]
"""The situation, what the row says of it and what it tells."""


class LastWords:
    """What the record says last of each situation that is not over. It is kept in memory, and each time only what came since is read."""

    def __init__(self) -> None:
        self._row = 0
        self.of: dict[str, Said] = {}

    def catch_up(self, record: RecordShelf) -> None:
        """With what this process and others have written. StoreError."""
        end = record.last()
        # At first nearly all are over, and nothing of those is kept in memory.
        for situation, text in record.last_words(KIND, self._row, "" if self._row else _IS_OVER):
            said = _read(text)
            if said.get("state") == OVER:
                self.of.pop(situation, None)
            else:
                self.of[situation] = said
        self._row = end.id if end else 0


def picture(situation: Situation) -> dict[str, Any]:
    """All of it that rules may ask about, but for what each new story changes: how many there are, and when the last one came."""
    return {
        "state": situation.state,
        "topic": situation.topic,
        "severity": situation.severity,
        "certainty": situation.certainty,
        "official": situation.official,
        "regions": list(situation.regions),
        "worldwide": situation.worldwide,
        "dead": situation.dead,
        "ends": stamp(situation.ends) if situation.ends else None,
    }


def note(ledger: Ledger, last: LastWords, news: News, now: datetime, at: datetime) -> bool:
    """Writes a row for each situation of the news as of `now` that is not what was recorded last; all of them or none. `at`: the clock.

    What another process recorded meanwhile is not written again. False: this is not what the store knows (any more), and nothing is recorded
    of it. Nor is anything of a moment that has not come, or of news that could not be read. StoreError, HeadError.
    """
    if not news.given or news.fault or now > at + SKEW:
        return False
    with ledger.reading() as transaction:
        last.catch_up(transaction.record)
        if not _is_known(transaction, news):
            return False
    if next(_changes(last.of, news, now), None) is None:
        return True
    with ledger.writing(at) as transaction:
        last.catch_up(transaction.record)
        if not _is_known(transaction, news):
            return False
        for situation, said, told in _changes(last.of, news, now):
            added(transaction, at, KIND, situation, said, told)
    return True


def add_decision(transaction: Transaction, change: Change, situation: Situation | None) -> Entry:
    """The row of what a person decided. `situation`: what became of it by that; None where the news has let it go."""
    until = stamp(lasts_until(change)) if change.action != "close" else None
    said: dict[str, Any] = {"done": DONE[change.action], "by": "hand", "now": stamp(change.at), "until": until}
    said |= picture(situation) if situation else {"state": "closed" if change.action == "close" else "active"}
    told = {"person": change.person, "reason": change.reason, "title": situation.title if situation else change.title}
    return added(transaction, change.at, KIND, situation.id if situation else change.situation, said, told)


def _is_known(transaction: Transaction, news: News) -> bool:
    """Whether these are all the stories and changes that the store has, and no others."""
    snapshot = transaction.news.snapshot()
    return snapshot is not None and snapshot.digest == news.snapshot


def _changes(last: Mapping[str, Said], news: News, now: datetime) -> Iterator[Row]:
    """In the order of the news, and then what is over. What was recorded of a later moment stands."""
    known = {situation: said for situation, said in last.items() if str(said.get("now", "")) <= stamp(now)}
    common = {"by": "news", "now": stamp(now), "snapshot": news.snapshot}
    current = {situation.id: situation for situation in news.situations if is_sensitive(situation.topic)}
    for situation in current.values():
        said, seen = picture(situation), last.get(situation.id)
        if seen is None and situation.state == "closed":
            # It was over before anything was recorded of it.
            continue
        if seen is None or (situation.id in known and any(seen.get(key) != value for key, value in said.items())):
            done = "begun" if seen is None else "changed"
            yield situation.id, {"done": done} | common | said, {"title": situation.title, "reason": situation.reason}
    if gone := known.keys() - current.keys():
        called = {name: situation.id for situation in current.values() for name in names_of(situation)}
        for id_ in sorted(gone):
            said = {"done": OVER, "as": called.get(id_)} | common
            yield id_, said | {key: known[id_].get(key) for key in ("topic", "severity", "regions")} | {"state": OVER}, None


def _read(text: str) -> Said:
    """Nothing for what no gate wrote: then whatever is so of the situation is recorded anew, and `verify` finds the row."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}
