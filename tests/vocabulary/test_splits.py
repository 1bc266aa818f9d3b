"""How the words of a tag come apart, and how else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.splits import foreign_words_in, other_splits


@pytest.mark.parametrize(
    ("body", "others"),
    [
        ("whorepresents", ["whore presents"]),
        ("therapistfinder", ["the rapist finder"]),
        ("auctionshit", ["auction shit"]),
    ],
)
def test_other_ways(body: str, others: list[str]) -> None:
    assert [" ".join(way) for way in other_splits(body)][: len(others)] == others


@pytest.mark.parametrize("body", ["cocktails", "blackcocktails", "mondaymotivation", "WhoRepresents", "PenIsland", "summer2026", "cassettes", ""])
def test_nobody_reads_it_otherwise(body: str) -> None:
    assert other_splits(body) == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("jesuischarlie", "je suis charlie"),
        ("JeSuisCharlie", "je suis charlie"),
        ("ichbincharlie", "ich bin charlie"),
        ("wirsindmehr", "wir sind mehr"),
        ("niunamenos", "ni una menos"),
        ("mashiturday", ""),
        ("VanDerBeek", ""),
        ("DeLaSoul", ""),
        ("crunchoclock", ""),
        ("COGAResponds", ""),
        ("tudeonthestreets", ""),
    ],
)
def test_words_of_another_language(body: str, words: str) -> None:
    assert " ".join(foreign_words_in(body)) == words


@given(st.from_regex(r"[A-Za-z]{1,30}", fullmatch=True))
def test_every_way_spells_the_tag(body: str) -> None:
    assert all("".join(way) == body.lower() for way in (*other_splits(body), *filter(None, [foreign_words_in(body)])))
