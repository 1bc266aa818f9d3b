"""Stage 8: what is right but looks like a mistake. Warnings only; each lint is a function from the policy to its warnings.

A false warning costs more trust than a missed one: a lint speaks only where it is sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from rtm_gate.language.lint import (
    approvals,
    brands,
    contradictions,
    durations,
    endless,
    hidden,
    never,
    reasons,
    templates,
    unused,
    words,
)
from rtm_gate.language.lint.subject import Subject
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.policy import Policy

Lint = Callable[[Subject], Iterable[Diagnostic]]

OF_THE_TEXT: tuple[Lint, ...] = (
    reasons.without_because,  # RTM401
    reasons.without_fix,  # RTM402
    words.without_words,  # RTM403
    words.without_audience,  # RTM406
    words.meant_and_harmless,  # RTM411
    words.too_common,  # RTM412
    brands.one_name_for_two,  # RTM420
    brands.too_plain,  # RTM421
)
"""What a block says by itself: asked even where another block is wrong."""

OF_THE_WHOLE: tuple[Lint, ...] = (
    contradictions.ends_no_hold,  # RTM404
    never.never_fires,  # RTM405
    hidden.hidden,  # RTM407
    contradictions.never_and_yet,  # RTM408
    contradictions.stopped_and_spared,  # RTM408
    contradictions.capped_below,  # RTM409
    approvals.without_tier,  # RTM410
    unused.unused,  # RTM413
    templates.past_review,  # RTM417
    endless.endless,  # RTM414
    endless.over_at_once,  # RTM415
    approvals.by_hand,  # RTM416
    durations.lapses_before_answered,  # RTM418
    durations.outlives_its_use,  # RTM419
)
"""What only a whole policy without errors shows: its core rules, and what its names are used for."""


def warnings_of(names: Names, files: tuple[nodes.File, ...], policy: Policy | None, today: date | None) -> list[Diagnostic]:
    """The warnings about a policy; `policy` is None where something in it is wrong, `today` where dates are not to be judged."""
    subject = Subject(names, files, policy, today)
    lints = OF_THE_TEXT if policy is None else OF_THE_TEXT + OF_THE_WHOLE
    return [diagnostic for one in lints for diagnostic in one(subject)]
