"""Stage 6b: what a rule does when it fires, with every exit tied to a fact the rule has bound."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.language.lowering.branches import Branch
from rtm_gate.language.lowering.lower import UnsayableError
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import listed
from rtm_gate.model.rule import Effect, Exit, ForTier, Time, UntilAnswered, UntilSaid, UntilShown, UntilTime
from rtm_gate.model.schema import SCHEMA, SINGLES, Type

HOLDS = ("hold", "hold for", "hold until", "hold shown", "require")
STOPS = (*HOLDS, "no-go")


class Effects:
    """Checks effects once for a block, and binds them for each of its branches."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def grouped(self, effects: Sequence[nodes.Effect]) -> list[tuple[nodes.Effect, ...]]:
        """All that holds is one effect with several exits; everything else stands alone."""
        holds = tuple(effect for effect in effects if effect.kind in HOLDS)
        rest = [(effect,) for effect in effects if effect.kind not in HOLDS]
        return [*([holds] if holds else []), *rest]

    def check(self, effect: nodes.Effect, kinds: frozenset[str]) -> None:
        """Names, times and places of an effect; `kinds` are the facts the block may have bound."""
        if effect.kind == "go":
            self.names.error("RTM307", "this block cannot say `go`", effect.at, "", "go is what remains when nothing objects; `otherwise go` says so")
        elif effect.span is not None:
            self.names.span(effect.span)
        elif effect.kind == "hold for":
            self.names.tier(effect.names[0])
        elif effect.kind == "hold shown":
            for name in effect.names:
                self._evidence(name, kinds)
        elif effect.kind == "hold until" and effect.time is not None:
            self.check_time(effect.time, kinds)
            if effect.cap is not None:
                self.check_time(effect.cap, kinds)

    def _evidence(self, name: nodes.Name, kinds: frozenset[str]) -> None:
        flags = {kind: [row.name for row in SCHEMA[kind].fields.values() if row.type is Type.FLAG] for kind in SCHEMA if not SCHEMA[kind].internal}
        known = {flag for kind in kinds | {"draft", "account"} for flag in flags[kind]} | self.names.questions()
        if name.text in known:
            return
        homes = sorted(kind for kind, names in flags.items() if name.text in names)
        if homes:
            self.names.error("RTM308", f"`{name.text}` is said of a `{homes[0]}`, and this block names none", name.at, "", f"write `any {homes[0]} where …`")
            return
        self.names.error(
            "RTM208", f"nothing is called `{name.text}` that somebody could show or answer", name.at, self.names.meant(name.text, known),
            f'declare it: check {name.text} "what was checked"', f"known here: {listed(sorted(known), 40)}",
        )  # fmt: skip

    def check_time(self, time: nodes.TimeOf, kinds: frozenset[str]) -> None:
        if time.span is not None:
            self.names.span(time.span)
        if time.path is None:
            return
        alias, _, name = time.path.text.partition(".")
        kind = alias.rstrip("23")
        if kind not in SCHEMA or SCHEMA[kind].internal:
            self.names.error("RTM202", f"there is no fact `{alias}`", time.path.at, self.names.meant(alias, (*kinds, *SINGLES)))
        elif kind not in SINGLES and kind not in kinds:
            self.names.error("RTM308", f"no `{kind}` is named in this block", time.path.at, f"`any {kind} where …` has to stand in it")
        elif name not in SCHEMA[kind].fields or SCHEMA[kind].fields[name].type is not Type.INSTANT:
            times = [row.name for row in SCHEMA[kind].fields.values() if row.type is Type.INSTANT]
            self.names.error("RTM204", f"`{kind}` has no time `{name}`", time.path.at, self.names.meant(name, times), f"times of {kind}: {listed(times)}")

    # ---- for one branch ---------------------------------------------------------------------------------------------------------
    def bound(self, group: Sequence[nodes.Effect], branch: Branch) -> Effect:
        """The core effect of a checked group. Raises UnsayableError where the branch lacks the fact an exit needs."""
        first = group[0]
        if first.kind == "recommend":
            return Effect("recommend", (), first.names[0].text)
        if first.kind == "pause" and first.span is not None:
            return Effect("pause", span=self.names.span(first.span))
        if first.kind in ("go", "warn"):
            return Effect("go" if first.kind == "go" else "warn")
        if first.kind == "no-go":
            return Effect("no-go")
        return Effect("hold", tuple(way for effect in group for way in self._exits(effect, branch)))

    def _exits(self, effect: nodes.Effect, branch: Branch) -> list[Exit]:
        if effect.kind == "hold for":
            return [ForTier(effect.names[0].text)]
        if effect.kind == "hold until" and effect.time is not None:
            return [UntilTime(self.time(effect.time, effect.cap, branch))]
        if effect.kind == "require":
            return [UntilSaid(tuple(text.text for text in effect.texts), effect.place)]
        return [self._shown(name, branch) for name in effect.names]

    def _shown(self, name: nodes.Name, branch: Branch) -> Exit:
        for pattern in branch.patterns:
            row = SCHEMA[pattern.kind].fields.get(name.text)
            if pattern.alias not in SINGLES and row is not None and row.type is Type.FLAG and not SCHEMA[pattern.kind].internal:
                return UntilShown(pattern.alias, name.text)
        if name.text in self.names.questions():
            return UntilAnswered(name.text)
        for kind in ("draft", "account"):
            row = SCHEMA[kind].fields.get(name.text)
            if row is not None and row.type is Type.FLAG:
                return UntilShown(kind, name.text)
        raise UnsayableError(f"not every alternative of the condition names a fact that could be `{name.text}`", name.at)

    def time(self, time: nodes.TimeOf, cap: nodes.TimeOf | None, branch: Branch) -> Time:
        limit = None if cap is None else self.time(cap, None, branch)
        if time.fixed is not None:
            return Time("", "", time.fixed.amount, limit)
        assert time.path is not None
        alias, _, name = time.path.text.partition(".")
        alias = branch.named(alias)
        if alias not in SINGLES and branch.kind(alias) is None:
            raise UnsayableError(f"not every alternative of the condition names a `{alias}`", time.path.at)
        offset = 0 if time.span is None else self.names.span(time.span)
        return Time(alias, name, -offset if time.before else offset, limit)


def aliases_of(effect: Effect) -> list[str]:
    """The facts the exits of an effect look at."""
    found: list[str] = []
    for way in effect.exits:
        if isinstance(way, UntilShown):
            found.append(way.alias)
        elif isinstance(way, UntilTime):
            found += [time.alias for time in (way.time, way.time.cap) if time is not None and time.alias]
    return found
