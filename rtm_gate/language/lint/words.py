"""The words a policy looks for, and where its posts are seen."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.subject import Subject, named, warning
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.topics import TOPICS
from rtm_gate.vocabulary.words import stop_words

SHORTEST_TAG = 2
"""Letters a hashtag's pattern has to spell out: `#a*` is a tenth of all tags."""


def without_words(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.names.of("topic").values():
        if named(item).text not in TOPICS and not item.all("terms", "hashtags"):
            yield warning("RTM403", f"nothing can be about `{named(item).text}`", named(item).at, 'it has no words: add `terms "…"`')


def without_audience(subject: Subject) -> Iterator[Diagnostic]:
    policy = subject.names.policy
    if policy is not None and not policy.all("audience"):
        yield warning("RTM406", "the policy names no audience", policy.at, "drafts without regions are then seen nowhere: `audience US, CA`")


def meant_and_harmless(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.names.of("topic").values():
        terms = {_plain(text) for text in _texts(item, "terms")}
        for text in _texts(item, "but not"):
            if _plain(text) in terms:
                message = f'"{text.text}" is a term of `{named(item).text}` and harmless as well'
                yield warning(
                    "RTM411", message, text.at, "it is never counted", "`but not` holds longer phrases in which a term is harmless; take it out of one"
                )


def too_common(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.names.of("topic").values():
        for text in _texts(item, "terms"):
            word = _plain(text)
            if word in stop_words() or (len(word) == 1 and word.isascii()):
                yield warning("RTM412", f'"{text.text}" stands in nearly every post', text.at, "name what it is about, in words of its own")
        for text in _texts(item, "hashtags"):
            if text.text.startswith("#") and sum(char.isalnum() for char in text.text) < SHORTEST_TAG and "*" in text.text:
                yield warning("RTM412", f"`{text.text}` fits a great many hashtags", text.at, "spell out what they have in common: #PrayFor*")


def _texts(item: nodes.Item, word: str) -> list[nodes.Text]:
    return [text for clause in item.all(word) for text in clause.texts]


def _plain(text: nodes.Text) -> str:
    return " ".join(text.text.lower().split())
