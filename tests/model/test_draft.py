"""Drafts as callers send them: every fault listed at once, unknown keys warned of, one hash for one content."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.draft import InvalidDraftError, read_draft

PLAIN: dict[str, Any] = {"text": "Hello.", "platform": "x", "kind": "planned"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"text": 5}, "text: a text is a string"),
        ({"text": None}, "text: a text is a string"),
        ({"text": ["a", 2]}, "text.1:"),
        ({"text": "  "}, "text: is empty"),
        ({"text": "\ud800"}, "lone surrogate"),
        ({"platform": "X!"}, "platform:"),
        ({"kind": "later"}, "kind: is `later`; expected 'planned'"),
        ({"scheduled_at": "2026-01-05"}, "scheduled_at: `2026-01-05` is a date"),
        ({"scheduled_at": "2026-01-05T12:00:00"}, "has no offset"),
        ({"scheduled_at": 5}, "scheduled_at: a time is text"),
        ({"approvals": [{"person": "a", "role": "b"}]}, "approvals.0.at: is required"),
        ({"scores": [{"person": "a", "relevance": 11, "interest": 1}]}, "scores.0.relevance:"),
        ({"scores": [{"person": "a", "relevance": "9", "interest": 1}]}, "scores.0.relevance:"),
        ({"scores": [{"person": "a", "relevance": True, "interest": 1}]}, "scores.0.relevance:"),
        ({"opt_out": {"owner": "a", "minutes": 1.5}}, "opt_out.minutes:"),
        ({"regions": ["new york"]}, "regions.0:"),
        ({"similar_posts": -1}, "similar_posts:"),
        ({"queued": "yes"}, "queued:"),
        ({"checklist": {"q": {"answer": "maybe"}}}, "checklist.q.answer: is `maybe`"),
    ],
)
def test_a_fault_is_named_by_its_path(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidDraftError) as caught:
        read_draft(PLAIN | changes)
    assert any(problem in line for line in caught.value.problems), caught.value.problems


def test_a_whole_number_may_be_written_with_a_point() -> None:
    draft, _ = read_draft(PLAIN | {"similar_posts": 12.0, "opt_out": {"owner": "a", "minutes": 15.0}, "shelf_life_hours": 6})
    assert (draft.similar_posts, draft.opt_out.minutes if draft.opt_out else None, draft.shelf_life_hours) == (12, 15, 6)


def test_all_faults_are_listed_at_once() -> None:
    with pytest.raises(InvalidDraftError) as caught:
        read_draft({"text": 5, "kind": "later", "similar_posts": -1, "scheduled_at": "soon"})
    paths = [line.partition(":")[0] for line in caught.value.problems]
    assert paths == ["text", "platform", "kind", "scheduled_at", "similar_posts"]


@pytest.mark.parametrize("value", [None, 5, "text", [], [PLAIN]])
def test_what_is_no_object_is_no_draft(value: Any) -> None:
    with pytest.raises(InvalidDraftError):
        read_draft(value)


def test_unknown_keys_are_warnings_at_any_depth() -> None:
    _, warnings = read_draft(PLAIN | {"override": True, "media": [{"alt": "a", "size": 3}], "account": {"id": "a", "tier": 1}})
    assert [line.partition(":")[0] for line in warnings] == ["override", "media[0].size", "account.tier"]


def test_the_hash_is_of_what_a_reader_sees() -> None:
    def hashed(**changes: Any) -> str:
        return read_draft(PLAIN | changes)[0].content_hash()

    at = "2026-01-05T12:00:00Z"
    for unseen in ({"id": "other"}, {"scheduled_at": at}, {"approvals": [{"person": "a", "role": "b", "at": at}]}, {"similar_posts": 4}):
        assert hashed(**unseen) == hashed()
    for seen in ({"text": "Hello!"}, {"platform": "tiktok"}, {"kind": "reactive"}, {"regions": ["US"]}, {"links": ["https://a.example"]}):
        assert hashed(**seen) != hashed()
    shown = {"alt": "a bar on a table", "sha256": "9f2c"}
    assert hashed(media=[shown]) != hashed(media=[shown | {"text": "Crunch o'clock"}]) != hashed(media=[shown | {"text": "Bite o'clock"}])
    assert hashed(text="caf\u00e9") == hashed(text="cafe\u0301")
    assert hashed(regions=["US", "CA"]) == hashed(regions=["CA", "US"])


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_nothing_a_caller_sends_raises_anything_else(value: Any) -> None:
    for key in ("text", "account", "media", "approvals", "checklist", "trigger"):
        with suppress(InvalidDraftError):
            read_draft(PLAIN | {key: value})
