"""How well feeds are read, beside feedparser: `python benchmarks/feeds.py [DATA_FOLDER]`.

DATA_FOLDER holds feeds in any folders. Of each file are told the entries that feedparser finds and the gate does not, with the reason; of
all official alerts the severities, and what they open at the time of their file (the time of its newest entry).
"""

from __future__ import annotations

import io
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser  # type: ignore[import-untyped]

from rtm_gate.analysis import Analyser
from rtm_gate.model.news import SourceHealth, Story
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.news import Reader, gather, read_feed
from rtm_gate.vocabulary.topics import digest_of, standard_topics

SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".cap", ".json", ".geojson", ".edxlde"})
LATE = datetime(2100, 1, 1, tzinfo=UTC)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not folder.is_dir():
        print("skipped: no folder of feeds was given" if folder is None else f"skipped: there is no folder {folder}")
        return
    topics = standard_topics()
    reader = Analyser(Vocabulary(topics, digest_of(topics))).read_text
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    problems: Counter[str] = Counter()
    lost, expected, kept = [], 0, 0
    alerts: list[tuple[Path, tuple[Story, ...]]] = []
    for path in files:
        data = path.read_bytes()
        health, stories = read_feed(data, str(path), LATE, LATE)
        found, distinct = _entries(data)
        expected, kept = expected + found, kept + len(stories)
        if health.problem:
            problems[health.problem] += 1
        if len(stories) < found:
            lost.append(f"  {path.relative_to(folder)}: {len(stories)} of {found}; {_why(health, len(stories), distinct)}")
        if any(story.alert for story in stories):
            alerts.append((path, stories))
    print(f"{len(files)} files, {expected} entries by feedparser, {kept} stories; fewer than feedparser in {len(lost)} files", *lost, sep="\n")
    print("problems told:", *(f"  {count:4} {problem}" for problem, count in problems.most_common()), sep="\n")
    for path, stories in alerts:
        _report(str(path.relative_to(folder)), stories, reader)


def _entries(data: bytes) -> tuple[int, int]:
    """The entries feedparser finds, and how many of them differ in id (else link), title or words."""
    entries = feedparser.parse(io.BytesIO(data)).entries
    return len(entries), len({(entry.get("id") or entry.get("link"), entry.get("title"), entry.get("summary")) for entry in entries})


def _why(health: SourceHealth, kept: int, distinct: int) -> str:
    return health.problem or ("the same entry twice" if kept >= distinct else "LOST")


def _report(name: str, stories: tuple[Story, ...], reader: Reader) -> None:
    told = [(story, story.alert) for story in stories if story.alert]
    now = max((story.published for story, _ in told if story.dated), default=LATE) + timedelta(minutes=1)
    grades: Counter[str] = Counter(alert.severity or "unknown" for _, alert in told)
    tests = sum(alert.test for _, alert in told)
    nowhere = sum(not alert.codes for _, alert in told)
    situations = gather([], now=now, fetched_at=now, read=reader, stories=[story for story in stories if story.alert]).situations
    opened = Counter(f"{situation.severity or 'unknown'} {situation.state}" for situation in situations if situation.topic and situation.state != "closed")
    said = f"{len(told)} alerts ({_counts(grades)}; {tests} tests, {nowhere} of unknown area)"
    print(f"{name} at {now:%Y-%m-%d %H:%M}: {said}, opens {_counts(opened) or 'nothing'}")


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


if __name__ == "__main__":
    main()
