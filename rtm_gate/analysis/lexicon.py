"""A Vocabulary made ready for matching: one table from phrase to the rows it belongs to."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

import regex

from rtm_gate.analysis.engine import Engine
from rtm_gate.model.vocabulary import Term, Topic, Vocabulary

_WORDS = regex.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a row. `cased` is the form itself where its capitals matter (an entry with a capital letter), else empty."""

    term: Term
    topic: Topic
    cased: str


@dataclass(frozen=True, slots=True)
class TagGlob:
    pattern: regex.Pattern[str]
    topic: Topic
    weight: int


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
    tags: tuple[TagGlob, ...]
    codes: dict[str, tuple[Form, ...]]
    words: frozenset[str]


def compile_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Raises nothing on odd rows: an empty form or phrase is left out."""
    terms = [(topic, term) for topic in vocabulary.topics for term in topic.terms]
    engine = Engine(chain.from_iterable((*term.forms, *term.literal, *term.harmless) for _, term in terms))
    forms: dict[str, list[Form]] = defaultdict(list)
    collapsed: dict[str, list[Form]] = defaultdict(list)
    codes: dict[str, list[Form]] = defaultdict(list)
    literal: dict[str, set[str]] = defaultdict(set)
    harmless: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    words: set[str] = set()
    for topic, term in terms:
        keys = []
        for written in term.forms:
            key = engine.key(written)
            if not key:
                continue
            keys.append(f" {key} ")
            form = Form(term, topic, written if written != written.lower() else "")
            forms[key].append(form)
            flat = "".join(c for c in key if c.isalnum())
            if " " in key and len(flat) >= 6:
                collapsed[flat].append(form)
            if topic.top == "hate" and len(flat) >= 3:
                codes[flat].append(form)
            words.update(_WORDS.findall(key))
        for cue in term.literal:
            literal[engine.key(cue)].add(term.id)
        for phrase in term.harmless:
            key = engine.key(phrase)
            contains = any(form in f" {key} " for form in keys)
            (harmless if contains else beside)[key].add(term.id)
    globs = [
        TagGlob(regex.compile(fnmatch.translate(tag.lower().lstrip("#"))), topic, len(tag.replace("*", "")))
        for topic in vocabulary.topics
        for tag in topic.hashtags
    ]
    return Lexicon(
        engine=engine,
        forms={key: tuple(rows) for key, rows in forms.items()},
        literal=_frozen(literal),
        harmless=_frozen(harmless),
        beside=_frozen(beside),
        collapsed={key: tuple(rows) for key, rows in collapsed.items()},
        tags=tuple(sorted(globs, key=lambda glob: (glob.topic.contrast, -glob.weight, glob.topic.name, glob.pattern.pattern))),
        codes={key: tuple(rows) for key, rows in codes.items()},
        words=frozenset(words),
    )


def _frozen(table: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(ids) for key, ids in table.items() if key}
