"""`test` blocks: a draft, the news and an expectation an author wrote, judged like any other check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rtm_gate import news as newsroom
from rtm_gate.gate.gate import Gate
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.news import News
from rtm_gate.model.policy import Expectation, PolicyTest
from rtm_gate.model.verdict import Verdict

DEFAULT_NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""The clock of a test that names none (language, semantics 17)."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """`problems` are sentences: what was wanted and what came; empty when the test passed."""

    test: PolicyTest
    verdict: Verdict | None
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        at = self.test.at
        return {
            "name": self.test.name,
            "at": f"{at.file}:{at.line}",
            "passed": not self.problems,
            "verdict": self.verdict.verdict if self.verdict else None,
            "problems": list(self.problems),
        }


def run_test(gate: Gate, test: PolicyTest) -> TestResult:
    now = test.now or DEFAULT_NOW
    try:
        verdict = gate.check(draft_of(test), _news(gate, test, now), now)
    except InvalidDraftError as error:
        return TestResult(test, None, tuple(error.problems))
    return TestResult(test, verdict, tuple(problem for expect in test.expect for problem in _unmet(expect, verdict)))


def draft_of(test: PolicyTest) -> dict[str, Any]:
    """The draft of a test: what it says, the required keys filled with the plainest value, nothing supplied unless given."""
    draft: dict[str, Any] = {"text": "Hello.", "platform": "x", "kind": "planned", "id": test.name, **_plain(test.draft)}
    if "class" in draft:
        draft["message_class"] = draft.pop("class")
    for kind, given in test.facts:
        _add(draft, kind, _plain(given), test.now or DEFAULT_NOW)
    account = draft.setdefault("account", {})
    account.setdefault("id", "main")
    return draft


def _add(draft: dict[str, Any], kind: str, given: dict[str, Any], now: datetime) -> None:
    """Signed, answered and done at the test's own time where it says no other."""
    match kind:
        case "approval":
            draft.setdefault("approvals", []).append({"at": now.isoformat(), **given})
        case "answer":
            draft.setdefault("checklist", {})[given.pop("question", "")] = {"answer": given.pop("value", "yes"), **given}
        case "hashtag":
            draft.setdefault("hashtag_context", {})[given.pop("tag", "")] = given
        case "check":
            draft.setdefault("checks", {})[given.pop("name", "")] = given
        case "media" | "score" | "claim":
            draft.setdefault({"media": "media", "score": "scores", "claim": "claims"}[kind], []).append(given)
        case "template":
            draft["template"] = {"id": given.pop("id", ""), **given}
        case _:
            draft[kind] = given


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else list(value) if isinstance(value, tuple) else value for key, value in given.items()}


def _news(gate: Gate, test: PolicyTest, now: datetime) -> News:
    """Healthy and empty unless given."""
    told = test.news or ()
    stories = [newsroom.headline(story.headline, story.source or "newsroom", now - timedelta(seconds=story.age)) for story in told]
    read = gate.news([], now=now, stories=stories)
    return replace(read, sources=(*read.sources, newsroom.healthy("newsroom", now)))


def _unmet(expect: Expectation, verdict: Verdict) -> list[str]:
    deciding = verdict.deciding
    named = ", ".join(f.rule for f in deciding) or "nothing"
    if verdict.verdict != expect.verdict:
        return [f"expected {expect.verdict}, came {verdict.verdict} from {named}"]
    shadows = {f.rule for f in verdict.findings if f.status == "shadow"}
    missing = [block for block in expect.blocks if block not in {f.rule for f in deciding} | shadows]
    found = [f"expected {expect.verdict} from {block}, came from {named}" for block in missing]
    if expect.tier and expect.tier not in {f.lifts.tier for f in deciding}:
        found.append(f"expected {expect.verdict} for {expect.tier}, came for {', '.join(sorted({f.lifts.tier or 'no tier' for f in deciding}))}")
    return found
