"""Drafts with several fields, languages, tone and length."""

from __future__ import annotations

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.model.analysis import FieldText


def test_fields_keep_their_order_and_their_own_offsets(small: Analyser) -> None:
    read = small.read(
        [
            FieldText("text", "A bomb."),
            FieldText("text[1]", "Police: a bomb."),
            FieldText("media[0].alt", "a storm"),
            FieldText("links[0]", "https://x.example/bomb-found"),
        ]
    )
    assert [(m.field, m.start, m.text) for m in read.mentions] == [
        ("text", 2, "bomb"),
        ("text[1]", 10, "bomb"),
        ("media[0].alt", 2, "storm"),
        ("links[0]", 18, "bomb"),
    ]


def test_length_is_that_of_the_longest_part_in_graphemes(small: Analyser) -> None:
    assert small.read([FieldText("text", "👩‍👩‍👧é"), FieldText("text[1]", "abcd"), FieldText("media[0].alt", "a long description")]).length == 4


@pytest.mark.parametrize(
    ("text", "language", "unfamiliar"),
    [
        ("Paura del terremoto? Molliamo tutto e scappiamo a Santo Domingo!", "foreign", ("Paura del terremoto? Molliamo tutto e scappiamo a Santo Domingo!",)),
        ("Joining the fun with #ヒロシマ today!", "en", ("#ヒロシマ",)),
        ("We say привет to all of our friends", "en", ("привет",)),
        ("Wow", "und", ()),
    ],
)
def test_language(small: Analyser, text: str, language: str, unfamiliar: tuple[str, ...]) -> None:
    read = small.read_text(text)
    assert (read.language, read.unfamiliar) == (language, unfamiliar)


@pytest.mark.parametrize(
    ("text", "tone"),
    [("Rumor is they heard us 😂", ("joke",)), ("Oh great, another delay", ("irony_cue",)), ("So excited!! 🎉", ("upbeat",)), ("We are closed.", ())],
)
def test_tone(small: Analyser, text: str, tone: tuple[str, ...]) -> None:
    assert small.read_text(text).tone == tone


def test_nothing_is_read_in_nothing(small: Analyser) -> None:
    read = small.read([])
    assert (read.mentions, read.language, read.length) == ((), "und", 0)
