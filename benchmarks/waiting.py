"""What a long queue costs: python benchmarks/waiting.py [DRAFTS] [WORKERS]

Prints, for DRAFTS (20,000) that wait in a project with the standard policy and some news: how long they take to be taken in; how long after one
more situation until every answer is known to be too old, and what one answer costs; and the rate of the sweep that judges them again, by WORKERS
(1) processes. One draft in twenty is shown where it happened. Nothing is asserted.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from rtm_gate import Gate, resources
from rtm_gate.desk.queue import Swept
from rtm_gate.gate.record.waiting import queue_of, sweep_in, worker_name
from rtm_gate.model.draft import Draft, read_draft

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
STORIES = 300
TEXTS = (
    "Our linen shirts are back in stock, in six colours. Take a look. #SlowMonday",
    "Killer savings on every sofa this weekend: 30% off, while stocks last.",
    "We've had a storm of five-star reviews this week. Thank you, Leeds!",
    "@maria sorry about the late parcel, we have sent you a DM.",
    "Clinically proven to cure back pain overnight: our new mattress. Take a look.",
)
EVENTS = (
    "Floods kill {n} in {place} as rivers burst their banks", "{n} dead after bus crash near {place}", "Quake of magnitude 5.{n} shakes {place}",
    "Shares in {place} close {n} points higher", "{place} beat visitors {n}-0 in derby", "Festival in {place} draws {n}00,000 visitors",
)  # fmt: skip
PLACES = ("Manila", "Lagos", "Jakarta", "Karachi", "Lima", "Dhaka", "Nairobi", "Hanoi", "Bogota", "Kabul", "Tbilisi", "Porto", "Osaka", "Perth")
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
ITEM = "<item><title>{title}</title><guid>{guid}</guid><pubDate>Tue, 10 Mar 2026 {hour:02}:{minute:02}:00 GMT</pubDate></item>"
BROKEN = ("Gunman kills six at a mall in Dublin, police say", "Six dead in Dublin mall shooting")
REGIONS = ("US-CA", "DE", "FR-IDF", "JP", "AU-NSW", "BR", "CA-ON", "GB-LDS", "ES", "IT", "US-TX", "MX", "SE", "NL", "PL", "IN", "ZA", "KR", "NZ", "IE")


def drafts(count: int) -> list[Draft]:
    """All different, in twenty countries, published over the next month."""
    found = []
    for n in range(count):
        when = (NOW + timedelta(minutes=30 + n * 43_200 // count)).isoformat()
        text = f"{TEXTS[n % len(TEXTS)]} {n}"
        found.append(
            read_draft(
                {"id": f"d-{n}", "text": text, "platform": "x", "kind": "planned", "regions": [REGIONS[n // len(TEXTS) % len(REGIONS)]], "scheduled_at": when},
            )[0]
        )
    return found


def tell(folder: Path, name: str, titles: list[str]) -> None:
    items = "".join(ITEM.format(title=title, guid=f"{name}-{n}", hour=n % 12, minute=n % 60) for n, title in enumerate(titles))
    (folder / f"{name}.xml").write_text(FEED.format(name=name, items=items), encoding="utf-8")


def main(count: int, workers: int) -> None:
    waiting = drafts(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rtm-gate.toml").write_text(f'policy = "{resources.path("policies")}"\nfeeds = ["*.xml"]\n', encoding="utf-8")
        tell(folder, "wire", [EVENTS[n % len(EVENTS)].format(n=n % 30 + 1, place=PLACES[n % len(PLACES)]) for n in range(STORIES)])
        for outlet in ("daily", "post"):
            tell(folder, outlet, ["Council approves bike lanes"])
        with Gate.open(folder) as gate, queue_of(gate) as queue:
            start = time.perf_counter()
            for first in range(0, count, 500):
                queue.add(waiting[first : first + 500], NOW)
            took = time.perf_counter() - start
            print(f"{count:,} drafts taken in and judged: {took:.0f} s, {count / took:.0f} a second")
            for outlet, title in zip(("daily", "post"), BROKEN, strict=True):
                tell(folder, outlet, [title])
            later = NOW + timedelta(minutes=2)
            start = time.perf_counter()
            queue.answer("d-0", later)
            heard = time.perf_counter() - start
            start = time.perf_counter()
            stale = queue.stale(later)
            flagged = time.perf_counter() - start
            one = []
            for n in range(0, count, max(1, count // 200)):
                start = time.perf_counter()
                queue.answer(f"d-{n}", later)
                one.append((time.perf_counter() - start) * 1000)
            print(
                f"one new situation: taken in {heard * 1000:.0f} ms, {stale:,} go too old: {flagged * 1000:.1f} ms, an answer {statistics.median(one):.2f} ms"
            )
            start = time.perf_counter()
            done = queue.sweep(later, worker_name()) if workers == 1 else _together(folder, later, workers)
            took = time.perf_counter() - start
            with queue.reporting() as changes:
                words = Counter(f"{change.before} to {change.after}" for change in changes)
            print(
                f"swept: {took:.1f} s, {count / took:.0f} a second, {count / took / workers:.0f} a core; "
                f"{done.judged:,} judged, {done.kept:,} kept, changed: {dict(words)}"
            )


def _together(folder: Path, now: datetime, workers: int) -> Swept:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return sum((part.result() for part in [pool.submit(sweep_in, folder, now) for _ in range(workers)]), Swept())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
