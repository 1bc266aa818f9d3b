"""How well and how fast stories become events: `python benchmarks/news_events.py [HEADLINES.jsonl]`. Prints, asserts nothing.

Each line of the file is an object with `text`, `publisher`, `timestamp_ms` and `story`, the event it is of (the shape of the UCI news
aggregator's rows). Events are held against stories by B-cubed, whole and for each half of the stories; times are of the process's CPU.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rtm_gate.analysis import Analyser
from rtm_gate.model.news import ReadStory
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.news import Reader, read_stories, situations_of
from rtm_gate.news.reading.story import make_story
from rtm_gate.news.situations.merge import Events, in_order
from rtm_gate.vocabulary.topics import digest_of, examples, standard_topics

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SYLLABLES = ("bra", "kel", "mar", "vo", "tis", "dun", "zel", "or", "qua", "lin", "hal", "pe", "rush", "ton", "wick", "mor")
PLACES = ("Ohio", "Kerala", "Lisbon", "Oslo", "Manila", "Texas", "Leeds", "Chile", "Osaka", "Athens", "Lagos", "Perth", "Quebec", "Naples", "Utah")
THINGS = ("flood", "earthquake", "merger", "recall", "premiere", "strike", "verdict", "election", "shooting", "wildfire", "outage", "cup", "storm", "trial")
# What editors add of their own: the words of the standard topics' examples.
REST = sorted({word for example in examples() for word in example.text.split() if word.isalpha()})


def main(paths: Sequence[str]) -> None:
    topics = standard_topics()
    read = Analyser(Vocabulary(topics, digest_of(topics))).read_text
    if not paths:
        print("no file of headlines named, B-cubed skipped")
    for path in map(Path, paths):
        quality(path, read) if path.exists() else print(f"{path}: not found, skipped")
    chance = random.Random(1)
    names = [tuple("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(3)) for _ in range(400)]
    events = [(*own, chance.choice(PLACES), chance.choice(THINGS)) for own in names]
    _timed("10,000 stories of 400 events", [_story(n, _headline(chance.choice(events), 3, chance), chance.randrange(3 * 86_400)) for n in range(10_000)], read)
    _timed("10,000 stories of one event", [_story(n, _headline(events[0], 4, chance), n * 8) for n in range(10_000)], read)
    _timed("4,000 stories that differ in a word", [_story(n, f"{' '.join(events[0])} {' '.join(REST[:6])} x{n}z", n) for n in range(4_000)], read)


def quality(path: Path, read: Reader) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    times = [datetime.fromtimestamp(row["timestamp_ms"] / 1000, UTC) for row in rows]
    reads = [_read(str(n), row["publisher"], row["text"], when, read) for n, (row, when) in enumerate(zip(rows, times, strict=True))]
    story = {one.story.id: row["story"] for one, row in zip(reads, rows, strict=True)}
    began: dict[str, datetime] = {}
    for one in in_order(reads):
        began.setdefault(story[one.story.id], one.story.published)
    stories = sorted(began, key=lambda name: (began[name], name))
    for name, chosen in (("all", stories), ("one half", stories[::2]), ("other half", stories[1::2])):
        part = [one for one in in_order(reads) if story[one.story.id] in set(chosen)]
        events = Events()
        pairs = [(events.add(one), story[one.story.id]) for one in part]
        f1, precision, recall = b_cubed(pairs)
        largest = [count for _, count in Counter(event for event, _ in pairs).most_common(5)]
        print(f"{name:10} {len(part)} headlines of {len(chosen)} stories   F1 {f1:.3f}   precision {precision:.3f}   recall {recall:.3f}   largest {largest}")


def b_cubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """F1, precision and recall of (found, true) pairs, each item counting once."""
    found, true, both = Counter(one for one, _ in pairs), Counter(one for _, one in pairs), Counter(pairs)
    precision = sum(both[pair] / found[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / true[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall), precision, recall


def _headline(event: Sequence[str], told: int, chance: random.Random) -> str:
    return " ".join((*chance.sample(event, told), *chance.sample(REST, 4)))


def _story(number: int, title: str, age: int) -> tuple[str, str, str, datetime]:
    return str(number), f"outlet {number % 300}", title, NOW - timedelta(seconds=age)


def _read(entry: str, source: str, title: str, when: datetime, read: Reader) -> ReadStory:
    story = make_story(source=source, entry=entry, title=title, summary="", url="", published=when, updated=when, fetched=when)
    return read_stories([story], read, when + timedelta(days=1))[0]


def _timed(name: str, rows: Sequence[tuple[str, str, str, datetime]], read: Reader) -> None:
    reads = in_order(_read(*row, read) for row in rows)
    began = time.process_time()
    events = Events()
    for one in reads:
        events.add(one)
    merged = time.process_time()
    found = situations_of(reads, NOW)
    built = time.process_time()
    largest = sorted(map(len, events.members().values()), reverse=True)[:5]
    print(f"{name:36} merged in {merged - began:.1f} s, {len(found)} situations in {built - merged:.1f} s   largest {largest}")


if __name__ == "__main__":
    main(sys.argv[1:])
