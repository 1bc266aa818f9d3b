"""`template`: copy cleared beforehand. It stands in for the sign-offs of trigger, platform and matrix, and for nothing else."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form, both
from rtm_gate.language.lowering.forms.trigger import late
from rtm_gate.language.meaning import typed
from rtm_gate.language.syntax import nodes
from rtm_gate.model.moment import spell
from rtm_gate.model.rule import Effect, ForTier


def template(form: Form) -> None:
    form.once("copy", "approval", "images", "reviewed", "respond within", "because", "fix", "owner")
    form.needed("copy")
    at = form.item.at
    mine = typed.asked("draft", "template", "==", form.name.text, at)
    for clause in form.item.clauses:
        match clause.word:
            case "never when":
                form.case(both(at, mine, form.condition(clause)), (nodes.Effect("no-go", clause.at),))
            case "needs":
                form.needs(mine, clause)
            case "then":
                form.case(mine, clause.effects)
    _relief(form, mine)


def _relief(form: Form, mine: typed.Typed) -> None:
    """Its own tier instead of theirs where the copy is the one that was cleared; a word of warning where it is not."""
    at = form.item.at
    matches = typed.asked("draft", "template_matches", "==", True, at)
    current = typed.asked("draft", "template_current", "==", True, at)
    sound: list[typed.Typed] = [matches, current]
    form.case(both(at, mine, typed.Negated(matches, at)), made=Effect("warn", note="the text is not the cleared copy, so its clearance is void"))
    form.case(both(at, mine, typed.Negated(current, at)), made=Effect("warn", note="its review is due, so its clearance is void"))
    within = form.item.first("respond within")
    if within is not None:
        after = late(form, within)
        sound.append(typed.Negated(after, at))
        form.case(both(at, mine, after), made=Effect("warn", note=f"later than {spell(form.span(within))} after it was noticed, so its clearance is void"))
    approval = form.item.first("approval")
    if approval is not None and form.names.tier(approval.names[0]):
        made = Effect("hold", (ForTier(approval.names[0].text),), relieves=True)
    else:
        made = Effect("go", relieves=True)
    form.case(both(at, mine, *sound), made=made)
