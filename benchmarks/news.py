"""How well the news rooms read stories: `python benchmarks/news.py DATA_FOLDER`. Prints, asserts nothing; a set that is absent is skipped.

`crisislex_t26.jsonl`, `crisislex_t26_events.jsonl`: the first 100 informative posts of each event, each from a source of its own, at noon
of its first day. Topic and country of the largest situation, and the topic most stories have.
`uci_news_stories_dev.jsonl`: harmless headlines, a publisher a source. None may stop a brand.
`wikitimes_current_events.jsonl`: the topic of one event told in a sentence.
What counts as right stands in `benchmarks/crosswalks/`.
"""

from __future__ import annotations

import json
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rtm_gate.analysis import Analyser
from rtm_gate.model.news import ReadStory, Situation
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import Vocabulary, top_of
from rtm_gate.news import Reader, headline, read_stories, situations_of
from rtm_gate.news.stories.grades import at_least_major
from rtm_gate.vocabulary.topics import digest_of, standard_topics

POSTS = 100
LATER = timedelta(hours=3)
Row = dict[str, Any]


def main(folder: Path) -> None:
    topics = standard_topics()
    read = Analyser(Vocabulary(topics, digest_of(topics))).read_text
    for measure, needs in (
        (crises, ("crisislex_t26", "crisislex_t26_events")),
        (harmless, ("uci_news_stories_dev",)),
        (topics_of, ("wikitimes_current_events",)),
    ):
        files = [folder / f"{name}.jsonl" for name in needs]
        if all(file.exists() for file in files):
            measure(read, *map(_rows, files))
        else:
            print(f"{needs[0]}: not found in {folder}, skipped")


def crises(read: Reader, posts: Sequence[Row], events: Sequence[Row]) -> None:
    walk = _crosswalk("crisislex")
    told: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        if post["label"] == "Related and informative":
            told[post["event"]].append(post["text"])
    right: Counter[str] = Counter()
    claimed = correct = 0
    print(f"{'crisislex_t26':32} {'largest situation':19} {'stories':>7}  {'majority':19} countries (right, then others)")
    for event in events:
        about, kinds = event["description"], event["description"]["categorization"]
        good = walk["type"][f"{kinds['category']} / {kinds['sub_category']} / {kinds['type']}"]
        country = walk["country"][about["location"]["country"]]
        noon = _day(about["time"]["start_day"]) + timedelta(hours=12)
        texts = told[event["id"].removeprefix("t26ev-")][:POSTS]
        reads = read_stories([headline(text, f"source {n}", noon) for n, text in enumerate(texts)], read, noon + LATER)
        largest = max(situations_of(reads, noon + LATER), key=lambda found: (len(found.stories), found.id))
        majority = max(Counter(one.topic for one in reads if one.topic).items(), key=lambda row: (row[1], row[0]))[0]
        countries = {code[:2] for code in largest.regions}
        right["topic"] += _fits(largest.topic, good)
        right["majority"] += _fits(majority, good)
        right["country"] += country in countries
        claimed, correct = claimed + len(countries), correct + (country in countries)
        print(
            f"  {event['id'][6:]:30} {_marked(largest.topic, good):19} {len(largest.stories):>3}/{len(reads):<3}  {_marked(majority, good):19} "
            f"{country if country in countries else '-':2} | {' '.join(sorted(countries - {country}))}"
        )
    print(
        f"  topic {right['topic']}/{len(events)} (of the majority of stories {right['majority']}), country {right['country']}/{len(events)}, "
        f"of {claimed} countries claimed {correct} right"
    )


def harmless(read: Reader, rows: Sequence[Row]) -> None:
    stories = [headline(row["text"], row["publisher"], datetime.fromtimestamp(row["timestamp_ms"] / 1000, UTC)) for row in rows]
    now = max(story.published for story in stories) + LATER
    began = time.process_time()
    reads = read_stories(stories, read, now)
    took = time.process_time() - began
    grave = [one for one in reads if top_of(one.topic) in GRAVE]
    # Each headline is also looked at on its own day, when its situation was at its worst.
    stops = {found.id: found for day in sorted({one.story.published.date() for one in reads}) for found in _stopping(reads, day, now)}
    print(f"uci_news_stories_dev: {len(reads)} stories read in {took:.1f} s ({1000 * took / len(reads):.2f} ms each)")
    print(f"  situations that would stop a brand: {len(stops)}; stories with a grave topic: {len(grave)}")
    for found in stops.values():
        print(f"  STOPS  {found.topic} {found.severity} {found.state}: {found.title}")
    for one in grave:
        print(f"  {one.topic:19} {one.severity or 'unknown':9} {one.story.title}")


def _stopping(reads: Sequence[ReadStory], day: Any, now: datetime) -> Iterable[Situation]:
    evening = min(now, datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC))
    for found in situations_of([one for one in reads if one.story.published <= evening], evening):
        if top_of(found.topic) in GRAVE and at_least_major(found.severity) and found.state in ("active", "extended"):
            yield found


def topics_of(read: Reader, rows: Sequence[Row]) -> None:
    walk = _crosswalk("wikitimes")
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for row in rows:
        noon = _day(row["date"]) + timedelta(hours=12)
        (one,) = read_stories([headline(row["text"], "wire", noon)], read, noon + LATER)
        if _fits(one.topic or "none", walk[row["label"]]):
            right[row["label"]] += 1
        else:
            wrong.append(f"  {row['label']:24} {one.topic or 'none':17} {row['text'][:200]}")
    every = Counter(row["label"] for row in rows)
    print(f"wikitimes_current_events: topic fits {right.total()}/{every.total()}")
    for label, count in every.most_common():
        print(f"  {label:24} {right[label]}/{count}")
    if "-v" in sys.argv:
        print("\n".join(sorted(wrong)))


def _fits(topic: str, good: Sequence[str]) -> bool:
    return topic in good or top_of(topic) in good


def _marked(topic: str, good: Sequence[str]) -> str:
    return (topic or "none") if _fits(topic, good) else f"WRONG {topic or 'none'}"


def _day(text: str) -> datetime:
    """`2013-06-17`; one event is dated `17/06/2013`."""
    form = "%d/%m/%Y" if "/" in text else "%Y-%m-%d"
    return datetime.strptime(text, form).replace(tzinfo=UTC)


def _crosswalk(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "crosswalks" / f"{name}.toml").read_text(encoding="utf-8"))


def _rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    main(Path(folders[0]) if folders else Path("data/news"))
