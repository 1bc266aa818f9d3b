"""`must match` and `must not match` of a topic: a text read as a post, and whether it is about the topic."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.analysis.senses.weighing import LITERAL
from rtm_gate.gate.gate import Gate
from rtm_gate.model.analysis import Analysis, Clue, Mention
from rtm_gate.model.policy import TopicExample
from rtm_gate.model.vocabulary import is_within

MOST = 3
"""Words of other topics told at most."""


def unlike(gate: Gate, example: TopicExample) -> tuple[str, str, tuple[str, ...]] | None:
    """What was wanted, what came, and why in lines; None where the text is read as the example says."""
    read = gate.read_text(example.text)
    came = any(True for _ in _about(read, example.topic))
    if came is example.matches:
        return None
    words = {True: example.topic, False: f"no {example.topic}"}
    why = _about(read, example.topic) if came else _not_about(read, example.topic)
    return words[example.matches], words[came], tuple(why)


def _about(read: Analysis, topic: str) -> Iterator[str]:
    """Why the text is about the topic or a part of it: words of it that are meant literally, hashtags of its list."""
    for mention in read.mentions:
        if is_within(mention.topic, topic) and mention.literal:
            yield _scored(mention)
    for hashtag in read.hashtags:
        if is_within(hashtag.topic, topic):
            yield f"{hashtag.tag} is a hashtag of {hashtag.topic}"


def _not_about(read: Analysis, topic: str) -> Iterator[str]:
    found = [f"{_scored(mention)}; it counts from {_percent(LITERAL)}" for mention in read.mentions if is_within(mention.topic, topic)]
    found += [f'"{hit.text}" is harmless here: {hit.because}' for hit in read.suppressed if is_within(hit.would_be, topic)]
    yield from found or ["none of its terms and hashtags stands in it"]
    others = [f'"{mention.text}" as {mention.topic}' for mention in read.mentions if not is_within(mention.topic, topic)]
    if others:
        yield f"it is read as something else: {', '.join(others[:MOST])}"


def _scored(mention: Mention) -> str:
    return f'"{mention.text}" is {mention.topic} with {_percent(mention.certainty)} certainty: ' + ", ".join(map(_clue, mention.evidence))


def _clue(clue: Clue) -> str:
    if clue.kind == "base":
        return f"{_percent(clue.weight)} by itself"
    return f"{clue.weight * 100:+.0f}% for {clue.kind}" + (f' "{clue.text}"' if clue.text else "")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"
