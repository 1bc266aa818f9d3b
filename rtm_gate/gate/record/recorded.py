"""A verdict as the record has it, ready to be judged again: its draft, its news, its clock, and the policy it was made with."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rtm_gate.desk.bodies import news_of_bytes
from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.ledger.trust import said_in
from rtm_gate.desk.misses import deciding
from rtm_gate.gate.gate import NO_NEWS, Gate
from rtm_gate.gate.policy import load_policy
from rtm_gate.model.draft import Draft, InvalidDraftError, read_draft
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.news import News
from rtm_gate.model.record import Entry
from rtm_gate.store import StoreError

_POLICY = re.compile(r'^\s*policy\s+"', re.MULTILINE)
"""What the first file of a policy has, as a rule."""


class UnreadableError(ValueError):
    """A row that holds no verdict as the gate writes it. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """`rules` are those that decided, `cited` the ids of the situations that its findings name, `policy` the digest of its policy."""

    row: int
    draft: Draft
    news: News
    now: datetime
    verdict: str
    rules: frozenset[str]
    cited: frozenset[str]
    policy: str
    warnings: tuple[str, ...] = ()


def recorded(ledger: Ledger, row: Entry) -> Recorded:
    """UnreadableError for a row without a draft; StoreError for one that was changed. News that is not there is a warning."""
    said = said_in(row)
    try:
        told = json.loads(row.told or "")
        draft, now = read_draft(told["draft"])[0], parse_instant(said["now"])
        found = Recorded(row.id, draft, NO_NEWS, now, said["verdict"], frozenset(deciding(said)), _cited(told["verdict"]), said["policy"])
        body = said["news"]
    except (InvalidDraftError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableError(f"row {row.id} holds no draft as the gate writes it: no test can be made of it") from None
    try:
        content = ledger.body(body)
        if content is None:
            raise StoreError("the record does not have it")
        return replace(found, news=news_of_bytes(content))
    except StoreError as fault:
        return replace(found, warnings=(f"the news of row {row.id} cannot be read ({fault}): the test has none",))


@contextmanager
def gate_of(gate: Gate, ledger: Ledger, digest: str) -> Iterator[tuple[Gate, str]]:
    """A gate with the policy of this digest, and a warning where the record does not have it: then it is the policy of now."""
    if gate.policy.digest == digest:
        yield gate, ""
        return
    files = _files(ledger, digest)
    with TemporaryDirectory() as folder:
        # Their names are seen from the folder above the first one, and may lie beside it.
        base = Path(folder, *("up" for _ in range(1 + max((name.count("../") for name in files), default=0))))
        for name, text in files.items():
            file = base / posixpath.normpath(name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        for name in sorted(files, key=lambda name: (not _POLICY.search(files[name]), name)):
            loaded = load_policy(base / name)
            if loaded.policy is not None and loaded.policy.digest == digest:
                with Gate(replace(gate.project, policy=base / name), loaded) as old:
                    yield old, ""
                return
    yield gate, "the policy it was made with cannot be read from the record: the test was tried with the policy as it is now"


def _files(ledger: Ledger, digest: str) -> dict[str, str]:
    """The files of a policy by name; none where the record does not have them whole."""
    try:
        rows = ledger.latest(1, "policy", digest)
        content = ledger.body(str(said_in(rows[0]).get("files"))) if rows else None
        files = json.loads(content) if content is not None else {}
    except (StoreError, ValueError):
        return {}
    return {name: text for name, text in files.items() if isinstance(text, str) and not name.startswith("/")} if isinstance(files, dict) else {}


def _cited(verdict: dict[str, Any]) -> frozenset[str]:
    rows = (row for finding in verdict["findings"] for row in finding["evidence"])
    return frozenset(str(row["id"]) for row in rows if row.get("kind") == "situation")
