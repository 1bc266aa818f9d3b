"""Stage 8: what is right but looks like a mistake. Warnings only."""

from __future__ import annotations

from rtm_gate.language.lowering.effects import STOPS
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.topics import TOPICS


def lint(names: Names) -> None:
    """Adds the warnings about every block to `names.found`."""
    for item in names.of("block").values():
        _reasons(item, names)
    for item in names.of("topic").values():
        _words(item, names)
    policy = names.policy
    if policy is not None and not any(clause.word == "audience" for clause in policy.clauses):
        names.warn("RTM406", "the policy names no audience", policy.at, "drafts without regions are then seen nowhere: `audience US, CA`")


def _reasons(item: nodes.Item, names: Names) -> None:
    """Everything that stops a post says why; a no-go also says what to do instead."""
    if item.name is None or item.shadow:
        return
    words = {clause.word for clause in item.clauses}
    kinds = {effect.kind for clause in item.clauses for effect in clause.effects}
    if item.word == "blackout":
        kinds.add("hold")
    kinds |= {"no-go"} if words & {"respond never", "never when"} else set()
    kinds |= {"hold for"} if item.word == "trigger" and words & {"approval", "needs"} else set()
    stops = kinds & set(STOPS)
    if stops and "because" not in words:
        names.warn("RTM401", f"`{item.name.text}` stops posts and does not say why", item.name.at, 'add `because "…"`')
    if "no-go" in kinds and "fix" not in words:
        names.warn("RTM402", f"`{item.name.text}` ends in a no-go and does not say what to do instead", item.name.at, 'add `fix "…"`')


def _words(item: nodes.Item, names: Names) -> None:
    if item.name is not None and item.name.text not in TOPICS and not any(clause.word in ("terms", "hashtags") for clause in item.clauses):
        names.warn("RTM403", f"nothing can be about `{item.name.text}`", item.name.at, 'it has no words: add `terms "…"`')
