"""The vocabulary of a policy: the standard topics, extended and joined by the policy's own."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from rtm_gate.model.policy import Policy
from rtm_gate.model.vocabulary import Topic, Vocabulary
from rtm_gate.vocabulary.topics import standard_topics


def vocabulary_of(policy: Policy) -> Vocabulary:
    """A policy's topic of a standard name adds to it; one of a new name stands beside them."""
    topics = {topic.name: topic for topic in standard_topics()}
    for own in policy.topics:
        base = topics.get(own.name)
        topics[own.name] = _joined(base, own) if base else own
    ordered = tuple(topics[name] for name in sorted(topics))
    return Vocabulary(ordered, hashlib.sha256(repr(ordered).encode()).hexdigest())


def _joined(base: Topic, own: Topic) -> Topic:
    """The policy's harmless phrases hold for the standard rows too: `but not` is said of the whole topic."""
    harmless = tuple(phrase for term in own.terms for phrase in term.harmless)
    rows = tuple(replace(term, harmless=tuple(dict.fromkeys((*term.harmless, *harmless)))) for term in base.terms)
    return replace(base, terms=rows + own.terms, hashtags=tuple(dict.fromkeys((*base.hashtags, *own.hashtags))))
