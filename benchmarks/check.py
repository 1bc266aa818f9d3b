"""What one check costs, warm, by its parts: python benchmarks/check.py [DRAFTS]

Prints milliseconds a draft (median and 99th percentile) for analysis, facts, engine, confirmation, the ways to a go (none is looked for
where it goes) and the whole check, with the standard policy: on a quiet day, and with a few hundred stories in the feeds. Nothing is asserted.
"""

from __future__ import annotations

import statistics
import sys
from datetime import UTC, datetime, timedelta

from rtm_gate import Gate, news
from rtm_gate.model.draft import read_draft
from rtm_gate.model.news import News

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PARTS = ("analysis", "facts", "engine", "confirmation", "to_go", "total")
TEXTS = (
    "Our linen shirts are back in stock, in six colours. Take a look. #SlowMonday",
    "Killer savings on every sofa this weekend: 30% off, while stocks last.",
    "We've had a storm of five-star reviews this week. Thank you, Leeds!",
    "@maria sorry about the late parcel, we have sent you a DM.",
    "Clinically proven to cure back pain overnight: our new mattress. Take a look. #WhyIStayed",
)
EVENTS = (
    "Floods kill {n} in {place} as rivers burst their banks", "{n} dead after bus crash near {place}", "Quake of magnitude 5.{n} shakes {place}",
    "Shares in {place} close {n} points higher", "{place} beat visitors {n}-0 in derby", "Festival in {place} draws {n}00,000 visitors",
)  # fmt: skip
PLACES = ("Manila", "Lagos", "Jakarta", "Karachi", "Lima", "Dhaka", "Nairobi", "Hanoi", "Bogota", "Kabul", "Tbilisi", "Porto", "Osaka", "Perth")


def world(gate: Gate, count: int) -> News:
    stories = [
        news.headline(EVENTS[n % len(EVENTS)].format(n=n % 30 + 1, place=PLACES[n % len(PLACES)]), f"outlet {n % 9}", NOW - timedelta(minutes=7 * (n % 400)))
        for n in range(count)
    ]
    read = gate.news([], now=NOW, stories=stories)
    return News(True, read.situations, (news.healthy("outlets", NOW),), read.snapshot)


def main(drafts: int) -> None:
    with Gate.open() as gate:
        print(f"{len(gate.policy.rules)} core rules, {drafts} different drafts, milliseconds each: median / 99th percentile")
        for count in (0, 300):
            told = world(gate, count)
            rows: dict[str, list[float]] = {part: [] for part in PARTS}
            for n in range(drafts + 20):
                draft, _ = read_draft({"text": f"{TEXTS[n % len(TEXTS)]} {n}", "platform": "x", "kind": "planned", "regions": ["US"]})
                timings = gate.check(draft, told, NOW).timings_ms
                if n >= 20:
                    for part in PARTS:
                        rows[part].append(timings.get(part, 0.0))
            print(f"{count:>4} stories, {len(told.situations):>3} situations   " + "   ".join(f"{part} {_spread(rows[part])}" for part in PARTS))


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} / {statistics.quantiles(values, n=100)[98]:.2f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
