"""Who signs: triggers that ask nobody, and rules that count sign-offs themselves."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.reasons import stops
from rtm_gate.language.lint.subject import Subject, below, named, warning
from rtm_gate.language.meaning.scope import scoped
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic

_OF_A_TIER = frozenset({"role", "person", "checks"})
"""What a tier says of a sign-off itself; a rule about `at` asks for something no tier can say."""


def without_tier(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        if item.word == "trigger" and not item.all("approval", "respond never"):
            message = f"nobody has to sign for `{named(item).text}`"
            yield warning("RTM410", message, named(item).at, "add `approval TIER`, or `respond never`")


def by_hand(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.blocks:
        if item.shadow or not stops(item):
            continue
        for condition in _conditions(item):
            for node in below(condition, nodes.Quantified):
                if node.kind.text == "approval" and {test.subject.text for test in below(node.where, nodes.Compare)} <= _OF_A_TIER:
                    yield _counted(node)
            for test in below(condition, nodes.Compare):
                if test.subject.text == "draft.reviewers":
                    yield _counted(test)


def _conditions(item: nodes.Item) -> Iterator[nodes.Condition]:
    """The conditions of a block, each test in the quantifier it belongs to. That an answer is refuted by a count asks nobody to sign."""
    written = [clause.condition for clause in item.clauses if clause.condition is not None]
    for condition in written:
        whole = scoped(condition, [])
        if whole is not None:
            yield whole


def _counted(node: nodes.Quantified | nodes.Compare) -> Diagnostic:
    return warning(
        "RTM416", "this counts sign-offs by hand", node.at, "say who has to sign: `hold for TIER`",
        "a tier counts distinct people, never the author, and only those who signed after the news began",
    )  # fmt: skip
