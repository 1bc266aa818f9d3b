"""Facts as the engine reads them: flat, written by hand, free of escapes, fractions and exponents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rtm_gate.model.fact import Fact
from rtm_gate.rules.fault import EngineFault
from rtm_gate.rules.names import KIND, MOST_FACTS, ONE, ROUTES, fact_ids, token
from rtm_gate.rules.network import Properties
from rtm_gate.rules.ruleset import end_fact

_ROUTES = "".join(f',"{route}":1' for route in ROUTES)


def written(facts: Sequence[Fact], names: Properties, routed: bool, session: str) -> str:
    """A JSON list of the facts that some rule reads, each under the id of its index; the end fact is its last."""
    always = f'","{ONE}":1{_ROUTES if routed else ""}'
    ids = fact_ids()
    if len(facts) > MOST_FACTS:
        raise EngineFault(f"{len(facts):,} facts; {MOST_FACTS:,} is the most of one check")
    found = []
    for index, fact in enumerate(facts):
        props = names.of.get(fact.kind)
        if props is None:
            continue
        found.append(f'{{"id":"{ids[index]}","sid":"{session}","{KIND}":"{fact.kind}{always}{_values(fact, props)}}}')
    found.append(end_fact(session))
    return f"[{','.join(found)}]"


def _values(fact: Fact, props: Mapping[str, str]) -> str:
    parts = []
    for field, value in fact.values.items():
        prop = props.get(field)
        if prop is not None:
            parts.append(f',"{prop}":"{token(value)}"' if isinstance(value, str) else f',"{prop}":{int(value)}')
    return "".join(parts)
