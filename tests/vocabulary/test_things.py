"""The list of things itself: every name is told once, and every exception is one."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from rtm_gate.vocabulary.data_files import toml_of
from rtm_gate.vocabulary.things import things_in

FAMILIES = toml_of("things.toml")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_form_is_its_family_and_no_exception_is(family: str) -> None:
    row = FAMILIES[family]
    assert {form: [thing.family for thing in things_in(form.split())] for form in row["forms"]} == {form: [family] for form in row["forms"]}
    assert [phrase for phrase in row.get("but_not", ()) if list(things_in(phrase.split()))] == []


def test_nothing_is_there_twice_or_written_so_that_it_is_never_met() -> None:
    every = list(chain.from_iterable((*row["forms"], *row.get("but_not", ())) for row in FAMILIES.values()))
    assert [phrase for phrase, times in Counter(every).items() if times > 1] == []
    assert [phrase for phrase in every if phrase != " ".join(phrase.split()) or not phrase.replace(" ", "").isalnum() or not phrase.islower()] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_exception_holds_a_form(family: str) -> None:
    row = FAMILIES[family]
    assert [phrase for phrase in row.get("but_not", ()) if not any(f" {form} " in f" {phrase} " for form in row["forms"])] == []


def test_what_is_everywhere_is_no_thing() -> None:
    everywhere = ["bus", "car", "truck", "boat", "road", "house", "flat", "hotel", "school", "shop", "mall", "restaurant", "street", "water", "beach"]
    assert list(things_in([*everywhere, *(f"{word}s" for word in everywhere), "lift", "mine", "ride"])) == []


def test_the_longest_name_counts_once() -> None:
    words = ["a", "hot", "air", "balloon", "over", "the", "bridge", ",", "and", "a", "cable", "car"]
    assert [(" ".join(words[first:last]), family) for first, last, family in things_in(words)] == [
        ("hot air balloon", "balloon"), ("bridge", "bridge"), ("cable car", "cable_car"),
    ]  # fmt: skip
