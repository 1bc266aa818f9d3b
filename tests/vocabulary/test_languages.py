"""English, foreign, or too little to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.vocabulary.languages import foreign_runs, language_of

ENGLISH = [
    "We welcome feedback, Elle. If your travel is complete, you can detail it here",
    "#WhyIStayed You had pizza.",
    "I love Louis Vuitton and Dolce & Gabbana",
    "So excited for Cinco de Mayo with our friends at La Casa",
    "RT @somebody: what a day at the beach http://example.com/dia",
    "Happy birthday to the one and only Queen Bey 👑",
]
FOREIGN = [
    "Paura del terremoto? Molliamo tutto e scappiamo a Santo Domingo!",
    "Terremoto in Emilia: morti e crolli, migliaia di sfollati",
    "Feliz Navidad a todos nuestros amigos",
    "Joyeux anniversaire à toute l'équipe de la part de Paul",
    "Wir feiern mit euch und freuen uns auf das Wochenende",
    "De winkel is vandaag open en wij wachten op jullie",
    "Selamat pagi semua, ini untuk kalian",
    "Привет, как дела сегодня",
    "今日はとても暑いですね",
    "مرحبا بكم في متجرنا الجديد",
]
# Nothing that tells: never a reason to stop.
OPEN = [
    "",
    "😀😀 wow!",
    "Coming Ashore Soon.",
    "Smoke. Clouds. #smoke #clouds",
    "Happy Diwali!",
    "New Chanel La Vie Est Belle eau de parfum",
    "#terremoto https://example.com",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", FOREIGN)
def test_foreign(text: str) -> None:
    assert language_of(text) == "foreign"


@pytest.mark.parametrize("text", OPEN)
def test_too_little_to_say(text: str) -> None:
    assert language_of(text) == "und"


def test_runs_of_other_scripts() -> None:
    text = "Big sale, Привет мир, come in"
    assert [text[start:end] for start, end in foreign_runs(text)] == ["Привет мир"]
    assert foreign_runs("Crème brûlée, 50 µg of vitamin α, 𝐛𝐨𝐥𝐝 words") == ()


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert language_of(text) in {"en", "foreign", "und"}
    last = 0
    for start, end in foreign_runs(text):
        assert last <= start < end <= len(text)
        last = end
