"""The standard topics with their terms, read from `lexicon/*.toml` (one file per family of topics).

A file holds `[[topic]]` tables (`name`, `hashtags`; title and the like stand in model/topics.py) with `[[topic.term]]` rows:
`id` (written without the topic), `forms` (every written form, lower case; an acronym in capitals is met in capitals only),
`base`, `literal`, `harmless`, `shared` (forms that a row of another topic has as well), and the row's own proof: texts that
must be read literally (`hit`) and texts that must not (`miss`). `[cues]` names lists of clues for the file, used as "@name".
Every string may hold braces: "killer {deal,price}{,s}" stands for its four phrases.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, product
from typing import Any

from rtm_gate.model.topics import TOPICS
from rtm_gate.model.vocabulary import Term, Topic

BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a row's own proof: `literal` says whether a mention of `topic` in it is meant literally."""

    topic: str
    term: str
    text: str
    literal: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the files hold: topics sorted by name, and the examples in the order of their rows."""

    topics: tuple[Topic, ...]
    examples: tuple[Example, ...]


def standard_topics() -> tuple[Topic, ...]:
    """The standard topics, sorted by name. Read once; a fault in the shipped files is a bug and raises ValueError."""
    return standard_lexicon().topics


def examples() -> tuple[Example, ...]:
    """The rows' own examples, for the tests of whoever matches the terms."""
    return standard_lexicon().examples


def digest_of(topics: Iterable[Topic]) -> str:
    """SHA-256 (hex) over the content of the topics; neither their order nor that of their rows counts."""
    rows = sorted(
        json.dumps(
            [
                [topic.name, topic.title, sorted(topic.hashtags), topic.contrast, topic.iab, topic.source],
                sorted(
                    [term.id, term.topic, sorted(term.forms), term.base, sorted(term.literal), sorted(term.harmless), term.figurative] for term in topic.terms
                ),
            ],
            ensure_ascii=False,
        )
        for topic in topics
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@cache
def standard_lexicon() -> Lexicon:
    """The shipped files, read and checked."""
    folder = files("rtm_gate.vocabulary") / "lexicon"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return lexicon_of({name: (folder / name).read_text(encoding="utf-8") for name in names})


def lexicon_of(texts: Mapping[str, str]) -> Lexicon:
    """Read lexicon files (name -> TOML text). All problems found are told at once in one ValueError."""
    problems: list[str] = []
    topics: list[Topic] = []
    found: list[Example] = []
    shared: set[str] = set()
    for name, text in texts.items():
        data = tomllib.loads(text)
        cues = {key: expand(values) for key, values in data.get("cues", {}).items()}
        for table in data.get("topic", ()):
            terms = tuple(_term(table["name"], row, cues, problems) for row in table.get("term", ()))
            if unknown := set(table) - {"name", "hashtags", "term"}:
                problems.append(f"{name}: topic `{table['name']}` has unknown keys {sorted(unknown)}")
            if table["name"] not in TOPICS:
                problems.append(f"{name}: `{table['name']}` is no standard topic")
                continue
            known = TOPICS[table["name"]]
            topics.append(Topic(table["name"], known.title, terms, expand(table.get("hashtags", ())), known.contrast, known.iab))
            for row, term in zip(table.get("term", ()), terms, strict=True):
                shared.update(expand(row.get("shared", ())))
                found.extend(Example(term.topic, term.id, example, literal=True) for example in row.get("hit", ()))
                found.extend(Example(term.topic, term.id, example, literal=False) for example in row.get("miss", ()))
    problems.extend(_clashes(topics, shared))
    if problems:
        raise ValueError("the lexicon is not sound:\n" + "\n".join(problems))
    return Lexicon(tuple(sorted(topics, key=lambda topic: topic.name)), tuple(found))


def expand(patterns: Iterable[str]) -> tuple[str, ...]:
    """Braces written out, repeats dropped, order kept: "shot{,s}" -> "shot", "shots". Braces stand beside each other, not in each other."""
    return tuple(dict.fromkeys(chain.from_iterable(map(_expanded, patterns))))


def _expanded(pattern: str) -> Iterable[str]:
    if "{" not in pattern:
        return (pattern,)
    # Split at a group, every second piece is what stood in braces.
    pieces = enumerate(BRACES.split(pattern))
    return map("".join, product(*(piece.split(",") if number % 2 else (piece,) for number, piece in pieces)))


def _term(topic: str, row: Mapping[str, Any], cues: Mapping[str, tuple[str, ...]], problems: list[str]) -> Term:
    if unknown := set(row) - {"id", "forms", "base", "literal", "harmless", "figurative", "shared", "hit", "miss"}:
        problems.append(f"{topic}.{row['id']}: unknown keys {sorted(unknown)}")
    forms = expand(row.get("forms", ()))
    known = frozenset(forms)
    clues: list[str] = []
    for cue in row.get("literal", ()):
        if cue.startswith("@") and cue[1:] not in cues:
            problems.append(f"{topic}.{row['id']}: no list of cues is named `{cue}`")
        clues.extend(cues.get(cue[1:], ()) if cue.startswith("@") else expand([cue]))
    term = Term(
        id=f"{topic}.{row['id']}",
        topic=topic,
        forms=forms,
        base=float(row.get("base", 0.6)),
        literal=tuple(clue for clue in dict.fromkeys(clues) if clue not in known),
        harmless=expand(row.get("harmless", ())),
        figurative=bool(row.get("figurative", False)),
    )
    problems.extend(f"{term.id}: {problem}" for problem in _faults(term))
    return term


def _faults(term: Term) -> Iterable[str]:
    if not term.forms:
        yield "no forms"
    if not 0 <= term.base <= 1:
        yield f"base {term.base} is not between 0 and 1"
    forms = frozenset(term.forms)
    for phrase in (*term.forms, *term.literal, *term.harmless):
        if phrase and phrase == " ".join(phrase.lower().split()):
            continue
        acronym = phrase in forms and phrase.isupper() and phrase.isalpha()
        if not acronym:
            yield f"`{phrase}` is not lower case with single spaces"
    for phrase in term.harmless:
        if phrase in forms:
            yield f"`{phrase}` is both a form and harmless"


def _clashes(topics: Iterable[Topic], shared: set[str]) -> Iterable[str]:
    names: set[str] = set()
    ids: set[str] = set()
    owners: dict[str, str] = {}
    met: set[str] = set()
    for topic in topics:
        if topic.name in names:
            yield f"topic `{topic.name}` is there twice"
        names.add(topic.name)
        for term in topic.terms:
            if term.id in ids:
                yield f"row `{term.id}` is there twice"
            ids.add(term.id)
            for form in term.forms:
                owner = owners.setdefault(form, term.id)
                if owner == term.id:
                    continue
                met.add(form)
                if form not in shared:
                    yield f"`{form}` is in {owner} and in {term.id}"
    for form in sorted(shared - met):
        yield f"`{form}` is said to be shared, but one row has it"
