"""One recorded verdict, judged again: by the draft, the news and the clock of its row, and by another policy.

What is held against each other is what policies say. Where people stopped a draft, by a halt or a rejection, their findings lie in its row:
the verdict is put together with them as it was then, and then told without them, before as after. Halts of now stop nothing here.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rtm_gate import __version__
from rtm_gate.desk.bodies import news_of_bytes
from rtm_gate.desk.ledger.chain import is_sealed, is_unchanged
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.record.halts import OnRecord
from rtm_gate.gate.record.replay.outcome import BAD_DRAFT, BAD_NEWS, BAD_ROW, CHANGED, FAILED, FAULTY, MASKED, NO_NEWS, Outcome
from rtm_gate.gate.toml import ProjectError
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.news import News
from rtm_gate.model.portfolio import Portfolio
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import HALT, REJECTED, STRICTNESS, Finding
from rtm_gate.store import StoreError
from rtm_gate.verdict import by_people
from rtm_gate.verdict.decide import strictest
from rtm_gate.verdict.headline import headline

LONGEST = 80
"""Characters of a draft's text that are shown."""
REMEMBERED = 8
"""News of so many moments are held ready; rows come in the order of time."""


class ReplayError(RuntimeError):
    """Judging cannot go on. The message is one sentence."""


class _UnjudgedError(Exception):
    """One row cannot be judged: why, and more of it."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.why, self.detail = why, detail


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker judges by. `project` is the folder whose team, weights, pictures and model count; digests say what the policies have to be.

    `old` empty: the verdict of the row is what it is held against. Else that of the policy `old`, where the row's own policy is another.
    `run` tells one replay from the next: nothing is kept from one to the other.
    """

    project: str
    new: str
    new_digest: str
    old: str = ""
    old_digest: str = ""
    version: str = __version__
    run: str = ""

    @classmethod
    def of(cls, project: Path, new: Path, new_digest: str, old: Path | None = None, old_digest: str = "") -> Setup:
        return cls(str(project.resolve()), str(new.resolve()), new_digest, str(old.resolve()) if old else "", old_digest, run=secrets.token_hex(8))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a policy says of a draft: the word, the headline, the rules that decide, and what failed on the way."""

    word: str
    headline: str
    rules: frozenset[str]
    faults: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row holds. `stops` are the findings that people made; `said` is without them."""

    draft: dict[str, Any]
    said: _Said
    stops: tuple[Finding, ...]
    policy: str
    news: str
    now: datetime
    portfolio: Portfolio | None = None


class Judge:
    """Judges rows again; to be closed. ReplayError where a policy is not the one that was meant."""

    def __init__(self, setup: Setup) -> None:
        if setup.version != __version__:
            raise ReplayError(f"a worker has rtm-gate {__version__}, and {setup.version} was meant")
        self._setup = setup
        self._new = _gate(setup.project, setup.new, setup.new_digest)
        self._old = _gate(setup.project, setup.old, setup.old_digest) if setup.old else None
        self._news = lru_cache(maxsize=REMEMBERED)(_read_news)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        for gate in (self._new, self._old):
            if gate is not None:
                gate.close()

    def outcome(self, entry: Entry, bodies: Mapping[str, bytes]) -> Outcome:
        """`bodies` has the news that the row names, where there is any."""
        found = Outcome(entry.id, entry.hash, entry.subject)
        try:
            row = _read(entry)
            found = replace(found, text=_short(row.draft), old=row.said.word, old_headline=row.said.headline, stopped=bool(row.stops))
            content = bodies.get(row.news)
            if content is None:
                raise _UnjudgedError(NO_NEWS)
            return self._judged(found, row, self._news(content))
        except _UnjudgedError as fault:
            return replace(found, why=fault.why, detail=fault.detail)

    def _judged(self, found: Outcome, row: _Row, news: News) -> Outcome:
        before = row.said
        if self._old is not None and row.policy != self._setup.old_digest:
            before = _again(self._old, row, news)
            found = replace(found, old=before.word, old_headline=before.headline)
        after = _again(self._new, row, news)
        if failed := before.faults - after.faults:
            raise _UnjudgedError(FAULTY, ", ".join(sorted(failed)))
        came, gone = after.rules - before.rules, before.rules - after.rules
        return replace(found, new=after.word, new_headline=after.headline, came=tuple(sorted(came)), gone=tuple(sorted(gone)))


