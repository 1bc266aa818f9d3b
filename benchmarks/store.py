"""What a large store costs: python benchmarks/store.py [STORIES]

Prints seconds to take in 10,000 new stories (read, classified, merged, kept), and milliseconds a check costs in a project with 500 and with
STORIES (50,000) stories in its store: in one process that judges many drafts, and as a command of its own. Nothing is asserted.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from rtm_gate import Gate, resources
from rtm_gate.model.feeds import Feed
from rtm_gate.news.polling.ingest import saved
from rtm_gate.news.polling.record import record
from rtm_gate.vocabulary.words import function_words

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SPAN = timedelta(days=30)
"""Over which the stories of a full store are spread: as long as a project keeps them by default."""
OUTLETS = 50
GRAVE = (
    "Floods kill {n} in {place} as rivers burst their banks", "{n} dead after bus crash near {place}", "Quake of magnitude 5.{n} shakes {place}",
    "Gunman wounds {n} at market in {place}", "Wildfire near {place} forces {n}00 from their homes", "Court in {place} hears fraud case of {n} officials",
)  # fmt: skip
PLACES = (
    "Manila",
    "Lagos",
    "Jakarta",
    "Karachi",
    "Lima",
    "Dhaka",
    "Nairobi",
    "Hanoi",
    "Bogota",
    "Kabul",
    "Tbilisi",
    "Porto",
    "Osaka",
    "Perth",
    "Ohio",
    "Texas",
)
TEXTS = (
    "Our linen shirts are back in stock, in six colours. Take a look. #SlowMonday",
    "Killer savings on every sofa this weekend: 30% off, while stocks last.",
    "We've had a storm of five-star reviews this week. Thank you, Leeds!",
    "@maria sorry about the late parcel, we have sent you a DM.",
)


def headlines(count: int, span: timedelta, seed: int) -> Iterator[tuple[str, datetime, str]]:
    """(outlet, when, title): one in five of a disaster or a court, the others of words nobody minds."""
    chance = random.Random(seed)
    words = sorted(word for word in function_words() if word.isalpha())
    names = ["".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title() for _ in range(800)]
    for _ in range(count):
        if chance.random() < 0.2:
            title = chance.choice(GRAVE).format(n=chance.randint(1, 30), place=chance.choice(PLACES))
        else:
            title = " ".join((*chance.sample(names, 3), chance.choice(words), *chance.sample(names, 2)))
        yield f"outlet {chance.randrange(OUTLETS)}", NOW - chance.random() * span, title


def feeds(folder: Path, count: int, span: timedelta, seed: int) -> list[tuple[str, Path]]:
    """One RSS file an outlet: (name, file)."""
    told: dict[str, list[str]] = {}
    for n, (outlet, when, title) in enumerate(headlines(count, span, seed)):
        item = f"<item><title>{escape(title)}</title><guid>{seed}-{n}</guid><pubDate>{format_datetime(when)}</pubDate></item>"
        told.setdefault(outlet, []).append(item)
    found = []
    for outlet, items in sorted(told.items()):
        file = folder / f"{outlet}-{seed}.xml"
        file.write_text(f'<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title>{"".join(items)}</channel></rss>', encoding="utf-8")
        found.append((outlet, file))
    return found


def filled(folder: Path, count: int, span: timedelta) -> float:
    """A project with so many stories in its store; seconds it took to take them in."""
    folder.mkdir()
    (folder / "rtm-gate.toml").write_text(f'policy = "{resources.path("policies")}"\n', encoding="utf-8")
    files = feeds(folder, count, span, seed=count)
    with Gate.open(folder) as gate:
        start = time.perf_counter()
        desk = gate.project_news.desk()
        record(desk.store, [saved(Feed(name, ""), str(file), NOW, None, desk.stale_after) for name, file in files], desk.read)
        return time.perf_counter() - start


def checks(folder: Path) -> list[float]:
    """Milliseconds of each of 200 checks in one process, the first ones left out."""
    took = []
    with Gate.open(folder) as gate:
        for n in range(220):
            draft = {"text": f"{TEXTS[n % len(TEXTS)]} {n}", "platform": "x", "kind": "planned", "regions": ["US"]}
            start = time.perf_counter()
            gate.check(draft, now=NOW + timedelta(seconds=60 + n))
            took.append((time.perf_counter() - start) * 1000)
    return took[20:]


def command(folder: Path) -> float:
    """Seconds of `rtm-gate check`, the median of five."""
    line = [str(Path(sys.executable).with_name("rtm-gate")), "check", "--text", TEXTS[0], "--now", "2026-03-10T12:05:00Z", "--format", "json"]
    took = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(line, cwd=folder, capture_output=True, check=False)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def main(stories: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print(f"10,000 new stories of two days taken in: {filled(root / 'new', 10_000, timedelta(days=2)):.1f} s")
        for count in (500, stories):
            folder = root / str(count)
            took = filled(folder, count, SPAN)
            each = checks(folder)
            print(
                f"{count:>6} stories (taken in in {took:.0f} s): a check {statistics.median(each):.2f} ms in one process, {command(folder):.2f} s as a command"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
