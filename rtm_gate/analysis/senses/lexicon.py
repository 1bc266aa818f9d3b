"""A Vocabulary made ready for matching: tables from phrase to the rows it belongs to.

What only some texts need (tags, disguises, innocent phrases) is worked out when the first of them asks: most commands read one short text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import regex

from rtm_gate.analysis.written.engine import Engine, Piece
from rtm_gate.analysis.written.folding import flat
from rtm_gate.analysis.written.page import PhraseHit
from rtm_gate.analysis.written.phrases import Phrases
from rtm_gate.model.vocabulary import Term, Topic, Vocabulary

KEPT = 2
"""Compiled lexicons that are kept: gates of one policy can share one."""
_WORDS = regex.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a row. `cased` is the form itself where its capitals matter (an entry with a capital letter), else empty."""

    term: Term
    topic: Topic
    cased: str


@dataclass(frozen=True, slots=True)
class TagList:
    """The tags of all topics: globs joined into one pattern, a group each, so that a tag costs one match and not one for each glob."""

    pattern: regex.Pattern[str]
    topics: tuple[Topic, ...]

    def topic_of(self, body: str) -> Topic | None:
        """The topic whose list has the tag (lower case, without #): sensitive before contrast, then the longest glob, then by name."""
        match = self.pattern.fullmatch(body)
        return self.topics[match.lastindex - 1] if match and match.lastindex else None


def _tag_list(topics: tuple[Topic, ...]) -> TagList:
    globs = [(topic.contrast, -len(tag.replace("*", "")), topic.name, tag.lower().lstrip("#"), topic) for topic in topics for tag in topic.hashtags]
    globs.sort(key=lambda row: row[:4])
    written = "|".join("(" + regex.escape(row[3]).replace(r"\*", r"\w*").replace(r"\?", r"\w") + ")" for row in globs)
    return TagList(regex.compile(written or r"(?!)"), tuple(row[4] for row in globs))


class Lexicon:
    """`forms`, `literal` and what `is_harmless` asks for are keyed by Engine.key."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Raises nothing on odd rows: an empty form or phrase is left out."""
        self._topics = vocabulary.topics
        terms = [(topic, term) for topic in vocabulary.topics for term in topic.terms]
        self._engine = Engine()
        self.forms: dict[str, tuple[Form, ...]] = {}
        for topic, term in terms:
            plain = (Form(term, topic, ""),)
            for written in term.forms:
                here = plain if written == written.lower() else (Form(term, topic, written),)
                key = self._engine.key(written)
                self.forms[key] = (*self.forms[key], *here) if key in self.forms else here
        self.forms.pop("", None)
        self.literal = self._rows((term.id, term.literal) for _, term in terms)
        self._harmless = self._rows((term.id, term.harmless) for _, term in terms)
        self._phrases = Phrases(chain(self.forms, self.literal, self._harmless))

    def read(self, plain: str, cuts: Sequence[int]) -> tuple[list[Piece], list[PhraseHit]]:
        """Tokens of `plain`, also cut at the offsets `cuts` (where the words of a tag begin), and the phrases among them."""
        pieces = self._engine.read(plain, cuts)
        return pieces, self._phrases.among([piece[0].lower() for piece in pieces])

    def is_harmless(self, phrase: str, term: Term, *, beside: bool) -> bool:
        """Whether the phrase excuses a hit of the row that it holds or meets; `beside`, one that only stands next to it.

        The latter goes for phrases that hold no form of the row ("heels" for "killer").
        """
        return term.id in self._harmless.get(phrase, ()) and self._holds(phrase, term) != beside

    @cached_property
    def tags(self) -> TagList:
        return _tag_list(self._topics)

    @cached_property
    def collapsed(self) -> dict[str, tuple[Form, ...]]:
        """The forms of several words by what they are without spaces, for whole tags."""
        return _flattened({key: forms for key, forms in self.forms.items() if " " in key}, 6)

    @cached_property
    def codes(self) -> dict[str, tuple[Form, ...]]:
        """The single words and collapsed names of `hate`, for disguised spellings."""
        hateful = ((key, tuple(form for form in forms if form.topic.top == "hate")) for key, forms in self.forms.items())
        return _flattened({key: forms for key, forms in hateful if forms}, 3)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that forms are made of."""
        return frozenset(word for piece in {piece for key in self.forms for piece in key.split(" ")} for word in _WORDS.findall(piece))

    def _rows(self, phrases: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, frozenset[str]]:
        """Key of a phrase -> the rows that have it. Most phrases are of one row, and those of one row share a set."""
        found: dict[str, frozenset[str]] = {}
        for row, written in phrases:
            alone = frozenset({row})
            for key in map(self._engine.key, written):
                found[key] = found[key] | alone if key in found else alone
        found.pop("", None)
        return found

    def _holds(self, key: str, term: Term) -> bool:
        """Whether a run of the words of `key` is a form of the row."""
        words = key.split(" ")
        runs = (" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1))
        return any(form.term.id == term.id for run in runs for form in self.forms.get(run, ()))


def _flattened(forms: Mapping[str, tuple[Form, ...]], shortest: int) -> dict[str, tuple[Form, ...]]:
    """The forms by their letters and digits alone, where these are `shortest` or more."""
    found: dict[str, tuple[Form, ...]] = {}
    for key, rows in forms.items():
        if len(flattened := flat(key)) >= shortest:
            found[flattened] = (*found.get(flattened, ()), *rows)
    return found


@lru_cache(maxsize=KEPT)
def compile_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Whoever asks for the same vocabulary again gets the same lexicon."""
    return Lexicon(vocabulary)
