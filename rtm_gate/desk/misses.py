"""Near misses: drafts that nearly went out and should not have, found in the rows of the record in one pass."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from rtm_gate.desk.ledger.trust import judged_at, said_in
from rtm_gate.facts.people import who
from rtm_gate.model.moment import spell
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import REJECTED, STRICTNESS

MissKind = Literal["turned", "withdrawn", "signed", "template", "marked"]
Rule = tuple[str, str, str]
"""Name, effect and status of a finding."""
FAULT = "fault."
OUT = ("handed", "published")
"""States of a draft that somebody took back when it had left the gate already."""


@dataclass(frozen=True, slots=True)
class Miss:
    """`row` shows it, one line whatever `kinds` it is of. `at` is the clock of its verdict, else when the row was written.

    `rules` are those that stood against it, `said` what happened.
    """

    row: int
    at: datetime
    draft: str
    kinds: tuple[MissKind, ...]
    verdict: str
    rules: tuple[str, ...]
    template: str
    said: str


@dataclass(frozen=True, slots=True)
class Missed:
    """The near misses, newest first, and out of how many verdicts."""

    verdicts: int
    misses: tuple[Miss, ...]

    def by(self, of: Callable[[Miss], Iterable[str]]) -> dict[str, int]:
        """How many each name has to do with, the most first."""
        counted = Counter(name for miss in self.misses for name in of(miss) if name)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def near_misses(rows: Iterable[Entry], since: datetime | None = None, draft: str | None = None) -> Missed:
    """`rows` from the first on, since a draft may have been a go long before; only what came at `since` or later, and of `draft`, is told.

    StoreError at a row of a verdict, a sign-off, a mark or a withdrawal that was changed. A row whose text is masked says what it says.
    """
    seen = _Seen(since, draft)
    for row in rows:
        look = seen.looks.get(row.kind)
        if look is not None:
            look(row, said_in(row))
    found = [*seen.found, *seen.marked.values()]
    return Missed(seen.verdicts, tuple(sorted(found, key=lambda miss: (miss.at, miss.row), reverse=True)))


@dataclass(slots=True)
class _Content:
    """What is known of one text so far. `freed` are the rules that sign-offs lifted when it last was a go, `told` the kinds told since then."""

    went: datetime | None = None
    freed: frozenset[str] = frozenset()
    against: tuple[str, ...] = ()
    signers: set[tuple[str, str]] = field(default_factory=set)
    told: set[MissKind] = field(default_factory=set)


class _Seen:
    def __init__(self, since: datetime | None, draft: str | None) -> None:
        self._since, self._draft = since, draft
        self._contents: dict[str, _Content] = {}
        self.verdicts = 0
        self.found: list[Miss] = []
        self.marked: dict[int, Miss] = {}
        # By its name, so that rows of a kind that this gate does not write itself are read too.
        self.looks: Mapping[str, Callable[[Entry, dict[str, Any]], None]] = {
            "verdict": self._verdict, "signoff": self._signoff, "marked": self._marked, "withdrawal": self._withdrawal
        }  # fmt: skip

    def _content(self, said: Mapping[str, Any]) -> _Content:
        """A row that names no content, as a program may write it, has one of its own."""
        content = said.get("content")
        return self._contents.setdefault(content, _Content()) if isinstance(content, str) else _Content()

    def _tell(self, row: Entry, at: datetime, said: Mapping[str, Any], found: Mapping[MissKind, tuple[Iterable[str], str]]) -> None:
        """Each kind once for a content, until it is a go again: a queue asks for the same verdict over and over."""
        content = self._content(said)
        new = {kind: one for kind, one in found.items() if kind not in content.told}
        content.told |= set(new)
        if new and self._asked(row, at):
            rules = tuple(dict.fromkeys(name for names, _ in new.values() for name in names))
            what = "; ".join(words for _, words in new.values())
            self.found.append(Miss(row.id, at, row.subject, tuple(new), _text(said.get("verdict")), rules, _text(said.get("template")), what))

    def _asked(self, row: Entry, at: datetime) -> bool:
        return (self._since is None or at >= self._since) and (self._draft is None or row.subject == self._draft)

    # ---- verdicts -----------------------------------------------------------------------------------------------------------
    def _verdict(self, row: Entry, said: dict[str, Any]) -> None:
        at, word, rules = judged_at(row, said), said.get("verdict"), rules_in(said)
        self.verdicts += self._asked(row, at)
        content = self._content(said)
        if word == "go":
            content.went, content.freed, content.against = at, frozenset(name for name, _, status in rules if status in ("lifted", "superseded")), ()
            content.told.clear()
        if word not in ("hold", "no-go"):
            return
        against = [name for name in deciding(said) if not name.startswith(FAULT)]
        content.against = tuple(against)
        lacking = set(_names(said.get("lacking")))
        found: dict[MissKind, tuple[Iterable[str], str]] = {}
        if content.went is not None and (new := [name for name in against if name not in lacking & content.freed]):
            found["turned"] = new, f"{word} {spell(max(0, int((at - content.went).total_seconds())))} after it was a go"
        firm = [name for name in against if name not in lacking and name != REJECTED]
        if content.signers and firm:
            found["signed"] = firm, f"{word} though it was signed as {' and '.join(sorted({role for _, role in content.signers}))}"
        if against and (wrong := _template(said, rules)):
            found["template"] = against, f"{word} {wrong}"
        self._tell(row, at, said, found)

    # ---- what people did ------------------------------------------------------------------------------------------------------
    def _signoff(self, row: Entry, said: dict[str, Any]) -> None:
        signers, role, person = self._content(said).signers, _text(said.get("role")), _person(row)
        if said.get("decision") == "approve":
            signers.add((person, role))
        else:
            # Who was masked may be anybody.
            signers -= {(person, role), ("", role)}

    def _withdrawal(self, row: Entry, said: dict[str, Any]) -> None:
        out = said.get("state") in OUT
        rules = self._content(said).against
        self._tell(row, row.at, said, {"withdrawn": (rules, f"taken back {'after it had been' if out else 'before it was'} handed over")})

    def _marked(self, row: Entry, said: dict[str, Any]) -> None:
        """The last word on a row counts."""
        number, was, should = said.get("row"), _text(said.get("was")), _text(said.get("should"))
        if not isinstance(number, int):
            return
        self.marked.pop(number, None)
        if STRICTNESS.get(should, 0) > STRICTNESS.get(was, 0) and self._asked(row, row.at):
            what = f"{was}, and should have been {should}: row {number} is marked"
            self.marked[number] = Miss(row.id, row.at, row.subject, ("marked",), was, _names(said.get("rules")), _text(said.get("template")), what)


def rules_in(said: Mapping[str, Any]) -> list[Rule]:
    """The findings of a verdict row that say their name, effect and status."""
    rules = said.get("rules")
    rows = rules if isinstance(rules, list) else []
    return [(one[0], one[1], one[2]) for one in rows if isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one)]


def deciding(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The rules that decided a verdict: as they are listed by name alone, or those active with its own effect."""
    return _names(said.get("rules")) + tuple(name for name, effect, status in rules_in(said) if (effect, status) == (said.get("verdict"), "active"))


def _template(said: Mapping[str, Any], rules: Iterable[Rule]) -> str:
    """What is wrong with the template that a stopped draft names; empty where it names none, or it is none of the template's doing."""
    template = _text(said.get("template"))
    own = [(effect, status) for name, effect, status in rules if name == template]
    if not template:
        return ""
    if not own:
        return f"and the policy has no template {template}"
    if ("warn", "active") in own:
        return f"and the template {template} does not clear it"
    return f"though its copy is that of the template {template}" if said.get("verdict") == "no-go" else ""


def _person(row: Entry) -> str:
    """As `who` says them; empty where they were masked."""
    told = json.loads(row.told) if row.told is not None else {}
    return who(_text(told.get("person"))) if isinstance(told, dict) else ""


def _names(value: Any) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
