"""`rule`: when this, then that."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form


def rule(form: Form) -> None:
    form.once("when", "except when", "then", "because", "fix", "owner")
    when, then = form.needed("when"), form.needed("then")
    condition = form.condition(when)
    excuse = form.condition(form.item.first("except when"))
    form.case(condition, then.effects if then else (), unless=excuse)
