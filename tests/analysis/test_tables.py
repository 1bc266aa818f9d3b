"""Every row of the tables: a text and what must be read in it."""

from __future__ import annotations

from typing import Any

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.model.analysis import FieldText, Hashtag
from tests.analysis.tables import rows, table

Row = dict[str, Any]
_INTENTS = table("intents")
_VOICES = table("intents")["voices"]
_APART = {"own_voice", "first_person", "question"}


def _text(row: Row) -> str:
    return str(row["text"])


@pytest.mark.parametrize("row", rows("mentions"), ids=_text)
def test_mentions(small: Analyser, row: Row) -> None:
    read = small.read_text(row["text"])
    assert sorted(f"{m.topic}: {m.text}" for m in read.mentions if m.literal) == sorted(row.get("literal", []))
    assert sorted(f"{m.topic}: {m.text}" for m in read.mentions if not m.literal) == sorted(row.get("figurative", []))
    assert sorted(f"{s.would_be}: {s.text} <- {s.because}" for s in read.suppressed) == sorted(row.get("harmless", []))
    assert [m.text for m in read.mentions if m.negated] == row.get("negated", [])


_CIRCUMSTANCES = {"suffered", "answered_for", "said", "dated", "sited", "likeness", "laughter"}


@pytest.mark.parametrize("row", rows("circumstances"), ids=_text)
def test_circumstances(small: Analyser, row: Row) -> None:
    (mention,) = [m for m in small.read_text(row["text"]).mentions if m.text == row["of"]]
    assert [f"{clue.kind}: {clue.text}" for clue in mention.evidence if clue.kind in _CIRCUMSTANCES] == row["clues"]


@pytest.mark.parametrize("row", rows("threads"), ids=lambda row: str(row["why"]))
def test_threads(small: Analyser, row: Row) -> None:
    parts = [FieldText(f"text[{n}]", part) for n, part in enumerate(row["parts"])]
    assert [f"{m.field}: {m.text}" for m in small.read(parts).mentions if m.literal] == row["literal"]


@pytest.mark.parametrize("row", rows("own_names"), ids=_text)
def test_own_names(acme: Analyser, row: Row) -> None:
    read = acme.read_text(row["text"])
    wanted = ("brand", "product", "pun", "campaign_tag")
    assert [f"{i.kind}: {i.text}" for i in read.intents if i.kind in wanted and not _generic(i.text)] == row.get("intents", [])
    assert [f"{n.kind} {n.key}" for n in read.names if n.kind in ("brand", "product", "competitor")] == row.get("names", [])
    assert [s.text for s in read.suppressed] == row.get("harmless", [])


def _generic(text: str) -> bool:
    """A product that is worded (`the new …`), not named."""
    return text.lower().startswith(("the new", "meet the"))


@pytest.mark.parametrize("row", rows("claims"), ids=_text)
def test_claims(acme: Analyser, row: Row) -> None:
    found = [f"{c.kind}: {c.text}{f' ({c.about})' if c.about else ''}" for c in acme.read_text(row["text"]).claims]
    assert sorted(found) == sorted(row.get("claims", []))


@pytest.mark.parametrize("row", _INTENTS["row"], ids=_text)
def test_intents(small: Analyser, row: Row) -> None:
    read = small.read([FieldText(row.get("field", "text"), row["text"])])
    assert sorted({i.kind for i in read.intents} - _APART) == row["kinds"]


@pytest.mark.parametrize("text", _INTENTS["sells_nothing"])
def test_a_post_that_sells_nothing(small: Analyser, text: str) -> None:
    assert [(i.kind, i.text) for i in small.read_text(text).intents if i.kind in _INTENTS["selling"]] == []


@pytest.mark.parametrize("text", _INTENTS["sells"])
def test_a_post_that_sells(small: Analyser, text: str) -> None:
    assert {i.kind for i in small.read_text(text).intents} & set(_INTENTS["selling"])


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in _VOICES.items() for text in texts])
def test_voices(small: Analyser, kind: str, text: str) -> None:
    found = {i.kind for i in small.read_text(text).intents} & _APART
    assert found == set() if kind == "neither" else kind in found


@pytest.mark.parametrize("row", rows("tags"), ids=_text)
def test_tags(small: Analyser, row: Row) -> None:
    read = small.read_text(row["text"])
    assert [_shown(tag) for tag in read.hashtags] == row["tags"]
    assert [f"{p.text} {' '.join(p.regions)}" for p in read.places] == row.get("places", [])
    assert list(read.unfamiliar) == row.get("unfamiliar", [])


def _shown(tag: Hashtag) -> str:
    return f"{tag.tag} | {'' if tag.known else '~'}{' '.join(tag.words)} | {tag.topic} | {tag.topic_source} | {tag.language}"


@pytest.mark.parametrize("row", rows("names"), ids=_text)
def test_names(small: Analyser, row: Row) -> None:
    read = small.read_text(row["text"])
    if "names" in row:
        assert sorted({n.key for n in read.names if n.kind == "name"}) == row["names"]
    phrases = {n.key for n in read.names if n.kind == "phrase"}
    assert set(row.get("phrases", [])) <= phrases
    assert not set(row.get("no_phrases", [])) & phrases
