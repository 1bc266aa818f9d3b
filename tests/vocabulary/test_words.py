"""Words, and hashtags that come apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.splits import split_tag
from rtm_gate.vocabulary.words import is_common, is_frequent, stop_words

SPLITS = {
    "PrayForBoston": "pray for boston",
    "prayforboston": "pray for boston",
    "Prayforboston": "pray for boston",
    "PRAYFORBOSTON": "pray for boston",
    "WhyIStayed": "why i stayed",
    "whyistayed": "why i stayed",
    "notguilty": "not guilty",
    "Fab15Toys": "fab 15 toys",
    "CTShooting": "ct shooting",
    "covid19": "covid 19",
    "brexit": "brexit",
    "SDGs": "sdgs",
    "iPhone15": "iphone 15",
    "BLM": "blm",
    "blacklivesmatter": "black lives matter",
    "boston_strong": "boston strong",
    "susanalbumparty": "susan album party",
    "mondaymotivation": "monday motivation",
    "2013": "2013",
}
UNKNOWN = ["jesuischarlie", "JeSuisCharlie", "fuerzachile", "gettngslizzerd", "xkcdqz", ""]


@pytest.mark.parametrize(("body", "words"), SPLITS.items())
def test_known_words(body: str, words: str) -> None:
    assert split_tag(body, frozenset()) == (tuple(words.split()), True)


@pytest.mark.parametrize("body", UNKNOWN)
def test_what_no_list_knows(body: str) -> None:
    assert split_tag(body, frozenset())[1] is False


def test_own_words_hold_together() -> None:
    assert split_tag("terremotoemilia", frozenset({"terremoto"})) == (("terremoto", "emilia"), True)
    assert split_tag("slizzerdparty", frozenset({"slizzerd"})) == (("slizzerd", "party"), True)
    assert split_tag("AcmeBar", frozenset({"acmebar"})) == (("acmebar",), True)


def test_common_words() -> None:
    assert is_common("George")
    assert is_common("the")
    assert not is_common("Boston")
    assert not is_common("Terremoto")
    assert is_frequent("pizza")
    assert {"the", "with", "and"} <= stop_words()
    assert "pizza" not in stop_words()


@given(
    st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "Pc")), max_size=24), st.frozensets(st.sampled_from(["boston", "ps", "a1"]), max_size=2)
)
def test_the_pieces_are_the_body(body: str, extra: frozenset[str]) -> None:
    pieces, _ = split_tag(body, extra)
    assert "".join(pieces) == body.replace("_", "").lower()
    assert all(pieces)
