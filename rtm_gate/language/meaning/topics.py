"""A policy's own words: a new topic, or more words for a standard one."""

from __future__ import annotations

import re

from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.policy import TopicExample
from rtm_gate.model.topics import TOPICS
from rtm_gate.model.vocabulary import Term, Topic

BASE = 0.6
"""How surely a bare term is meant literally where its topic does not say; words of `meant when near` raise it."""


def topic_of(item: nodes.Item, names: Names) -> Topic:
    """The topic with a row for each of its terms; every row shares the topic's harmless and literal phrases."""
    from rtm_gate.vocabulary.inflect import forms_of

    assert item.name is not None
    name = item.name.text
    if name.count(".") > 1:
        names.error("RTM205", f"`{name}` is deeper than two levels", item.name.at, "write `topic.part`")
    texts = {word: _texts(item, word, names) for word in ("terms", "hashtags", "meant when near", "but not")}
    for text in texts["hashtags"]:
        if not re.fullmatch(r"#[^\s#]+", text.text):
            names.error("RTM220", f"`{text.text}` is not a hashtag", text.at, "it begins with # and holds no blanks; * stands for any letters")
    literal = tuple(text.text.lower() for text in texts["meant when near"])
    harmless = tuple(text.text.lower() for text in texts["but not"])
    base = _certainty(item, names)
    rows: dict[str, Term] = {}
    for text in texts["terms"]:
        phrase = " ".join(text.text.lower().split())
        slug = re.sub(r"\W+", "_", phrase).strip("_")
        rows.setdefault(slug, Term(slug, name, forms_of(phrase), base, literal, harmless))
    known = TOPICS.get(name)
    title = item.title.text if item.title else known.title if known else name.replace("_", " ").capitalize()
    tags = tuple(text.text for text in texts["hashtags"])
    return Topic(
        name, title, tuple(rows.values()), tags, bool(known and known.contrast), known.iab if known else "", item.at.file, bool(item.all("only in posts"))
    )


def examples_of(item: nodes.Item, names: Names) -> list[TopicExample]:
    """The texts that it must match, and those that it must not."""
    assert item.name is not None
    rows = [(text, word == "must match") for word in ("must match", "must not match") for text in _texts(item, word, names)]
    wanted: dict[str, bool] = {}
    for text, matches in rows:
        if wanted.setdefault(text.text, matches) is not matches:
            names.error("RTM307", f'"{text.text}" must match and must not', text.at, "take it out of one")
    return [TopicExample(item.name.text, text.text, matches, text.at) for text, matches in rows]


def _certainty(item: nodes.Item, names: Names) -> float:
    said = item.all("certainty")
    for more in said[1:]:
        names.error("RTM310", "`certainty` stands twice in this topic", more.at, "say it once")
    if not said:
        return BASE
    share = said[0].values[0]
    if share.amount > 1_000_000:
        names.error("RTM220", f"`{share.text}` is more than certain", share.at, "a certainty goes from 0% to 100%")
    return share.amount / 1_000_000


def _texts(item: nodes.Item, word: str, names: Names) -> list[nodes.Text]:
    found = [text for clause in item.all(word) for text in clause.texts]
    for text in found:
        if not text.text.strip():
            names.error("RTM220", "an empty text says nothing", text.at)
    return [text for text in found if text.text.strip()]
