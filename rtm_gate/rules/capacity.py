"""Whether productions fit the engine's network, and how they are spread so that they do.

The engine arranges the tests of all patterns as a trie from the kind downward. None of its limits is checked by itself:
past them it loops for ever, corrupts memory or drops facts. Measured on 2.0.28; the numbers here stay below each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rtm_gate.rules.names import ROUTES
from rtm_gate.rules.network import ABSENT, Clause, Production, Ref, Term

MOST_CHILDREN = 480  # different tests that may follow one; 512 loop for ever
MOST_ABSENCES = 120  # of these, tests for absence; 128 crash
MOST_ENDS = 240  # patterns that end at one test; 256 crash
MOST_PENDING = 60  # tests that one fact may pass at a time while it walks the trie; 65 drop the rest of the batch
MOST_PRODUCTIONS = 4000  # 4,096 are refused
MOST_PATTERNS = 12  # of one production; 17 fail in the middle of a check
MOST_JOINS = 24  # of one pattern; 30 are refused
MOST_FIELDS = 200  # that rules read of one kind; 255 properties drop the fact
MOST_CLAUSES = 6000  # of all productions: a session takes about 8 kB for each

_DEEPEST = 3


@dataclass(slots=True)
class _Node:
    children: dict[Term | tuple[int, int, Term], _Node] = field(default_factory=dict)
    ends: int = 0


def _trie(productions: Sequence[Production]) -> _Node:
    root = _Node()
    for number, production in enumerate(productions):
        for position, clause in enumerate(production.clauses):
            node = root
            for term in clause:
                # A join belongs to its production: the engine never shares it.
                key = (number, position, term) if isinstance(term.value, Ref) else term
                node = node.children.setdefault(key, _Node())
            node.ends += 1
    return root


def fits(productions: Sequence[Production]) -> bool:
    return _fits(_trie(productions), 0)


def _fits(node: _Node, waiting: int) -> bool:
    """`waiting`: tests passed higher up that are not yet followed when a fact comes here, at worst."""
    absences = sum(1 for key in node.children if isinstance(key, Term) and key.op == ABSENT)
    if len(node.children) - absences > MOST_CHILDREN or absences > MOST_ABSENCES or node.ends > MOST_ENDS:
        return False
    constants = [key for key in node.children if isinstance(key, Term) and key.op == "=="]
    passed = len({key.prop for key in constants}) + len(node.children) - len(constants)
    if waiting + passed > MOST_PENDING:
        return False
    return all(_fits(child, waiting + max(passed - 1, 0)) for child in node.children.values())


def spread(productions: Sequence[Production]) -> tuple[tuple[Production, ...], bool] | None:
    """Productions that fit, and whether their facts must carry the routes; None when no spreading makes them fit.

    A route is a property that is 1 on every fact. Testing one to three of eight in turn before the rest of a clause
    divides a node that is too wide into 8, 64 or 512.
    """
    if fits(productions):
        return tuple(productions), False
    for depth in range(1, _DEEPEST + 1):
        routed = _routed(productions, depth)
        if fits(routed):
            return routed, True
    return None


def _routed(productions: Sequence[Production], depth: int) -> tuple[Production, ...]:
    number = 0
    found = []
    for production in productions:
        clauses: list[Clause] = []
        for clause in production.clauses:
            digits = [number // len(ROUTES) ** place % len(ROUTES) for place in range(depth)]
            clauses.append((clause[0], *(Term("==", ROUTES[digit], 1) for digit in digits), *clause[1:]))
            number += 1
        found.append(replace(production, clauses=tuple(clauses)))
    return tuple(found)
