"""The news of an ordinary two days: 300 headlines that must not change a verdict which rests on something else.

Wars and disasters far away, told by one or two outlets, and the business, celebrity and sport of the US and the UK. They are meant
for the cases that expect go and have `background: true`: a draft that plays with a hazard word is rightly stopped by such a
disaster anywhere (rulings.md, first row), so those cases take `harmless` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from .feeds import outlet, slug

SIZE = 300
OUTLETS = (
    "Globe Dispatch", "Continental Press", "World Hour", "Atlas Radio", "Morning Standard", "Evening Chronicle",
    "Money Page", "City Trader", "Showcase", "Backstage Weekly", "Touchline", "Scoreboard",
)  # fmt: skip
"""Two desks each for world, general, business, celebrity and sport; the general ones report a little of everything."""
DESKS = {"elsewhere": (0, 1, 2, 3), "business": (6, 7, 4), "celebrity": (8, 9, 5), "sport": (10, 11, 4)}


class Headline(NamedTuple):
    """`hours` before now."""

    source: str
    hours: int
    title: str


def background(now: datetime) -> dict[str, str]:
    """File stem -> RSS text of the twelve outlets; 300 headlines of the last 47 hours."""
    return _feeds([*_elsewhere(), *_everyday(SIZE - len(list(_elsewhere())))], now)


def harmless(now: datetime) -> dict[str, str]:
    """The same without the wars and disasters."""
    return _feeds(list(_everyday(SIZE - len(list(_elsewhere())))), now)


def _elsewhere() -> Iterator[Headline]:
    desks = DESKS["elsewhere"]
    for n, line in enumerate(_sections()["elsewhere"]):
        hours = 2 + n * 11 % 43
        for told, title in enumerate(line.split(" | ")):
            yield Headline(OUTLETS[desks[(n + told) % len(desks)]], hours - told, title)


def _everyday(wanted: int) -> Iterator[Headline]:
    """Business, celebrity and sport in turn, each headline filled with the next names."""
    found = _sections()
    companies, names, teams = found["companies"], found["names"], found["teams"]
    for n in range(wanted):
        desk = ("business", "celebrity", "sport")[n % 3]
        turn = n // 3
        again, line = divmod(turn, len(found[desk]))
        title = found[desk][line].format(
            company=companies[turn % len(companies)],
            name=names[(line * 3 + again) % len(names)],
            other=names[(line * 3 + again + 4) % len(names)],
            team=teams[(line * 2 + again) % len(teams)],
            rival=teams[(line * 2 + again + 5) % len(teams)],
        )
        yield Headline(OUTLETS[DESKS[desk][turn % 3]], 1 + n * 7 % 46, title)


def _sections() -> dict[str, list[str]]:
    """The lists of background.txt by their bracketed heads."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (Path(__file__).parent / "background.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def _feeds(headlines: list[Headline], now: datetime) -> dict[str, str]:
    return {
        slug(source): outlet(source, [{"title": h.title, "at": f"{h.hours}h ago"} for h in headlines if h.source == source], now)
        for source in OUTLETS
        if any(h.source == source for h in headlines)
    }
