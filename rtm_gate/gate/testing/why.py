"""Why a block is not among those that decided: it did something else, its exception held, or a condition was not met."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.gate.gate import Examined
from rtm_gate.gate.testing.sayings import Saying, Sayings
from rtm_gate.language.asked import asked
from rtm_gate.model.policy import Excuse, Policy
from rtm_gate.model.verdict import STRICTNESS, Finding
from rtm_gate.rules import near, reference

MOST = 3
"""Ways that came equally near, told at most."""


def why_not(policy: Policy, examined: Examined, block: str, wanted: str) -> list[str]:
    """Lines that say why `block` did not decide with the effect `wanted`; the first is a sentence of its own."""
    if block not in policy.blocks:
        # A question that is no block of its own: its checklist speaks for it.
        block = block.rpartition(".")[0]
    finding = next((f for f in examined.verdict.findings if f.rule == block), None)
    if finding is not None:
        return [_otherwise(finding, examined, wanted)]
    if not any(rule.block == block for rule in policy.rules):
        return [f"nothing in this policy is called {block}"]
    if examined.facts is None:
        return [f"{block} was not judged"]
    lifted = [excuse for excuse in policy.excuses if excuse.met.block == block and reference.fires(excuse.met, examined.facts.rows)]
    if lifted:
        return [f"{block} did not fire: its `except when` holds: `{exception(lifted[0], policy)}`"]
    return _unmet(policy, examined, block)


def exception(excuse: Excuse, policy: Policy) -> str:
    """The exception alone, in words."""
    return " and ".join(asked(excuse.said, policy))


def _otherwise(finding: Finding, examined: Examined, wanted: str) -> str:
    """It fired, and something else came of it."""
    verdict, name = examined.verdict.verdict, finding.rule
    if finding.status == "lifted":
        ended = f"{finding.lifts.tier} has signed" if finding.lifts.tier else "what ends it is there"
        return f"{name} fired, but it is lifted: {ended}"
    if finding.status == "shadow":
        return f"{name} fired, but it is a shadow and never decides"
    if finding.status == "superseded":
        return f"{name} fired, but another finding takes its place"
    if finding.effect != wanted:
        why = f", since not known: {', '.join(finding.assumed)}" if finding.assumed else ""
        return f"{name} fired, but it says {finding.effect}{why}"
    if STRICTNESS[verdict] > STRICTNESS.get(finding.effect, 0):
        return f"{name} fired and says {finding.effect}, but the stricter {verdict} decides"
    return f"{name} fired"


def _unmet(policy: Policy, examined: Examined, block: str) -> list[str]:
    assert examined.facts is not None
    found = [way for rule in policy.rules if rule.block == block and (way := near.nearest(rule, examined.facts.rows)) is not None]
    if not found:
        return [f"{block} did not fire"]  # The engine failed: a fault among the findings says so.
    best = min(way.rank[:2] for way in found)
    sayings = Sayings(policy, examined)
    told = list(dict.fromkeys(sayings.of(way) for way in found if way.rank[:2] == best))
    ways = _folded(told)
    lines = [f"{block} did not fire: {_said(ways[0])}"]
    lines += [f"or: {_said(way)}" for way in ways[1:MOST]]
    if len(ways) > MOST:
        lines.append(f"and {len(ways) - MOST} more ways came as near")
    return lines


def _folded(told: Sequence[tuple[Saying, ...]]) -> list[list[tuple[list[str], str]]]:
    """Ways that failed at one condition each, on the same value, are one: ``kind is planned` or `kind is reply`, but …`."""
    single: dict[str, list[str]] = {}
    rest: list[list[tuple[list[str], str]]] = []
    for way in told:
        if len(way) == 1:
            single.setdefault(way[0][1], []).append(way[0][0])
        else:
            rest.append([([asked], met) for asked, met in way])
    return [*([(asked, met)] for met, asked in single.items()), *rest]


def _said(way: Sequence[tuple[list[str], str]]) -> str:
    return "; and ".join(f"{' or '.join(f'`{one}`' for one in asked)}, but {met}" for asked, met in way)
