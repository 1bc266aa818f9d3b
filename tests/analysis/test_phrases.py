"""The tables find what spaCy's own phrase matcher finds."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from rtm_gate.analysis.written.page import PhraseHit
from rtm_gate.analysis.written.phrases import Phrases

NLP = spacy.blank("en")
WORDS = st.sampled_from(["a", "b", "ab", "ba", "drop", "dead", "n't", "é", "#", "$9.11"])
LINES = st.lists(WORDS, max_size=12)


@given(st.sets(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=8), LINES)
def test_as_the_phrase_matcher(keys: set[str], tokens: list[str]) -> None:
    matcher = PhraseMatcher(NLP.vocab, attr="LOWER")
    for key in keys:
        matcher.add(key, [Doc(NLP.vocab, words=key.split())])
    expected = [PhraseHit(NLP.vocab.strings[key], first, last) for key, first, last in matcher(Doc(NLP.vocab, words=tokens))]
    assert Phrases(keys).among(tokens) == sorted(expected, key=lambda hit: (hit.first, hit.last, hit.key))


def test_nothing_to_find() -> None:
    assert Phrases([]).among(["a"]) == Phrases(["a"]).among([]) == Phrases(["", "b"]).among(["a"]) == []
