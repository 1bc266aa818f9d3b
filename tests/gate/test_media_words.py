"""Words that stand in a picture are words of the post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rtm_gate import Gate, news
from rtm_gate.model.news import News

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUIET = News(True, (), (news.healthy("wire", NOW),), "s")
SEEN = {"alt": "A poster", "previewed_by": ["kim", "lee"], "reverse_searched": True}
SIGNED = [{"person": who, "role": "manager", "at": "2026-03-10T11:59:00Z"} for who in ("kim", "lee")]
DRAFT: dict[str, Any] = {"text": "Our new poster.", "platform": "x", "kind": "planned", "approvals": SIGNED}


@pytest.mark.parametrize(("words", "verdict"), [("Feed your soul", "go"), ("Arbeit macht frei", "no-go")])
def test_they_are_judged_like_the_text(words: str, verdict: str) -> None:
    with Gate.open() as gate:
        found = gate.check(DRAFT | {"media": [SEEN | {"text": words}]}, QUIET, NOW)
    assert found.verdict == verdict
    assert {row["field"] for finding in found.deciding for row in finding.evidence if finding.effect == "no-go"} <= {"media[0].text"}
