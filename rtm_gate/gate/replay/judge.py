"""One recorded verdict, judged again: by the draft, the news and the clock of its row, and by another policy."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rtm_gate import __version__
from rtm_gate.desk.bodies import news_of_bytes
from rtm_gate.desk.ledger.chain import hash_of, sealed
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.replay.outcome import BAD_DRAFT, BAD_NEWS, BAD_ROW, CHANGED, FAILED, MASKED, NO_NEWS, Outcome
from rtm_gate.gate.toml import ProjectError
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.news import News
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import STRICTNESS, Verdict
from rtm_gate.store import StoreError

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
    """What every worker judges by. `project` is the folder whose people, team and weights count; digests say what the policies have to be.

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
class _Row:
    """What a row holds."""

    draft: dict[str, Any]
    word: str
    headline: str
    policy: str
    rules: frozenset[str]
    faults: frozenset[str]
    news: str
    now: datetime


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
            found = replace(found, text=_short(row.draft), old=row.word, old_headline=row.headline)
            content = bodies.get(row.news)
            if content is None:
                raise _UnjudgedError(NO_NEWS)
            return self._judged(found, row, self._news(content))
        except _UnjudgedError as fault:
            return replace(found, why=fault.why, detail=fault.detail)

    def _judged(self, found: Outcome, row: _Row, news: News) -> Outcome:
        rules = row.rules
        if self._old is not None and row.policy != self._setup.old_digest:
            before = _again(self._old, row, news)
            rules = _deciding(before)
            found = replace(found, old=before.verdict, old_headline=before.headline)
        after = _again(self._new, row, news)
        now = _deciding(after)
        return replace(found, new=after.verdict, new_headline=after.headline, came=tuple(sorted(now - rules)), gone=tuple(sorted(rules - now)))


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
    if hash_of(entry) != entry.hash:
        raise _UnjudgedError(CHANGED)
    if entry.masked:
        raise _UnjudgedError(MASKED)
    if entry.told is None:
        raise _UnjudgedError(BAD_ROW, "it tells nothing")
    if sealed(entry.told, entry.salt or "") != entry.seal:
        raise _UnjudgedError(CHANGED)
    try:
        said, told = json.loads(entry.said), json.loads(entry.told)
        rules = [(str(rule), str(effect), str(status)) for rule, effect, status in said["rules"]]
        headline, word = told["verdict"]["headline"], said["verdict"]
        row = _Row(
            draft=told["draft"],
            word=word,
            headline=headline,
            policy=said["policy"],
            rules=frozenset(rule for rule, effect, status in rules if (effect, status) == (word, "active")),
            faults=frozenset(rule for rule, _, _ in rules if rule.startswith("fault.")),
            news=said["news"],
            now=parse_instant(said["now"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as fault:
        raise _UnjudgedError(BAD_ROW, f"{type(fault).__name__}: {fault}") from fault
    if word not in STRICTNESS or not isinstance(headline, str) or not isinstance(row.news, str):
        raise _UnjudgedError(BAD_ROW, "it holds no verdict of the gate")
    return row


def _again(gate: Gate, row: _Row, news: News) -> Verdict:
    """The verdict. One that rests on a fault of now is no answer to what the policy says; a fault of then comes again, and counts."""
    try:
        verdict = gate.examine(row.draft, news, row.now).verdict
    except InvalidDraftError as fault:
        raise _UnjudgedError(BAD_DRAFT, str(fault)) from fault
    faults = [finding for finding in verdict.findings if finding.kind == "fault" and finding.rule not in row.faults]
    if faults:
        raise _UnjudgedError(FAILED, f"{faults[0].rule}: {faults[0].because}")
    return verdict


def _deciding(verdict: Verdict) -> frozenset[str]:
    return frozenset(finding.rule for finding in verdict.deciding)


def _short(draft: Any) -> str:
    text = draft.get("text") if isinstance(draft, dict) else None
    parts = text if isinstance(text, list) else [text]
    shown = " ".join(" / ".join(part for part in parts if isinstance(part, str)).split())
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
