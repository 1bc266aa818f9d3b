"""`checklist`: questions that people answer; how many are open decides."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form, both
from rtm_gate.language.meaning import typed
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.rule import Effect, UntilAnswered
from rtm_gate.model.schema import ANSWERS
from rtm_gate.model.source import At


def checklist(form: Form) -> None:
    form.once("applies when", "because", "fix", "owner")
    applies = form.condition(form.needed("applies when"))
    asks = [part for part in form.item.parts if isinstance(part, nodes.Ask)]
    if not asks:
        form.missing("ask", 'a checklist asks something: `ask facts_verified "Have we verified the facts?" should be yes`')
    for ask in asks:
        _ask(form, applies, ask)
    _tallies(form, len(asks))
    form.case(applies, made=Effect("tally"))


def _ask(form: Form, applies: typed.Typed | None, ask: nodes.Ask) -> None:
    at, name = ask.at, ask.name.text
    for given in ask.good:
        if given.text not in ANSWERS:
            form.names.error("RTM203", f"an answer is never `{given.text}`", given.at, did_you_mean(given.text, ANSWERS), f"answers: {', '.join(ANSWERS)}")
    good = [given.text for given in ask.good if given.text in ANSWERS]
    asked = both(at, applies, *(form.checker.condition(condition) for condition in ask.asked))
    refuted = [form.checker.condition(condition) for condition in ask.refuted]
    # Only the contrary is a wrong answer: whoever is unsure, or finds that it does not apply, leaves the question open.
    wrong = [word for word in ("yes", "no") if ask.must and word not in good]
    answer = form.checker.alias("answer")
    unanswered = typed.Negated(typed.Exists(answer, "answer", _about(answer, name, at), at), at)
    form.case(both(at, asked, unanswered), made=Effect("hold", (UntilAnswered(name),)))
    mark = Effect("mark", action=name)
    form.case(both(at, asked, _answered(answer, name, at, *(typed.asked("answer", "value", "!=", word, at, answer) for word in (*good, *wrong)))), made=mark)
    for word in wrong:
        said = typed.asked("answer", "value", "==", word, at, answer)
        form.case(both(at, asked, _answered(answer, name, at, said)), made=Effect("no-go"), block=f"{form.name.text}.{name}")
    for condition in refuted:
        yes = [typed.asked("answer", "value", "==", word, at, answer) for word in good]
        form.case(both(at, asked, _answered(answer, name, at, yes[0] if len(yes) == 1 else typed.Or(tuple(yes), at)), condition), made=mark)


def _about(alias: str, question: str, at: At) -> typed.Typed:
    """It answers this question."""
    return typed.asked("answer", "question", "==", question, at, alias)


def _answered(alias: str, question: str, at: At, *value: typed.Typed) -> typed.Typed:
    """Somebody gave such an answer."""
    return typed.Exists(alias, "answer", typed.And((_about(alias, question, at), *value), at), at)


def _tallies(form: Form, questions: int) -> None:
    """Every number of open questions comes to exactly one thing."""
    tallies = [part for part in form.item.parts if isinstance(part, nodes.Tally)]
    for tally in tallies:
        for effect in tally.effects:
            if effect.kind != "go":
                form.effects.check(effect, frozenset())
    counts = [[tally for tally in tallies if tally.least <= n and (tally.most is None or n <= tally.most)] for n in range(questions + 1)]
    if not tallies:
        form.missing("with", "say what open questions come to: `with 0 open go  with 1 or more open hold for manager`")
        return
    for n, found in enumerate(counts):
        if not found:
            form.names.error("RTM315", f"nothing says what {_spelled(n)} to", form.name.at, f"add `with {n} open …`")
            return
        if len(found) > 1:
            form.names.error("RTM315", f"two lines say what {_spelled(n)} to", found[1].at, "their numbers overlap")
            return


def _spelled(n: int) -> str:
    return "1 open question comes" if n == 1 else f"{n} open questions come"
