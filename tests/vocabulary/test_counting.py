"""How long a text is on its platform."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.counting import length_on

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("platform", "text", "length"),
    [
        ("x", "Sandwich day", 12),
        ("x", "café", 4),
        ("x", "cafe\N{COMBINING ACUTE ACCENT}", 4),
        ("x", "新商品", 6),
        ("x", FAMILY, 2),
        ("x", "🇳🇱!", 3),
        ("x", "see https://brand.example/a/very/long/path?with=things now", 4 + 23 + 4),
        ("x", "“curly” – dash…", 16),
        ("threads", f"hi {FAMILY}", 3 + len(FAMILY.encode())),
        ("threads", "新商品", 3),
        ("mastodon", "https://brand.example/a/very/long/path 新", 23 + 2),
        ("bluesky", f"{FAMILY} 新 https://b.example", 21),
        ("newsletter", "", 0),
    ],
)
def test_length(platform: str, text: str, length: int) -> None:
    assert length_on(platform, text) == length


@given(st.text(), st.text(), st.sampled_from(["x", "threads", "mastodon", "bluesky"]))
def test_nothing_is_lost_or_counted_twice_where_a_line_ends(one: str, other: str, platform: str) -> None:
    assert length_on(platform, f"{one} \n {other}") == length_on(platform, f"{one} ") + length_on(platform, f" {other}") + 1
