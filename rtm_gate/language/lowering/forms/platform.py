"""`platform`: what a place takes, and how fast it forgets."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form, both
from rtm_gate.language.lowering.forms.trigger import late, risk
from rtm_gate.language.meaning import typed
from rtm_gate.language.syntax import nodes
from rtm_gate.model.moment import spell
from rtm_gate.model.rule import Effect, Op, UntilChanged
from rtm_gate.model.source import At

_ONCE = (
    "aim for", "respond within", "late after", "text at most", "text at least", "tone", "formats", "tolerates", "approve within", "approval",
    "because", "fix", "owner",
)  # fmt: skip
_PLAYFUL = frozenset({"casual", "edgy", "entertaining", "fun", "funny", "humorous", "playful", "witty"})
"""Tones under which a joke is at home."""
_WORDS_ONLY = frozenset({"text", "quote", "poll", "link", "thread", "article"})
"""Formats that need no attachment."""


def platform(form: Form) -> None:
    form.once(*_ONCE)
    at = form.item.at
    here = typed.asked("draft", "platform", "==", form.name.text, at)
    reactive = typed.And((here, typed.asked("draft", "kind", "==", "reactive", at)), at)
    for clause in form.item.clauses:
        match clause.word:
            case "aim for":
                form.case(both(at, reactive, late(form, clause)), made=Effect("warn", note=f"the aim is {spell(form.span(clause))} after it was noticed"))
            case "respond within":
                form.case(both(at, reactive, late(form, clause)), made=Effect("warn", note=f"later than {spell(form.span(clause))} after it was noticed"))
            case "late after":
                form.case(both(at, reactive, late(form, clause)), clause.effects, note=f"later than {spell(form.span(clause))} after it was noticed")
            case "approve within":
                waiting = typed.asked("draft", "waiting", ">", form.span(clause), clause.at)
                form.case(both(at, reactive, waiting), made=Effect("warn", note=f"it has waited longer than {spell(form.span(clause))}"))
            case "text at most":
                most = clause.values[0].amount
                made = Effect("hold", (UntilChanged(f"a text of at most {most:,} characters"),), note=f"longer than {most:,} characters")
                form.case(both(at, here, _length(">", most, clause.at)), made=made)
            case "text at least":
                least = clause.values[0].amount
                form.case(both(at, here, _length("<", least, clause.at)), made=Effect("warn", note=f"fewer than {least:,} characters"))
            case "tone" if not _PLAYFUL & {name.text for name in clause.names}:
                said = f"a joke, where the tone is {', '.join(name.text for name in clause.names)}"
                form.case(both(at, here, typed.asked("draft", "joke", "==", True, clause.at)), made=Effect("warn", note=said))
            case "formats":
                _formats(form, here, clause)
            case "tolerates":
                risk(form, clause)
            case "approval":
                form.case(reactive, (nodes.Effect("hold for", clause.at, names=clause.names),))
            case "needs":
                form.needs(here, clause)


def _length(op: Op, value: int, at: At) -> typed.Typed:
    return typed.asked("draft", "length", op, value, at)


def _formats(form: Form, here: typed.Typed, clause: nodes.Clause) -> None:
    """An attachment of another type than the formats named, or none where each of them is one."""
    at, words = clause.at, [name.text for name in clause.names]
    taken = [*words, *(["image"] if "carousel" in words else [])]
    made = Effect("warn", note=f"the formats here are {', '.join(words)}")
    other = typed.And(tuple(typed.asked("media", "type", "!=", word, at) for word in taken), at)
    form.case(both(at, here, typed.Exists("media", "media", other, at)), made=made)
    if not _WORDS_ONLY & set(words):
        form.case(both(at, here, typed.Negated(typed.Exists("media2", "media", None, at), at)), made=made)
