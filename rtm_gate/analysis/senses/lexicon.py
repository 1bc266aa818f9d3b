"""A Vocabulary made ready for matching: one table from phrase to the rows it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import regex

from rtm_gate.analysis.written.engine import Engine
from rtm_gate.analysis.written.folding import flat
from rtm_gate.model.vocabulary import Term, Topic, Vocabulary

KEPT = 2
"""Compiled lexicons that are kept: making one takes a second, and gates of one policy can share it."""
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`forms`, `literal` and `harmless` are keyed by Engine.key; `collapsed` by the form without spaces, for whole tags.

    `beside` holds, for a harmless phrase that contains no form of its row ("heels" for "killer"), the rows it excuses when it
    stands next to them. `codes` are the single words and collapsed names of `hate`, for disguised spellings.
    """

    engine: Engine
    forms: dict[str, tuple[Form, ...]]
    literal: dict[str, frozenset[str]]
    harmless: dict[str, frozenset[str]]
    beside: dict[str, frozenset[str]]
    collapsed: dict[str, tuple[Form, ...]]
    tags: TagList
    codes: dict[str, tuple[Form, ...]]
    words: frozenset[str]


@lru_cache(maxsize=KEPT)
def compile_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Raises nothing on odd rows: an empty form or phrase is left out. Whoever asks for the same vocabulary again gets the same lexicon."""
    terms = [(topic, term) for topic in vocabulary.topics for term in topic.terms]
    engine = Engine(chain.from_iterable((*term.forms, *term.literal, *term.harmless) for _, term in terms))
    forms: dict[str, tuple[Form, ...]] = {}
    collapsed: dict[str, tuple[Form, ...]] = {}
    codes: dict[str, tuple[Form, ...]] = {}
    literal: dict[str, set[str]] = defaultdict(set)
    harmless: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    words: set[str] = set()
    for topic, term in terms:
        keys: set[str] = set()
        hateful, plain = topic.top == "hate", Form(term, topic, "")
        for written in term.forms:
            key = engine.key(written)
            if not key:
                continue
            keys.add(key)
            form = plain if written == written.lower() else Form(term, topic, written)
            forms[key] = (*forms.get(key, ()), form)
            if " " in key or hateful:
                flattened = flat(key)
                if " " in key and len(flattened) >= 6:
                    collapsed[flattened] = (*collapsed.get(flattened, ()), form)
                if hateful and len(flattened) >= 3:
                    codes[flattened] = (*codes.get(flattened, ()), form)
            words.update(_WORDS.findall(key))
        for cue in term.literal:
            literal[engine.key(cue)].add(term.id)
        for phrase in term.harmless:
            key = engine.key(phrase)
            (harmless if _contains(key, keys) else beside)[key].add(term.id)
    return Lexicon(
        engine=engine,
        forms=forms,
        literal=_frozen(literal),
        harmless=_frozen(harmless),
        beside=_frozen(beside),
        collapsed=collapsed,
        tags=_tag_list(vocabulary.topics),
        codes=codes,
        words=frozenset(words),
    )


def _contains(key: str, keys: Set[str]) -> bool:
    """Whether a run of the words of `key` is one of `keys`."""
    words = key.split(" ")
    return any(" ".join(words[first:last]) in keys for first in range(len(words)) for last in range(first + 1, len(words) + 1))


def _frozen(table: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(ids) for key, ids in table.items() if key}
