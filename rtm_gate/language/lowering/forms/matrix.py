"""`matrix`: two scores that several people give, and what their four corners come to."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form, both
from rtm_gate.language.lowering.forms.trigger import late
from rtm_gate.language.meaning import typed
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.moment import spell
from rtm_gate.model.rule import Effect, UntilChanged
from rtm_gate.model.source import At

AXES = ("relevance", "interest")
"""What a draft carries scores for."""
HIGH = 7_000_000
SCORERS, APART = 2, 2_000_000
_MILLION = 1_000_000


def matrix(form: Form) -> None:
    form.once("applies when", "axes", "needs scorers", "high means at least", "because", "fix", "owner")
    at = form.item.at
    applies = form.condition(form.needed("applies when"))
    axes = form.needed("axes")
    for name in axes.names if axes else ():
        if name.text not in AXES:
            form.names.error("RTM203", f"nobody scores `{name.text}`", name.at, did_you_mean(name.text, AXES), f"axes: {', '.join(AXES)}")
    people, apart = _scorers(form)
    high = _millionths(form.item.first("high means at least"), 0, HIGH)
    few, spread = typed.asked("scores", "scorers", "<", people, at), typed.asked("scores", "spread", ">", apart, at)
    form.case(both(at, applies, few), made=Effect("hold", (UntilChanged(f"scores by {people} people"),)))
    agreed = f"scores within {apart / _MILLION:g} of each other: talk it over"
    form.case(both(at, applies, spread), made=Effect("hold", (UntilChanged(agreed),)))
    enough = both(at, applies, typed.asked("scores", "scorers", ">=", people, at), typed.asked("scores", "spread", "<=", apart, at))
    for cell in _cells(form, axes):
        tests = [typed.asked("scores", axis.text, ">=" if up else "<", high, axis.at) for up, axis in cell.levels]
        _cell(form, both(at, enough, *tests), cell)


def _cell(form: Form, here: typed.Typed | None, cell: nodes.Cell) -> None:
    note = " and ".join(f"{'high' if up else 'low'} {axis.text}" for up, axis in cell.levels)
    if [effect.kind for effect in cell.effects] == ["go"]:
        form.case(here, made=Effect("go", note=note))
    else:
        form.case(here, cell.effects, note=note)
    if cell.respond is not None:
        clause = nodes.Clause("respond within", cell.at, values=(cell.respond,))
        said = f"{note}: later than {spell(form.span(clause))} after it was noticed"
        form.case(both(cell.at, here, late(form, clause)), made=Effect("warn", note=said))


def _cells(form: Form, axes: nodes.Clause | None) -> list[nodes.Cell]:
    """The corners that scores can reach; a diagnostic for one that is missing, said twice, or of other axes."""
    cells = [part for part in form.item.parts if isinstance(part, nodes.Cell)]
    names = tuple(name.text for name in axes.names) if axes else AXES
    seen: dict[frozenset[tuple[bool, str]], At] = {}
    for cell in cells if set(names) == set(AXES) else ():
        key = frozenset((up, axis.text) for up, axis in cell.levels)
        if {axis.text for _, axis in cell.levels} != set(names):
            form.names.error("RTM316", f"this corner is not one of {names[0]} and {names[1]}", cell.at, f"write `high {names[0]}, low {names[1]} …`")
        elif key in seen:
            form.names.error("RTM316", "this corner stands twice", cell.at, "say it once")
        seen.setdefault(key, cell.at)
    corners = [(one, other) for one in (True, False) for other in (True, False)]
    words = {True: "high", False: "low"}
    lacking = [f"`{words[a]} {names[0]}, {words[b]} {names[1]}`" for a, b in corners if frozenset({(a, names[0]), (b, names[1])}) not in seen]
    if lacking and set(names) == set(AXES):
        form.names.error(
            "RTM316",
            f"nothing says what {lacking[0]} comes to",
            form.name.at,
            f"{len(lacking)} of the four corners {'is' if len(lacking) == 1 else 'are'} missing",
        )
    return [cell for cell in cells if {axis.text for _, axis in cell.levels} == set(AXES)]


def _scorers(form: Form) -> tuple[int, int]:
    clause = form.item.first("needs scorers")
    if clause is None:
        return SCORERS, APART
    people = clause.values[0].amount
    if not 1 <= people <= 99:
        form.names.error("RTM220", f"`{people}` scorers is not a number from 1 to 99", clause.at)
    return people, _millionths(clause, 1, APART)


def _millionths(clause: nodes.Clause | None, index: int, silent: int) -> int:
    """A number of a clause; `silent` where the clause is missing."""
    if clause is None:
        return silent
    value = clause.values[index]
    return value.amount * _MILLION if value.sort == "count" else value.amount
