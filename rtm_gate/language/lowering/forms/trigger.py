"""`trigger`: what set the post off, and who then decides."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form, both
from rtm_gate.language.meaning import typed
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.moment import spell
from rtm_gate.model.rule import Effect
from rtm_gate.model.schema import RISKS


def trigger(form: Form) -> None:
    form.once("except when", "because", "fix", "owner", "risk", "respond within", "respond never", "approval", "aim for")
    at = form.item.at
    here = typed.asked("trigger", "category", "==", form.name.text, at)
    mine = typed.And((typed.asked("draft", "kind", "==", "reactive", at), here), at)
    # What nobody declared is inferred, and shown; a guess asks nobody to sign. A complaint is answered in a reply.
    answers = typed.Or(tuple(typed.asked("draft", "kind", "==", kind, at) for kind in ("reactive", "reply")), at)
    declared = typed.And((answers, here, typed.asked("trigger", "declared", "==", True, at)), at)
    excuse = form.condition(form.item.first("except when"))
    no_go = (nodes.Effect("no-go", at),)
    for clause in form.item.clauses:
        match clause.word:
            case "respond never":
                form.case(mine, no_go, unless=excuse)
            case "never when":
                form.case(both(at, mine, form.condition(clause)), no_go, unless=excuse)
            case "respond within":
                form.case(both(at, mine, late(form, clause)), made=Effect("warn", note=f"later than {spell(form.span(clause))} after it was noticed"))
            case "approval":
                form.case(declared, (nodes.Effect("hold for", clause.at, names=clause.names),))
            case "needs":
                form.needs(declared, clause)
            case "topics":
                for name in clause.names:
                    form.names.topic(name)
            case "risk":
                risk(form, clause)
            case "aim for":
                form.case(both(at, mine, late(form, clause)), made=Effect("warn", note=f"the aim is {spell(form.span(clause))} after it was noticed"))


def late(form: Form, clause: nodes.Clause) -> typed.Typed:
    """The post appears later after its trigger than the clause's span says."""
    return typed.asked("trigger", "age", ">", form.span(clause), clause.at)


def risk(form: Form, clause: nodes.Clause) -> None:
    name = clause.names[0]
    if name.text not in RISKS:
        form.names.error("RTM203", f"a risk is never `{name.text}`", name.at, did_you_mean(name.text, RISKS), f"risks: {', '.join(RISKS)}")
