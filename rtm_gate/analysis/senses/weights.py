"""The weights of the evidence, as data: what each clue adds to the certainty of the literal sense, and how far that may be changed.

The shipped ones stand in `weights.toml` beside this file; a project's own file names those that differ (`score = -0.3`).
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

STANDARD_NAME = "standard"


@dataclass(frozen=True, slots=True)
class Row:
    """A weight as shipped. `least` and `most` are never on the other side of zero: evidence for a sense is never turned against it."""

    name: str
    value: float
    least: float
    most: float
    why: str


class WeightsError(ValueError):
    """`problems` lists everything wrong with the weights given."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Weights:
    """A value for every weight, in the order of ROWS. Made by `weights_of`, which checks; STANDARD is what is shipped."""

    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    def __hash__(self) -> int:
        return hash(tuple(self.values.values()))

    @property
    def digest(self) -> str:
        """`sha256:…` over names and values."""
        return "sha256:" + hashlib.sha256(json.dumps(dict(self.values), sort_keys=True).encode()).hexdigest()

    @property
    def name(self) -> str:
        """`standard`, or the digest of others."""
        return STANDARD_NAME if self == STANDARD else self.digest

    @property
    def changed(self) -> dict[str, float]:
        """Those that are not as shipped."""
        return {row.name: self[row.name] for row in ROWS if self[row.name] != row.value}


def weights_of(changed: Mapping[str, Any]) -> Weights:
    """The shipped weights but for those given by name. Raises WeightsError that lists every problem."""
    if problems := list(_problems(changed)):
        raise WeightsError(problems)
    # `+ 0.0`: no minus before a zero.
    return Weights(MappingProxyType({row.name: float(changed.get(row.name, row.value)) + 0.0 for row in ROWS}))


def _problems(changed: Mapping[str, Any]) -> Iterator[str]:
    if unknown := [f"`{name}`" for name in changed if name not in _BY_NAME]:
        yield f"there is no weight {', '.join(unknown)}; weights are {', '.join(_BY_NAME)}"
    for name, value in changed.items():
        row = _BY_NAME.get(name)
        if row is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == math.inf:
            yield f"{name}: `{value}` is not a number"
        elif value < 0 < row.value or row.value < 0 < value:
            side = "for the literal sense, so it is not below 0" if row.value > 0 else "against the literal sense, so it is not above 0"
            yield f"{name}: `{value}` has the wrong sign: it is evidence {side}"
        elif not row.least <= value <= row.most:
            yield f"{name}: `{value}` is not between {row.least} and {row.most}"
        elif round(value, 2) != value:
            yield f"{name}: `{value}` has more than two decimals, which nobody redoes by hand"


def _shipped() -> tuple[Row, ...]:
    text = Path(__file__).with_name("weights.toml").read_text(encoding="utf-8")
    return tuple(Row(**row) for row in tomllib.loads(text)["weight"])


ROWS = _shipped()
"""In the order of the file."""
_BY_NAME = {row.name: row for row in ROWS}
STANDARD = weights_of({})
