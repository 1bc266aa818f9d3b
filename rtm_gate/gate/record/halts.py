"""The halts of a project: which are in force, and who may begin and end them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rtm_gate.facts.inputs import patterns_of
from rtm_gate.facts.people import who
from rtm_gate.gate.news import ProjectNews
from rtm_gate.gate.people import read_people
from rtm_gate.gate.project import Project
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.toml import ProjectError
from rtm_gate.model.halt import Halt, Over
from rtm_gate.model.policy import Policy
from rtm_gate.model.portfolio import Portfolio
from rtm_gate.model.verdict import Finding

if TYPE_CHECKING:
    from rtm_gate.desk.deciders import Deciders
    from rtm_gate.desk.ledger import Ledger

# Late, wherever the record is asked: the database takes longer to import than a check takes.
log = logging.getLogger("rtm_gate")
HEAD = "ledger.head"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the record says to a check: the halts in force at a moment, those that are over, what became posts of late, and the findings that
    people made about this draft.

    `fault`: why nobody can say; then everything is held. `number` is the last row of the record by which somebody halted or resumed, 0: none.
    """

    halts: tuple[Halt, ...] = ()
    over: tuple[Over, ...] = ()
    number: int = 0
    portfolio: Portfolio | None = None
    stops: tuple[Finding, ...] = ()
    fault: str = ""


NOTHING_ON_RECORD = OnRecord()
"""For tests of a policy: what people decide today says nothing of it."""


class ProjectHalts:
    """Reads with the store of the project's news, which is open already where a check has news."""

    def __init__(self, project: Project, news: ProjectNews, policy: Policy | None) -> None:
        self._project, self._news, self._policy = project, news, policy
        self._asks_for_portfolio = policy is not None and any(pattern.kind == "portfolio" for pattern in patterns_of(policy))
        self._portfolio: tuple[datetime, Portfolio | None] | None = None

    def at(self, now: datetime) -> OnRecord:
        """Never raises. A project without a store has no halts, unless a record was signed here: then the store is missing."""
        try:
            return self._at(now)
        except Exception as error:
            log.exception("reading the halts failed")
            return OnRecord(fault=str(error) if isinstance(error, RuntimeError) else f"{type(error).__name__}: {error}")

    def _at(self, now: datetime) -> OnRecord:
        root = self._project.root
        if root is None:
            return NOTHING_ON_RECORD
        if not self._project.has_store():
            return OnRecord(fault=_gone(str(root / HEAD))) if (root / HEAD).exists() else NOTHING_ON_RECORD
        from rtm_gate.desk.halts import switched
        from rtm_gate.desk.ledger import Heads, Ledger

        ledger = Ledger(self._news.store(), Heads(root))
        rows = ledger.switches()
        return OnRecord(*switched(rows, now), rows[-1].id if rows else 0, self._mix(ledger, now))

    def _mix(self, ledger: Ledger, now: datetime) -> Portfolio | None:
        """What became posts of late, where the policy asks for it. An hour old is new enough: it changes by a post among many."""
        if not self._asks_for_portfolio:
            return None
        from rtm_gate.desk.portfolio import portfolio_at

        if self._portfolio is None or abs(now - self._portfolio[0]) > HOUR:
            self._portfolio = now, portfolio_at(ledger, now)
        return self._portfolio[1]

    def halt(self, *, scopes: Sequence[str], reason: str, person: str, now: datetime, until: datetime | None = None) -> tuple[Halt, ...]:
        """Makes the store where there is none. RefusedError (a ValueError), StoreError, HeadError."""
        from rtm_gate.desk.halts import asked, halt

        deciders = self._deciders()
        asked(deciders, scopes=scopes, reason=reason, person=person, now=now, until=until)  # what is refused makes no store
        ledger = open_ledger(self._project, make=True)
        if ledger is None:
            raise ValueError("only a project can be halted: make one with `rtm-gate init`")
        with closing(ledger):
            return halt(ledger, deciders, scopes=scopes, reason=reason, person=person, now=now, until=until)

    def resume(self, *, scopes: Sequence[str] | None, reason: str, people: Sequence[str], now: datetime) -> tuple[Halt, ...]:
        """`scopes` None: all that is halted. RefusedError (a ValueError), StoreError, HeadError."""
        from rtm_gate.desk.halts import resume
        from rtm_gate.desk.refused import RefusedError

        ledger = open_ledger(self._project)
        if ledger is None:
            raise RefusedError("nothing is halted")
        with closing(ledger):
            return resume(ledger, self._deciders(), scopes=scopes, reason=reason, people=people, now=now)

    def doubts(self, halts: Sequence[Halt]) -> list[str]:
        """What whoever halted should know: a scope that may be a slip of the pen, and a name that nothing proves."""
        from rtm_gate.desk.scopes import doubtful

        found = [doubtful(one.scope, self._policy) for one in halts]
        if any(not one.proven for one in halts):
            found.append(f"nothing proves the name: {self._deciders().unproven}")
        return list(dict.fromkeys(filter(None, found)))

    def _deciders(self) -> Deciders:
        from rtm_gate.desk.deciders import Deciders

        directory = self._project.people
        if directory is None:
            return Deciders(self._policy, None)
        try:
            return Deciders(self._policy, {who(each.id): frozenset(each.roles) for each in read_people(directory).people})
        except ProjectError as error:
            return Deciders(self._policy, None, "; ".join(error.problems))


def _gone(head: str) -> str:
    return f"there is no store, and {head} says that a record was kept in one: a halt may be among what is missing"
