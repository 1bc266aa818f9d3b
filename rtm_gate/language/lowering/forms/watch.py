"""`watch`: what to do when a published post goes well or wrong. Judged over its outcomes, by rules of their own."""

from __future__ import annotations

from rtm_gate.language.lowering.form import Form

_SEES = frozenset({"outcome"})
_DOES = ("warn", "recommend", "pause")


def watch(form: Form) -> None:
    form.once("when", "except when", "then", "because", "fix", "owner")
    when, then = form.needed("when"), form.needed("then")
    condition = form.condition(when)
    excuse = form.condition(form.item.first("except when"))
    others = sorted(set(form.checker.seen) - _SEES)
    if others and when is not None:
        form.names.error("RTM317", f"a watch sees outcomes only, and this one asks about `{others[0]}`", when.at, "write `any outcome where …`")
    for effect in then.effects if then else ():
        if effect.kind not in _DOES:
            form.names.error("RTM307", f"a watch cannot say `{effect.kind}`", effect.at, "the post is out", f"it can: {', '.join(_DOES)}")
    form.case(condition, then.effects if then else (), unless=excuse)
