"""docs/topics.md: the standard topics with their risk and IAB id, made from rtm_gate/model/topics.py and the lexicon."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.model.topics import DEBATED, GRAVE, TOPICS, TopicName
from rtm_gate.model.vocabulary import Topic, top_of
from rtm_gate.vocabulary.topics import examples, standard_topics

HEAD = """\
# The standard topics

What words can be about. This page is made from `rtm_gate/model/topics.py` and the lexicon by `make reference`. A policy that says
`topic is tragedy` means tragedy and everything below it. *Risk* is what a brand stands to lose beside a topic; *IAB* the id of the sensitive
topic in the IAB Content Taxonomy 3.1 that it falls under. *Forms* counts the words and phrases the lexicon has for it, and the example is one of
those that its own tests read: every row of the lexicon has texts that must and texts that must not be read literally.

| topic | is | risk | IAB | forms | meant literally | not |
|---|---|---|---|---|---|---|
"""
TAIL = """
*Grave* topics may silence a brand, *debated* ones divide people. *Contrast* topics have no risk: they make the words beside them harmless.
"""


def page() -> str:
    return HEAD + "".join(f"{row}\n" for row in _rows()) + TAIL


def _rows() -> Iterator[str]:
    lexicon = {topic.name: topic for topic in standard_topics()}
    for name, known in TOPICS.items():
        cells = [f"`{name}`", _kind(name, known), known.risk or "–", known.iab or "–", str(_forms(lexicon.get(name)))]
        yield f"| {' | '.join([*cells, _example(name, True), _example(name, False)])} |"


def _kind(name: str, known: TopicName) -> str:
    top = top_of(name)
    marks = [word for word, names in (("grave", GRAVE), ("debated", DEBATED)) if top in names] + ["contrast"] * known.contrast
    return known.title + (f" ({', '.join(marks)})" if marks else "")


def _forms(topic: Topic | None) -> int:
    return sum(len(term.forms) for term in topic.terms) if topic else 0


def _example(name: str, literal: bool) -> str:
    shown = [example.text for example in examples() if example.topic == name and example.literal is literal and example.text.isascii()]
    return min(shown, key=lambda text: (len(text), text)).replace("|", "\\|") if shown else "–"
