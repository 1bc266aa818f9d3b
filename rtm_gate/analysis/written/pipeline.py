"""A trained spaCy pipeline of the user's own, asked what a text names and which part of speech a word is. Never required.

It adds evidence and names; words, tags and phrases are found without it, by the tokenizer that the lexicon is made for.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_UNUSED = ("lemmatizer", "parser", "textcat", "textcat_multilabel", "senter", "spancat")
PLACES = frozenset({"GPE", "LOC", "FAC"})
NAMES = frozenset({"PERSON", "PER", "ORG", "PRODUCT", "WORK_OF_ART"})
"""Labels of the trained English pipelines (OntoNotes), and `PER` of those in other languages."""


class PipelineError(Exception):
    """The pipeline cannot be used; says which and why in one sentence."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the pipeline found: entities as (start, end, label), words as (start, end, part of speech), offsets of the plain text."""

    entities: tuple[tuple[int, int, str], ...] = ()
    words: tuple[tuple[int, int, str], ...] = ()

    def named(self, labels: frozenset[str]) -> tuple[tuple[int, int, str], ...]:
        return tuple(row for row in self.entities if row[2] in labels)

    def part_of_speech(self, start: int, end: int) -> str:
        """That of the one word at start:end; empty for several words, or none."""
        found = [kind for first, last, kind in self.words if first < end and start < last]
        return found[0] if len(found) == 1 else ""


class Pipeline:
    """`name` is an installed package (en_core_web_md) or a folder. Safe to share between threads: calls take turns."""

    def __init__(self, name: str) -> None:
        import spacy

        try:
            self._nlp: Language = spacy.load(name, exclude=list(_UNUSED))
        except Exception as error:  # a pipeline is somebody else's code: it may raise anything
            raise PipelineError(f"the spaCy pipeline `{name}` cannot be loaded: {_first_line(error)}") from error
        self._lock = threading.Lock()
        meta = self._nlp.meta
        self.name = f"{meta['lang']}_{meta['name']}"
        self.version = str(meta["version"])

    def read(self, plain: str) -> Spoken:
        with self._lock, self._nlp.memory_zone():
            doc = self._nlp(plain)
            entities = tuple(sorted((entity.start_char, entity.end_char, entity.label_) for entity in doc.ents))
            words: Sequence[tuple[int, int, str]] = [(word.idx, word.idx + len(word), word.pos_) for word in doc if word.pos_]
            return Spoken(entities, tuple(words))


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
