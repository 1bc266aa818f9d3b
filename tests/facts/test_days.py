"""What counts as naming a day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rtm_gate.facts.days import named_in
from rtm_gate.vocabulary.observances import Observance

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("holi", "Holi hai!", ["Holi"]),
        ("holi", "Our holiday plans", []),
        ("vel d'hiv", "La rafle du Vel d’Hiv", ["Vel d’Hiv"]),
        ("atatürk", "Atatürk'ü anıyoruz", ["Atatürk"]),
        ("原爆", "広島原爆の日", ["原爆"]),
        ("3.11", "3.11東日本大震災", ["3.11"]),
        ("3.11", "13.11 or 3.112", []),
        ("4·3", "제주 4·3을 기억합니다", ["4·3"]),
        ("春节", "春节sale", ["春节"]),
        ("#wspd", "Today is #WSPD.", ["#WSPD"]),
    ],
)
def test_words_of_a_day(word: str, text: str, found: list[str]) -> None:
    day = Observance("day", "A day", "solemn", NOW, NOW, (), (word,), custom=False)
    assert [row["text"] for row in named_in(day, {"text": text})] == found
