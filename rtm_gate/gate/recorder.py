"""What the gate writes down of its answers: enough of each to judge it again, and the policy and the news once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rtm_gate.desk.bodies import news_to_bytes
from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.gate.policy import LoadedPolicy
from rtm_gate.gate.project import Project
from rtm_gate.gate.record import open_ledger
from rtm_gate.model.draft import Draft
from rtm_gate.model.moment import stamp
from rtm_gate.model.news import News
from rtm_gate.model.record import Entry, Kind
from rtm_gate.model.verdict import Verdict
from rtm_gate.store import StoreError


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
        self._policy_written = False
        self._news: tuple[News | None, str] = None, ""

    def write(self, verdicts: Sequence[tuple[Draft, Verdict]], news: News, now: datetime) -> list[Entry]:
        """A row a verdict, in one step. `now` is the clock they were judged by; when they were written, the row says itself. StoreError, HeadError."""
        written = datetime.now(UTC)
        bodies: dict[str, bytes] = {}
        if self._news[0] is not news:
            content = news_to_bytes(news)
            self._news = news, hashlib.sha256(content).hexdigest()
            bodies[self._news[1]] = content
        rows: list[tuple[Kind, str, dict[str, Any], dict[str, Any] | None]] = []
        if not self._policy_written and verdicts:
            files = canonical(dict(self._loaded.sources)).encode()
            policy = verdicts[0][1].policy
            digest = hashlib.sha256(files).hexdigest()
            bodies[digest] = files
            if not self._ledger.latest(1, "policy", policy.digest):
                rows.append(("policy", policy.digest, {"name": policy.name, "files": digest}, None))
        for draft, verdict in verdicts:
            said = {
                "verdict": verdict.verdict,
                "content": verdict.content_hash,
                "policy": verdict.policy.digest,
                "snapshot": news.snapshot,
                "news": self._news[1],
                "now": stamp(now),
                "rules": [[finding.rule, finding.effect, finding.status] for finding in verdict.findings],
            }
            told = {"draft": draft.model_dump(mode="json", exclude_unset=True), "verdict": json.loads(verdict.to_json())}
            rows.append(("verdict", draft.id, said, told))
        try:
            entries = self._ledger.write(written, rows, bodies.values())
        except BaseException:
            self._news = None, ""
            raise
        self._policy_written = True
        return entries

    def close(self) -> None:
        self._ledger.close()
