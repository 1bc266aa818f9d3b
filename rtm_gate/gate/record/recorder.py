"""What the gate writes down of its answers: enough of each to judge it again, and the policy and the news once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from rtm_gate.desk.bodies import news_to_bytes
from rtm_gate.desk.ledger import Ledger, added
from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.desk.ledger.ledger import Row
from rtm_gate.desk.situations import LastWords, note
from rtm_gate.gate.policy import LoadedPolicy
from rtm_gate.gate.project import Project
from rtm_gate.gate.record import open_ledger
from rtm_gate.model.draft import Draft
from rtm_gate.model.moment import seconds, stamp
from rtm_gate.model.news import News, Situation
from rtm_gate.model.portfolio import Portfolio
from rtm_gate.model.record import Entry
from rtm_gate.model.verdict import Verdict
from rtm_gate.store import StoreError, Transaction


def recorder_of(project: Project, loaded: LoadedPolicy) -> Recorder:
    """What writes down the verdicts of a project; its store is made where there is none yet. StoreError where nothing can be kept."""
    ledger = open_ledger(project, make=True)
    if ledger is None:
        raise StoreError("there is no project to keep a record in")
    return Recorder(ledger, loaded)


class Recorder:
    """Writes verdicts into the ledger of a project."""

    def __init__(self, ledger: Ledger, loaded: LoadedPolicy) -> None:
        self._ledger, self._loaded = ledger, loaded
        self._files = _body(canonical(dict(loaded.sources)).encode())
        self._news: tuple[News | None, Body] = None, _body(b"")
        self._situations = LastWords()
        self._noted: tuple[Situation, ...] | None = None

    def write(self, verdicts: Sequence[tuple[Draft, Verdict]], news: News, now: datetime, mix: Portfolio | None = None) -> list[Entry]:
        """A row a verdict, in one step. `now` is the clock they were judged by; when they were written, the row says itself.

        `mix` is what posts became of late. StoreError, HeadError.
        """
        self._ledger.heads.ready()
        self.note(news, now)
        self._told(news)  # before anybody has to wait
        with self._ledger.writing(datetime.now(UTC)) as tx:
            return self.add(tx, verdicts, news, now, mix)

    def note(self, news: News, now: datetime) -> None:
        """What the world was, before the verdicts that rest on it: rows of what became of situations. StoreError, HeadError."""
        if self._noted is not news.situations:
            note(self._ledger, self._situations, news, now, datetime.now(UTC))
            self._noted = news.situations

    def add(self, tx: Transaction, verdicts: Sequence[tuple[Draft, Verdict]], news: News, now: datetime, mix: Portfolio | None = None) -> list[Entry]:
        """The same within a transaction of the ledger that may write other things as well."""
        written = datetime.now(UTC)
        files, told = self._files, self._told(news)
        world: dict[str, Any] = {"snapshot": news.snapshot, "news": told.digest, "now": stamp(now)}
        if mix is not None:
            world["portfolio"] = asdict(mix)
        rows: list[Row] = []
        if verdicts:
            policy = verdicts[0][1].policy
            if not tx.record.latest(1, "policy", policy.digest):
                rows.append(("policy", policy.digest, {"name": policy.name, "files": files.digest}, None))
            for body in (files, told):
                if not tx.record.holds(body.digest):
                    tx.record.keep(body.content)
        for draft, verdict in verdicts:
            said = _said(draft, verdict) | world
            telling = {"draft": draft.model_dump(mode="json", exclude_unset=True), "verdict": json.loads(verdict.to_json())}
            rows.append(("verdict", draft.id, said, telling))
        return [added(tx, written, *row) for row in rows]

    def close(self) -> None:
        self._ledger.close()

    def _told(self, news: News) -> Body:
        if self._news[0] is not news:
            self._news = news, _body(news_to_bytes(news))
        return self._news[1]


def _said(draft: Draft, verdict: Verdict) -> dict[str, Any]:
    """What stays for ever of a verdict, and of a draft whose text may be masked."""
    said: dict[str, Any] = {
        "verdict": verdict.verdict,
        "content": verdict.content_hash,
        "policy": verdict.policy.digest,
        "kind": draft.kind,
        "notice": seconds(draft.scheduled_at) - seconds(draft.submitted_at) if draft.scheduled_at and draft.submitted_at else None,
        "rules": [[finding.rule, finding.effect, finding.status] for finding in verdict.findings],
        "lacking": [finding.rule for finding in verdict.findings if finding.lacking],
    }
    return said if draft.template is None else said | {"template": draft.template.id}


@dataclass(frozen=True, slots=True)
class Body:
    """What many rows share, and the SHA-256 by which they name it."""

    digest: str
    content: bytes


def _body(content: bytes) -> Body:
    return Body(hashlib.sha256(content).hexdigest(), content)
