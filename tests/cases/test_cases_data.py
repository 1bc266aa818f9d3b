"""The cases themselves are sound: told once, readable as drafts and feeds, and every line of the rulings has one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import product
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from rtm_gate.model.draft import read_draft

from .background import SIZE, background, harmless
from .expand import QUESTIONS, Case, load_cases
from .feeds import NEUTRAL, feeds_of
from .moments import moment

CASES = load_cases()
BY_ID = {case.id: case for case in CASES}

COLUMNS = ("planned", "reactive", "service")
TABLE = (
    "grave_shared", "alert_extreme", "grave_region", "grave_elsewhere", "grave_unsure", "hate", "public_death", "sensitive_tag", "politics",
    "own_bad_news", "own_recall", "solemn_sale", "solemn_greeting", "statement", "foreign", "untrusted_news",
)  # fmt: skip
"""The rows of the table in rulings.md, in its order. A statement has no service column."""
NUMBERS = {
    "severity", "life", "two_people", "late", "tags", "trending_tag", "media", "checklist", "matrix", "similar_posts", "cascade",
    "claim", "paid",
}  # fmt: skip
SOURCE = {
    "trigger": "cultural_moment industry_news political_social complaint customer_content viral_moment competitor weather",
    "platform": "x linkedin instagram_feed instagram_stories tiktok email blog",
    "template": "mistake_admission event_tie_in weather_tie_in industry_news customer_content launch_countdown competitor_stumble holiday_moment"
    " trending_hashtag service_issue",
    "checklist": " ".join(QUESTIONS),
    "scenario": "tragedy politics culture enterprise regulated understaffed",
}
"""The tables of the source: 8 triggers, 7 platforms, 10 templates, 15 questions, 6 scenarios."""
SOURCE_ROWS = {f"{table}.{row}" for table, rows in SOURCE.items() for row in rows.split()}
PACKS = {"regulated", "alcohol", "pharma", "finance", "health", "competitor", "audience", "creator"}
"""What neither the rulings nor the tables say in a row of its own."""
ORDINARY = {"quiet", "quiet/reactive", "quiet/service", "contrast", "festive"}
CELLS = {f"{row}/{column}" for row, column in product(TABLE, COLUMNS)} - {"statement/service"}


def _identity(case: Case) -> str:
    return case.id


def test_every_line_of_the_rulings_and_the_source_has_a_case() -> None:
    assert {case.row for case in CASES} == CELLS | NUMBERS | ORDINARY | PACKS | SOURCE_ROWS


def test_the_tables_of_the_source_have_46_rows() -> None:
    assert len(SOURCE_ROWS) == 46


def test_there_are_enough_of_each_verdict() -> None:
    count = Counter(case.expect for case in CASES)
    assert set(count) == {"go", "hold", "no-go"}
    assert count["go"] >= 40
    assert len(CASES) >= 110


def test_texts_are_told_once_but_in_pairs() -> None:
    seen: dict[str, str] = {}
    for case in CASES:
        text = json.dumps(case.told["text"])
        assert seen.setdefault(text, case.id) in (case.id, case.pair), f"{case.id} repeats {seen[text]}"


def test_pairs_are_mutual_and_differ_in_their_verdict() -> None:
    for case in CASES:
        if case.pair is not None:
            partner = BY_ID[case.pair]
            assert partner.pair == case.id
            assert partner.told["text"] == case.told["text"]
            assert partner.expect != case.expect, case.id


def test_at_least_25_pairs_differ_only_in_the_news() -> None:
    evidence = ("signed", "also_signed", "signed_at", "answers", "scores", "tags_read", "fetched")
    found = [
        case.id
        for case in CASES
        if "pair_of" in case.told
        and feeds_of(case.told, case.now) != feeds_of(BY_ID[case.told["pair_of"]].told, case.now)
        and all(case.told.get(key) == BY_ID[case.told["pair_of"]].told.get(key) for key in evidence)
    ]
    assert len(found) >= 25


@pytest.mark.parametrize("case", CASES, ids=_identity)
def test_it_says_why(case: Case) -> None:
    assert case.expect in ("go", "hold", "no-go")
    assert len(case.why) > 10
    assert (case.expect == "go") == (not case.finding)
    unknown = set(case.told) - {
        "id", "row", "expect", "why", "finding", "known", "text", "platform", "kind", "now", "pair_of", "news", "neutral", "broken", "fetched",
        "regions", "brand", "account", "media", "signed", "also_signed", "signed_at", "answers", "scores", "tags_read", "tags_read_at",
        "detected", "submitted", "category", "draft", "without", "background", "day",
    }  # fmt: skip
    assert not unknown


@pytest.mark.parametrize("case", CASES, ids=_identity)
def test_its_folder_is_a_draft_and_feeds_of_its_hour(case: Case, case_folders: Path) -> None:
    folder = case_folders / case.id
    about = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    assert about["id"] == case.id
    assert datetime.fromisoformat(about["fetched_at"]) <= datetime.fromisoformat(about["now"])

    draft, warnings = read_draft(json.loads((folder / "draft.json").read_text(encoding="utf-8")))
    assert warnings == []
    assert all(approval.at <= case.now for approval in draft.approvals)
    assert draft.submitted_at is not None
    assert all(approval.at >= draft.submitted_at for approval in draft.approvals)

    entries = [entry for path in (folder / "feeds").glob("*.xml") for entry in _entries(path.read_text(encoding="utf-8"))]
    told = case.told.get("news", [])
    assert len(entries) == len(told) + (len(NEUTRAL) if case.told.get("neutral", True) else 0)
    assert all(moment(line["at"], case.now) <= case.now for line in told)


@pytest.mark.parametrize(("name", "least"), [("background", SIZE), ("harmless", 180)])
def test_the_background_is_300_headlines_of_the_last_two_days(name: str, least: int) -> None:
    now = datetime(2027, 5, 12, 9, tzinfo=UTC)
    feeds = {"background": background, "harmless": harmless}[name](now)
    entries = [entry for text in feeds.values() for entry in _entries(text)]
    assert least <= len(entries) <= SIZE
    assert len({entry["title"] for entry in entries}) == len(entries)
    hours = [(now - parsedate_to_datetime(entry["published"])).total_seconds() / 3600 for entry in entries]
    assert 0 < min(hours) <= max(hours) < 48
    assert not set(feeds) & {slug for case in CASES for slug in feeds_of(case.told, now)}


def _entries(text: str) -> list[Any]:
    # feedparser takes a short string for a file name or an address; bytes are never.
    return list(feedparser.parse(text.encode("utf-8")).entries) if text else []
