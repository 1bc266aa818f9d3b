"""What a draft and a situation share, with the evidence on both sides: the words here, the words there, and who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from rtm_gate.facts.relation import PUNCTUATION, Relation, sense_of, stem
from rtm_gate.facts.scene import Row
from rtm_gate.facts.things import thing_told
from rtm_gate.model.analysis import OWN_NAME, Hashtag, Mention, Name, Suppressed
from rtm_gate.model.news import ReadStory, Situation
from rtm_gate.model.policy import Policy
from rtm_gate.news.stories.words import spoken
from rtm_gate.vocabulary.topics import standard_topics

Told = tuple[str, str]
"""Words of the news, and the source that used them."""


def shared_rows(relation: Relation, situation: Situation, policy: Policy) -> list[Row]:
    """Words, tags, names, then regions, each in the order of the draft. `news` is what stands there, `source` the first that wrote it.

    Where no single word of a story can be named, `news` is the topic it was read as.
    """
    rows: list[Row] = []
    for word in relation.words:
        rows.append(_row(_as_written(word), _place(word), _word_of(word, situation, policy), "words", sense_of(word)))
    for tag in relation.hashtags:
        source = next((read.story.source for read in situation.stories if tag.tag.lower() in read.tags), "")
        rows.append(_row(tag.tag, _place(tag), (tag.tag.lower(), source), "hashtag", "tag"))
    for name in relation.names:
        if any(other.field == name.field and other.start <= name.start and name.end <= other.end and other != name for other in relation.names):
            continue  # a part of a longer name
        rows.append(_row(name.text, _place(name), _name_in(name, situation), "entity", sense_of(name)))
    rows += [_row(ours, {}, (theirs, ""), "region", "") for ours, theirs in relation.met]
    return rows


def _row(draft: str, place: Row, told: Told, kind: str, sense: str) -> Row:
    return {"draft": draft, "news": told[0], "kind": kind, "sense": sense, "source": told[1], **place}


def _place(found: Mention | Suppressed | Name | Hashtag) -> Row:
    return {"field": found.field, "start": found.start, "end": found.end}


def _as_written(hit: Mention | Suppressed | Name) -> str:
    """A harmless sense with the words that make it so (`crash course`), a word of an own name with the name."""
    whole = hit.because.removeprefix(OWN_NAME) if isinstance(hit, Suppressed) else ""
    return whole if hit.text.lower() in whole.lower() else hit.text


def _word_of(hit: Mention | Suppressed | Name, situation: Situation, policy: Policy) -> Told:
    """The same word in a headline; else the words of the lexicon's row that a headline was read by; else the topic."""
    if isinstance(hit, Name):
        return thing_told(hit.key, situation) if hit.kind == "thing" else _name_in(hit, situation)
    meant = {found for word in hit.text.lower().split() if (found := stem(word.lstrip("#")))}
    for read in situation.stories:
        for word in read.story.title.split():
            if stem(word.lower()) in meant:
                return word.strip(PUNCTUATION), read.story.source
    return next(_read_by(situation, hit.term, policy), (situation.topic, _first_source(situation)))


def _read_by(situation: Situation, term: str, policy: Policy) -> Iterator[Told]:
    """Words of headlines that belong to the row of the draft's word first, then to any row of the situation's topic."""
    forms = {**_forms(), **{row.id: row.forms for topic in policy.topics for row in topic.terms}}
    for wanted in (lambda row: row == term, lambda row: row.rpartition(".")[0] == situation.topic):
        for read in situation.stories:
            for row in filter(wanted, read.terms):
                yield from ((found, read.story.source) for form in forms.get(row, ()) if (found := _written(form, read)))


def _written(form: str, read: ReadStory) -> str:
    """A form of the lexicon as the headline has it, endings aside; empty where it is not there."""
    title = read.story.title.split()
    wanted = [stem(word) or word for word in form.lower().split()]
    had = [stem(word.lower()) or word.lower().strip(PUNCTUATION) for word in title]
    at = next((n for n in range(len(had)) if had[n : n + len(wanted)] == wanted), None)
    return "" if at is None else " ".join(title[at : at + len(wanted)]).strip(PUNCTUATION)


@cache
def _forms() -> Mapping[str, tuple[str, ...]]:
    return {term.id: term.forms for topic in standard_topics() for term in topic.terms}


def _name_in(name: Name, situation: Situation) -> Told:
    """The name as a headline writes it, or as much of it as stands there."""
    words = name.key.split()
    for part in (words, words[:-1], words[1:]):
        key = " ".join(part)
        for read in situation.stories:
            if part and f" {key} " in spoken([read.story.title, read.story.summary]):
                found = re.search(rf"(?<!\w){re.escape(key)}(?!\w)", f"{read.story.title} {read.story.summary}", re.IGNORECASE)
                return (found.group() if found else key), read.story.source
    return name.key, _first_source(situation)


def _first_source(situation: Situation) -> str:
    return next((read.story.source for read in situation.stories), "")
