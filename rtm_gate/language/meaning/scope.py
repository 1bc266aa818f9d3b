"""Stage 5a: which fact a bare field belongs to.

After `where`, tests form a flat chain: a bare field belongs to the nearest quantifier on its left; `draft.x`, a new
quantifier or a closing `)` starts over. The result is the same condition with every chain moved into its quantifier.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.schema import SCHEMA, SINGLES

MOST_TESTS = 200

_T = TypeVar("_T")


def bare(node: nodes.Condition) -> bool:
    """It speaks of a fact without naming it."""
    if isinstance(node, nodes.Flag | nodes.Compare):
        return len(node.subject.parts) == 1 and node.subject.text not in SINGLES
    if isinstance(node, nodes.Not | nodes.Group):
        return bare(node.part)
    if isinstance(node, nodes.All | nodes.Either):
        return all(bare(part) for part in node.parts)
    return isinstance(node, nodes.Touches)


def scoped(node: nodes.Condition, found: list[Diagnostic]) -> nodes.Condition | None:
    """The condition with its chains closed; None, and a diagnostic, where a field has no fact."""
    if _size(node) > MOST_TESTS:
        found.append(Diagnostic("RTM306", "error", f"a condition has more than {MOST_TESTS} tests", node.at, "split the block"))
        return None
    return _scoped(node, found)


def _scoped(node: nodes.Condition, found: list[Diagnostic]) -> nodes.Condition | None:
    if isinstance(node, nodes.All | nodes.Either):
        return _chain(node, found)
    if bare(node):
        return _homeless(node, found)
    if isinstance(node, nodes.Not | nodes.Group):
        part = _scoped(node.part, found)
        return None if part is None else replace(node, part=part)
    return node


def _chain(node: nodes.All | nodes.Either, found: list[Diagnostic]) -> nodes.Condition | None:
    parts: list[nodes.Condition] = []
    chain: list[nodes.Condition] = []
    owner: nodes.Quantified | None = None
    broken = False

    def close() -> None:
        if owner is not None and chain:
            where = () if owner.where is None else (owner.where,)
            whole = chain[0] if not where and len(chain) == 1 else type(node)((*where, *chain), owner.at)
            parts[-1] = replace(owner, where=whole)
        chain.clear()

    for part in node.parts:
        if bare(part):
            if owner is None:
                _homeless(part, found)
                broken = True
            else:
                chain.append(part)
            continue
        close()
        owner = part if isinstance(part, nodes.Quantified) else None
        inner = _scoped(part, found)
        broken = broken or inner is None
        parts.append(inner if inner is not None else part)
    close()
    if broken:
        return None
    return parts[0] if len(parts) == 1 else type(node)(tuple(parts), node.at)


def _homeless(node: nodes.Condition, found: list[Diagnostic]) -> _T | None:
    """Reports, and is None."""
    name = node.subject.text if isinstance(node, nodes.Flag | nodes.Compare) else "this"
    homes = sorted(kind.name for kind in SCHEMA.values() if not kind.internal and name in kind.fields)
    help_ = [f"write `{kind}.{name}`" if kind in SINGLES else f"write `any {kind} where {name} …`" for kind in homes[:3]]
    found.append(Diagnostic("RTM301", "error", f"no fact is named that `{name}` could belong to", node.at, "no `any … where` before it", tuple(help_)))
    return None


def _size(node: nodes.Condition) -> int:
    if isinstance(node, nodes.All | nodes.Either):
        return sum(_size(part) for part in node.parts)
    if isinstance(node, nodes.Not | nodes.Group):
        return _size(node.part)
    if isinstance(node, nodes.Quantified) and node.where is not None:
        return 1 + _size(node.where)
    return max(1, len(node.values)) if isinstance(node, nodes.Compare) else 1
