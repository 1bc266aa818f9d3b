"""Valid Time Event Code: what NWS says of an event in one line, `/O.CON.KTSA.TO.W.0012.000000T0000Z-260302T1400Z/`. Source: Directive 10-1703."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rtm_gate.news.times import parse_time

_FORM = re.compile(r"([OTEX])\.([A-Z]{3})\.([A-Z]{4})\.([A-Z]{2})\.([A-Z])\.(\d{4})(?:\.(\d{6}T\d{4}Z)-(\d{6}T\d{4}Z))?")
_OVER = ("EXP",)
_WITHDRAWN = ("CAN", "UPG")


@dataclass(frozen=True, slots=True)
class Vtec:
    """`test` and `action` are those of the line; `event` is the same in every message about one event. `ends` is None until further notice."""

    test: bool
    action: str
    event: str
    ends: datetime | None


def vtec_of(parameters: Iterable[tuple[str, str]]) -> tuple[Vtec, ...]:
    """The codes in an alert's parameters (name, value)."""
    return tuple(
        Vtec(product == "T", action, f"vtec:{office}.{hazard}.{level}.{number}", _moment(end))
        for name, value in parameters
        if "VTEC" in name.upper()
        for product, action, office, hazard, level, number, _, end in _FORM.findall(value)
    )


def _moment(text: str) -> datetime | None:
    return parse_time(f"20{text[:2]}-{text[2:4]}-{text[4:6]}T{text[7:9]}:{text[9:11]}:00+00:00") if text else None


def is_over(codes: tuple[Vtec, ...]) -> bool:
    return bool(codes) and all(code.action in _OVER for code in codes)


def is_withdrawn(codes: tuple[Vtec, ...]) -> bool:
    return bool(codes) and all(code.action in _WITHDRAWN for code in codes)


def end_of(codes: tuple[Vtec, ...]) -> datetime | None:
    """The latest end of the event; None when none is known."""
    return max((code.ends for code in codes if code.ends), default=None)
