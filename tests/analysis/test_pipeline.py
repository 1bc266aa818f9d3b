"""A trained pipeline beside the lexicon: what it adds, and that nothing needs it. The pipeline is a real one, saved and loaded by spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from rtm_gate.analysis import Analyser, Pipeline, PipelineError
from rtm_gate.model.analysis import Mention
from tests.analysis.tables import small_vocabulary


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "WORK_OF_ART", "pattern": "Killer Moon"},
            {"label": "PERSON", "pattern": "Ada Holm"},
            {"label": "GPE", "pattern": "Qaresh"},
        ]
    )
    nlp.add_pipe("attribute_ruler").add(patterns=[[{"LOWER": "killer"}, {"TEXT": "!"}]], attrs={"POS": "INTJ"})  # type: ignore[attr-defined]
    nlp.meta["name"], nlp.meta["version"] = "little", "1.2.3"
    where = tmp_path_factory.mktemp("pipelines") / "little"
    nlp.to_disk(where)
    return where


@pytest.fixture(scope="module")
def with_pipeline(folder: Path) -> Analyser:
    return Analyser(small_vocabulary(), pipeline=Pipeline(str(folder)))


def only(reader: Analyser, text: str) -> Mention:
    (mention,) = reader.read_text(text).mentions
    return mention


@pytest.mark.parametrize(
    ("text", "clue", "weight"),
    [
        ("Killer Moon is on stage.", "proper name: Killer Moon", -0.3),
        ("Killer! What a line.", "exclamation: Killer", -0.2),
        ("A bomb in Qaresh.", "place: Qaresh", 0.2),
    ],
)
def test_what_it_adds(with_pipeline: Analyser, small: Analyser, text: str, clue: str, weight: float) -> None:
    found, alone = only(with_pipeline, text), only(small, text)
    added = [one for one in found.evidence if one not in alone.evidence]
    assert [(f"{one.kind}: {one.text}", one.weight) for one in added] == [(clue, weight)]
    assert only(with_pipeline.without_pipeline(), text) == alone


def test_a_person_it_names_is_a_name(with_pipeline: Analyser, small: Analyser) -> None:
    text = "ADA HOLM READS. Ada Holm reads tonight."
    new = set(with_pipeline.read_text(text).names) - set(small.read_text(text).names)
    assert {name.key for name in with_pipeline.read_text(text).names} >= {"ada holm"}
    assert {name.kind for name in new} <= {"name"}


def test_the_verdict_can_say_which(with_pipeline: Analyser, small: Analyser) -> None:
    assert with_pipeline.read_by.pipeline == "en_little 1.2.3"
    assert small.read_by.pipeline == ""


def test_one_that_is_not_there() -> None:
    with pytest.raises(PipelineError, match=r"^the spaCy pipeline `no_such_pipeline` cannot be loaded: \S"):
        Pipeline("no_such_pipeline")
