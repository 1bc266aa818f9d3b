"""What the rules room raises: whoever calls it answers `hold`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rtm_gate.rules.shape import Problem


class EngineFault(RuntimeError):  # noqa: N818 (the field says fault)
    """The engine did not do what it was built to do, or was handed facts outside its contract: there is no answer."""


class PolicyRejected(EngineFault):
    """No engine was built: `problems` says which blocks ask for what it cannot do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"`{problem.block}`: {problem.message}" for problem in problems))
        self.problems = tuple(problems)