def _gate(project: str, policy: str, digest: str) -> Gate:
    try:
        gate = Gate.open(project, policy)
    except ProjectError as fault:
        raise ReplayError("; ".join(fault.problems)) from fault
    if gate.loaded.policy is None or gate.policy.digest != digest:
        gate.close()
        raise ReplayError(f"{policy} is not what it was when this began")
    return gate


def _read_news(content: bytes) -> News:
    try:
        return news_of_bytes(content)
    except StoreError as fault:
        raise _UnjudgedError(BAD_NEWS, str(fault)) from fault


def _read(entry: Entry) -> _Row:
    if not is_unchanged(entry) or not is_sealed(entry):
        raise _UnjudgedError(CHANGED)
    if entry.masked:
        raise _UnjudgedError(MASKED)
    if entry.told is None:
        raise _UnjudgedError(BAD_ROW, "it tells nothing")
    try:
        row = _row(json.loads(entry.said), json.loads(entry.told))
    except KeyError as fault:
        raise _UnjudgedError(BAD_ROW, f"it has no {fault}") from fault
    except (ValueError, TypeError, RecursionError, AttributeError) as fault:
        raise _UnjudgedError(BAD_ROW, "it is not written as the gate writes verdicts") from fault
    known = row.said.word in STRICTNESS and isinstance(row.draft, dict)
    if not known or not all(isinstance(text, str) for text in (row.said.headline, row.news, row.policy)):
        raise _UnjudgedError(BAD_ROW, "it holds no verdict of the gate")
    return row


def _row(said: dict[str, Any], told: dict[str, Any]) -> _Row:
    verdict, word = told["verdict"], said["verdict"]
    rules = [(str(rule), str(effect), str(status)) for rule, effect, status in said["rules"]]
    deciding = frozenset(rule for rule, effect, status in rules if (effect, status) == (word, "active"))
    row = _Row(
        draft=told["draft"],
        said=_Said(word, verdict["headline"], deciding, frozenset(rule for rule, _, _ in rules if rule.startswith("fault."))),
        stops=(),
        policy=said["policy"],
        news=said["news"],
        now=parse_instant(said["now"]),
        portfolio=Portfolio(**said["portfolio"]) if "portfolio" in said else None,
    )
    if not any(rule in (HALT, REJECTED) for rule, _, _ in rules):
        return row
    findings = [Finding.model_validate(one) for one in verdict["findings"]]
    if [(one.rule, one.effect, one.status) for one in findings] != rules:
        raise ValueError
    stops = tuple(one for one in findings if by_people(one))
    return replace(row, said=_said(findings), stops=stops) if stops else row


def _said(findings: Sequence[Finding]) -> _Said:
    """Without what people said."""
    found = [one for one in findings if not by_people(one)]
    word = strictest(found)
    deciding = frozenset(one.rule for one in found if one.status == "active" and one.effect == word)
    return _Said(word, headline(word, found), deciding, frozenset(one.rule for one in found if one.kind == "fault"))


def _again(gate: Gate, row: _Row, news: News) -> _Said:
    """What the policy says. What rests on a fault of now is no answer to that; a fault of then that comes again is."""
    try:
        findings = gate.examine(row.draft, news, row.now, on_record=OnRecord(portfolio=row.portfolio, stops=row.stops)).verdict.findings
    except InvalidDraftError as fault:
        raise _UnjudgedError(BAD_DRAFT, str(fault)) from fault
    faults = [finding for finding in findings if finding.kind == "fault" and finding.rule not in row.said.faults]
    if faults:
        raise _UnjudgedError(FAILED, f"{faults[0].rule}: {faults[0].because}")
    return _said(findings)


def _short(draft: Any) -> str:
    text = draft.get("text") if isinstance(draft, dict) else None
    parts = text if isinstance(text, list) else [text]
    shown = " ".join(" / ".join(part for part in parts if isinstance(part, str)).split())
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
