"""`blackout`: silence while something goes on; it stops some words of drafts and spares others."""

from __future__ import annotations

from rtm_gate.language.lowering.effects import HOLDS
from rtm_gate.language.lowering.form import Form, both
from rtm_gate.language.meaning import typed
from rtm_gate.language.syntax import nodes


def blackout(form: Form) -> None:
    form.once("when", "except when", "then", "because", "fix", "owner", "lasts", "stops")
    condition = form.condition(form.needed("when"))
    excuse = form.condition(form.item.first("except when"))
    stops = [form.checker.draft_word(name) for clause in form.item.all("stops") for name in clause.names]
    spares = [form.checker.draft_word(name) for clause in form.item.all("spares") for name in clause.names]
    if not stops and not form.item.all("stops everything"):
        form.missing("stops", "what it stops: `stops promotional`, `stops everything`")
    effects = _effects(form)
    at = form.item.at
    spared = [typed.Negated(word, word.at) if word is not None else None for word in spares]
    # Written as one case a word, so that each becomes rules of its own instead of a product of alternatives.
    for words in [[word] for word in stops] or [[]]:
        form.case(both(at, *words, condition, *spared), effects, unless=excuse)


def _effects(form: Form) -> tuple[nodes.Effect, ...]:
    """What it does: holds, until its end where it has one."""
    then, lasts = form.item.first("then"), form.item.first("lasts")
    effects = then.effects if then else (nodes.Effect("hold", form.item.at),)
    if lasts is None:
        return effects
    until = nodes.Effect("hold until", lasts.at, time=lasts.times[0], cap=lasts.times[1] if len(lasts.times) > 1 else None)
    if any(effect.kind in HOLDS for effect in effects):
        return (*(effect for effect in effects if effect.kind != "hold"), until)
    return effects
