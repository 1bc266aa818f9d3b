"""Written forms of English terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.inflect import forms_of

# phrase -> forms that must be there
TABLE = {
    "shoot": "shoot shoots shot shooting shootings",
    "kill": "kill kills killed killing",
    "stab": "stab stabs stabbed stabbing",
    "die": "die dies died dying",
    "fire": "fire fires fired firing",
    "carry": "carry carries carried carrying",
    "commit": "commit commits committed committing",
    "open": "open opens opened opening",
    "fix": "fix fixes fixed fixing",
    "panic": "panic panics panicked panicking",
    "quiz": "quiz quizzes quizzed quizzing",
    "equip": "equip equips equipped equipping",
    "travel": "travel travels traveled travelled traveling travelling",
    "volcano": "volcano volcanoes",
    "gunman": "gunman gunmen",
    "policewoman": "policewoman policewomen",
    "wolf": "wolf wolves",
    "crisis": "crisis crises",
    "co-worker": "co-worker co-workers",
    "layoff": "layoff layoffs",
}

PHRASES = {
    "mass shooting": {"mass shootings"},
    "death toll": {"death tolls"},
    "data breach": {"data breaches"},
    "gun down": {"guns down", "gunned down", "gunning down"},
    "blow up": {"blows up", "blew up", "blown up", "blowing up"},
    "lay off": {"lays off", "laid off", "laying off"},
    "act of war": {"acts of war"},
    "go viral": {"goes viral", "went viral", "gone viral", "going viral"},
    "buy now": {"buys now", "bought now", "buying now"},
    "fall ill": {"falls ill", "fell ill", "fallen ill", "falling ill"},
}

AS_IT_IS = ["地震", "землетрясение", "covid-19", "9/11", "#tag", "1488", "news", "in", "best"]


@pytest.mark.parametrize(("word", "forms"), TABLE.items())
def test_a_word_has_its_forms(word: str, forms: str) -> None:
    made = forms_of(word)
    assert made[0] == word
    assert set(forms.split()) <= set(made)


@pytest.mark.parametrize(("phrase", "forms"), PHRASES.items())
def test_a_phrase_is_inflected_at_its_head(phrase: str, forms: set[str]) -> None:
    assert set(forms_of(phrase)) == {phrase} | forms


@pytest.mark.parametrize("word", AS_IT_IS)
def test_what_does_not_inflect_stays(word: str) -> None:
    assert forms_of(word) == (word,)


def test_capitals_and_spaces_do_not_count() -> None:
    assert forms_of("  Mass   Shooting ") == forms_of("mass shooting")
    assert forms_of("  ") == ()


@given(st.text(max_size=60))
def test_any_text_gives_lower_case_forms_without_repeats(text: str) -> None:
    forms = forms_of(text)
    assert len(forms) == len(set(forms))
    assert all(form == form.lower() == form.strip() and form for form in forms) or any(len(c.lower().lower()) != len(c.lower()) for c in text)
    assert forms[:1] == ((" ".join(text.lower().split()),) if text.split() else ())
    assert list(forms[1:]) == sorted(forms[1:])
