"""`guarantee`: what must never be. Where the policy would break it, the verdict is a hold that says so."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form
from rtm_gate.model.rule import Effect


def guarantee(form: Form) -> None:
    for clause in form.item.clauses:
        never = clause.word.split()[1]
        form.case(form.condition(clause), made=Effect("assert", action=never))
