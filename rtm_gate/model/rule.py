"""Core rules: the one small form every block of the language lowers to, and that both evaluators judge.

A core rule fires once for every distinct tuple of facts that binds its positive patterns (two patterns never bind the
same fact) while none of its absent groups can be bound beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rtm_gate.model.fact import Value

Op = Literal["==", "!=", "<", "<=", ">", ">="]
TestOp = Literal["==", "!=", "<", "<=", ">", ">=", "known", "unknown"]


@dataclass(frozen=True, slots=True)
class Test:
    """A field against a constant. Every operator but `unknown` needs the field to be present; `known` and `unknown` have no value.

    Ordering is for int fields only; `==` and `!=` compare like with like.
    """

    field: str
    op: TestOp
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """A field of this pattern against a field of an earlier pattern of the same rule; both must be present and of one type."""

    field: str
    op: Op
    alias: str
    other: str


@dataclass(frozen=True, slots=True)
class Pattern:
    alias: str
    kind: str
    tests: tuple[Test, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """An instant found at decide time: a field of a bound fact plus an offset in seconds, or a fixed instant; at most `cap`.

    `alias` is empty for a fixed instant, whose epoch seconds are then in `offset`.
    """

    alias: str
    field: str
    offset: int
    cap: Time | None = None


@dataclass(frozen=True, slots=True)
class ForTier:
    tier: str


@dataclass(frozen=True, slots=True)
class UntilTime:
    time: Time


@dataclass(frozen=True, slots=True)
class UntilShown:
    """Evidence: a flag on a bound fact. `alias.field` must be true (absent = not shown)."""

    alias: str
    field: str


@dataclass(frozen=True, slots=True)
class UntilAnswered:
    """A question or a check of the policy that somebody has to answer or do."""

    name: str


@dataclass(frozen=True, slots=True)
class UntilSaid:
    """The wording itself: one of `texts` has to stand in `place`."""

    texts: tuple[str, ...]
    place: Literal["text", "first_line", "every_post", "picture"] = "text"


@dataclass(frozen=True, slots=True)
class UntilChanged:
    """Something of the draft itself, in words (`at most 280 characters`): never met while the rule fires."""

    what: str


Exit = ForTier | UntilTime | UntilShown | UntilAnswered | UntilSaid | UntilChanged
EffectKind = Literal["go", "warn", "recommend", "hold", "no-go", "mark", "tally", "assert", "pause"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a fired rule does. Several exits must all be met; a hold without exits stands until its condition is false.

    `mark` counts the question `action` of a checklist as open, `tally` asks what the open ones come to, `assert` says that the
    verdict is never `action`, `pause` lasts `span` seconds. `note` says in a few words which clause spoke, where a block has many.
    `relieves`: the sign-offs that trigger, platform and matrix ask for are replaced by this one.
    """

    kind: EffectKind
    exits: tuple[Exit, ...] = ()
    action: str = ""
    note: str = ""
    relieves: bool = False
    span: int = 0


@dataclass(frozen=True, slots=True)
class CoreRule:
    """`block` is the author's block, `branch` numbers its core rules. `assumed` names the unknown fields taken as met."""

    block: str
    branch: int
    positives: tuple[Pattern, ...]
    absent: tuple[tuple[Pattern, ...], ...] = ()
    effect: Effect = Effect("warn")
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Rule `rule` (its index) fired on these facts (their indexes, in the order of its positives)."""

    rule: int
    facts: tuple[int, ...]
