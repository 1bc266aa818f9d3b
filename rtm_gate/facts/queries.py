"""Facts a policy asks for: globs over texts and counts above one. Words and sums stay outside the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import translate

from rtm_gate.model.fact import Fact
from rtm_gate.model.policy import CountQuery, LikeQuery
from rtm_gate.rules import reference


def with_likes(facts: Sequence[Fact], texts: Mapping[tuple[str, str], str], likes: Sequence[LikeQuery]) -> Iterator[Fact]:
    """Each fact with the flags of the globs its fields match, without case. `texts` holds text fields by (ref, field)."""
    asked = [(query, re.compile(translate(query.glob.lower()))) for query in likes]
    for fact in facts:
        flags = {}
        for query, glob in asked:
            if query.kind == fact.kind:
                value = texts.get((fact.ref, query.field), fact.values.get(query.field, ""))
                flags[query.name] = bool(glob.match(str(value).lower()))
        yield Fact(fact.kind, {**fact.values, **flags}, fact.ref) if flags else fact


def counts(facts: Sequence[Fact], queries: Sequence[CountQuery]) -> Iterator[Fact]:
    """One `count` fact a query: the distinct facts bound to the first pattern, over all its alternatives."""
    for query in queries:
        found = {bound[0] for patterns in query.alternatives for bound in reference.binds(patterns, facts)}
        yield Fact("count", {"key": f"count:{query.name}", "of": query.name, "n": len(found)}, f"count:{query.name}")
