"""What holds for any text."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rtm_gate.analysis import Analyser
from rtm_gate.analysis.written.folding import fold
from rtm_gate.model.analysis import Analysis, FieldText
from rtm_gate.model.vocabulary import OwnName, OwnNames
from tests.analysis.tables import rows, small_vocabulary

_WORDS = """
shooting killer deals drop-dead gorgeous bomb storm #PrayForBoston # ## #a @h1tler_88 KKK Krispy Kreme Klub 3 people killed 9-0 4% Ohio “ ’s …
ﬁre ｂｏｍｂ İstanbul ヒロシマ hitlеr https://x.co/#a Acme Gap.com Bolt cheaper than we're I ? ! . not no one your 20% off #AcmeDeals #acmedeals
"""
_PIECES = [*_WORDS.split(), "\n", "  ", "\u200b", "\u00ad", "e\u0301", "👩‍👩‍👧"]
_SPACED = st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join)
_GLUED = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)
TEXTS = st.one_of(st.text(max_size=120), _SPACED, _GLUED)
FIELDS = st.sampled_from(["text", "text[1]", "media[0].alt", "links[0]"])


@pytest.fixture(scope="module")
def reader(acme: Analyser) -> Analyser:
    return acme


def _spans(read: Analysis) -> list[tuple[str, int, int, str]]:
    found = [
        (row.field, row.start, row.end, row.text)
        for group in (read.mentions, read.suppressed, read.places, read.claims, read.intents, read.names)
        for row in group
    ]
    return found + [(tag.field, tag.start, tag.end, tag.tag) for tag in read.hashtags]


@given(text=TEXTS, field=FIELDS)
@example(text="İ" * 3 + "#İİ", field="text")
@example(text="\ud83d", field="text")
def test_offsets_are_those_of_the_text(reader: Analyser, text: str, field: str) -> None:
    for where, start, end, shown in _spans(reader.read([FieldText(field, text)])):
        assert where == field
        assert 0 <= start < end <= len(text)
        assert text[start:end] == shown


@given(text=TEXTS)
def test_every_hit_is_in_one_list_and_every_list_is_sorted(reader: Analyser, text: str) -> None:
    read = reader.read_text(text)
    counted = [(m.topic, m.start, m.end) for m in read.mentions]
    harmless = [(s.would_be, s.start, s.end) for s in read.suppressed]
    assert not set(counted) & set(harmless)
    assert len(counted) == len(set(counted))
    for group in (read.mentions, read.suppressed, read.hashtags, read.places, read.claims, read.intents, read.names):
        assert [(row.start, row.end) for row in group] == sorted((row.start, row.end) for row in group)


@given(text=TEXTS)
def test_certainty_is_the_sum_of_the_clues(reader: Analyser, text: str) -> None:
    for mention in reader.read_text(text).mentions:
        assert mention.certainty == pytest.approx(min(1.0, max(0.0, sum(clue.weight for clue in mention.evidence))), abs=0.001)
        assert mention.literal == (mention.certainty >= 0.5)


@given(text=TEXTS)
def test_the_same_text_reads_the_same(reader: Analyser, text: str) -> None:
    assert reader.read_text(text) == reader.read_text(text)


@given(text=st.text(max_size=80))
def test_folding_keeps_places(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.plain.lower())
    for index in range(len(folded.plain)):
        start, end = folded.place(index, index + 1)
        assert 0 <= start < end <= len(text)


def test_another_process_reads_the_same(reader: Analyser) -> None:
    """Hash seeds differ between processes: what comes out of sets must be sorted."""
    text = " ".join(row["text"] for row in rows("mentions"))
    made = "from tests.analysis.tables import small_vocabulary; from rtm_gate.analysis import Analyser"
    script = f"{made}; print(ascii(Analyser(small_vocabulary()).read_text({text!r})))"
    out = {
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
    }
    assert out == {ascii(Analyser(small_vocabulary()).read_text(text)) + "\n"}


def test_threads_share_a_reader(reader: Analyser) -> None:
    texts = [row["text"] for row in rows("mentions")] * 4
    alone = [reader.read_text(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader.read_text, texts)) == alone


def test_own_names_do_not_leak(small: Analyser) -> None:
    one, other = small.with_own(OwnNames(brands=(OwnName("Zorp"),))), small.with_own(OwnNames(brands=(OwnName("Quux"),)))
    assert [i.text for i in one.read_text("Zorp and Quux").intents] == ["Zorp"]
    assert [i.text for i in other.read_text("Zorp and Quux").intents] == ["Quux"]


def test_spacy_is_imported_late() -> None:
    """Commands that read no text must not wait for it."""
    script = "import sys, rtm_gate.analysis; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
