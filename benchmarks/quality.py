"""How well the gate reads words: `python benchmarks/quality.py [DATA_FOLDER] [--posts N]`. Prints, asserts nothing; a set that is absent is skipped.

`benchmarks/texts/senses.*.jsonl`: sentences that mean a sensitive word literally, and sentences that do not. `posts.*.jsonl`: what brands
post on an ordinary day. Both were written by people who had not seen the lexicon, and are split by the hash of the text: the lexicon was
tuned on `development`, never on `held_out`. DATA_FOLDER: `crisislex_t26.jsonl` (posts from crises), `uci_news_stories_dev.jsonl` (harmless
headlines). Then the speed beside the bare tokenizer and beside tokenizer and phrase matcher, as ratios of one run, and with `--posts`
the growth of memory over so many posts that are all different.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import spacy
from rich.console import Console
from rich.progress import track
from spacy.matcher import PhraseMatcher

from rtm_gate.analysis import Analyser
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.topics import TOPICS
from rtm_gate.model.vocabulary import Vocabulary, top_of
from rtm_gate.vocabulary.topics import digest_of, standard_topics

TEXTS = Path(__file__).parent / "texts"
HALVES = ("development", "held_out")
CRISES = frozenset({"tragedy", "terror", "disaster", "health", "war", "unrest"})
EVERYDAY = frozenset({"claim", "weather", "finance", "outage", "drugs"})
"""Topics that an ordinary post may well mean literally (rain, a beer, the best pizza): counted only where a sentence is about them."""
ROUNDS = 5
SAMPLE = 1000
Row = dict[str, Any]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    given.add_argument("data", nargs="?", type=Path)
    given.add_argument("--posts", type=int, default=0, metavar="N")
    options = given.parse_args()
    topics = standard_topics()
    analyser = Analyser(Vocabulary(topics, digest_of(topics)))
    for half in HALVES:
        _measured(TEXTS / f"senses.{half}.jsonl", partial(senses, half, analyser))
    for half in HALVES:
        _measured(TEXTS / f"posts.{half}.jsonl", partial(posts, half, analyser))
    if options.data:
        _measured(options.data / "crisislex_t26.jsonl", partial(crises, analyser))
        _measured(options.data / "uci_news_stories_dev.jsonl", partial(harmless, analyser))
    else:
        print("crisislex_t26, uci_news_stories_dev: no DATA_FOLDER given, skipped")
    texts = [row["text"] for file in sorted(TEXTS.glob("*.jsonl")) for row in _rows(file)][:SAMPLE]
    speed(texts, analyser)
    if options.posts:
        memory(texts, analyser, options.posts)


def senses(half: str, analyser: Analyser, rows: Sequence[Row]) -> None:
    """A sentence counts as literal where any of its mentions is, of its own topic or of any that is not everyday."""
    found: Counter[tuple[str, bool, bool]] = Counter()
    for row in rows:
        top = top_of(row["topic"])
        said = any(name == top or name not in EVERYDAY for name in _literal(analyser.read_text(row["text"])))
        for name in ("all", top):
            found[name, bool(row["literal"]), said] += 1
    for name in sorted({name for name, _, _ in found}, key=lambda name: (name != "all", name)):
        hit, missed, alarm, quiet = (found[name, literal, said] for literal, said in ((True, True), (True, False), (False, True), (False, False)))
        precision, recall = _share(hit, hit + alarm), _share(hit, hit + missed)
        f1 = _share(2 * hit, 2 * hit + missed + alarm)
        print(f"senses {half:12} {name:12} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  ({hit + missed} literal, {alarm + quiet} not)")


def posts(half: str, analyser: Analyser, rows: Sequence[Row]) -> None:
    tops = [_literal(analyser.read_text(row["text"])) for row in rows]
    grave = sum(bool(found & (CRISES | {"death"})) for found in tops)
    sensitive = sum(bool(found - EVERYDAY) for found in tops)
    print(f"posts  {half:12} {len(rows)}: {sensitive / len(rows):.2%} with a literal mention of a sensitive topic, {grave / len(rows):.2%} of a grave one")


def crises(analyser: Analyser, rows: Sequence[Row]) -> None:
    read = [analyser.read_text(row["text"]) for row in rows if row["label"].startswith("Related")]
    english = [found for found in read if found.language != "foreign"]
    recognised = sum(bool(_literal(found) & CRISES) for found in english)
    print(f"crisislex_t26: {recognised} of {len(english)} related posts in English are recognised: {recognised / len(english):.1%}")


def harmless(analyser: Analyser, rows: Sequence[Row]) -> None:
    wrong = sum(bool(_literal(analyser.read_text(row["text"])) & CRISES) for row in rows)
    print(f"uci_news_stories_dev: {wrong} of {len(rows)} harmless headlines wrongly so: {wrong / len(rows):.2%}")


def speed(texts: Sequence[str], analyser: Analyser) -> None:
    """CPU time, one text at a time, after a pass to warm up; the median of several rounds taken in turn, since a machine's speed drifts."""
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("term", [nlp.make_doc(form) for topic in standard_topics() for term in topic.terms for form in term.forms])
    ways: dict[str, Callable[[str], object]] = {
        "bare tokenizer": nlp.make_doc,
        "tokenizer and phrase matcher": lambda text: matcher(nlp.make_doc(text)),
        "the gate": analyser.read_text,
    }
    times: dict[str, list[list[float]]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, read in ways.items():
            taken = [_timed(read, text) for text in texts]
            if number:
                times[name].append(sorted(taken))
    whole = {name: median(sum(taken) for taken in rounds) for name, rounds in times.items()}
    for name, rounds in times.items():
        p50, p99 = (median(taken[int(len(taken) * share)] for taken in rounds) * 1000 for share in (0.5, 0.99))
        ratios = "  ".join(f"{whole[name] / whole[other]:.1f} x {other}" for other in ways if other != name and name == "the gate")
        print(f"speed {name:30} {len(texts) / whole[name]:8,.0f} texts/s   p50 {p50:.2f} ms   p99 {p99:.2f} ms   {ratios}")


def memory(texts: Sequence[str], analyser: Analyser, count: int) -> None:
    """Growth of the resident set from the thousandth post on; each post has a handle, a tag and a link that no other has."""
    made = _unlike(texts, count)
    for _ in range(min(SAMPLE, count)):
        analyser.read_text(next(made))
    before = _resident()
    for text in track(made, "posts", total=count - min(SAMPLE, count), console=Console(file=sys.stderr)):
        analyser.read_text(text)
    print(f"memory: {count:,} different posts, {_resident() - before:+.1f} MB (peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB)")


def _unlike(texts: Sequence[str], count: int) -> Iterator[str]:
    for number in range(count):
        yield f"@user{number}x {texts[number % len(texts)]} #thing{number}y https://example.org/{number}"


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


def _literal(found: Analysis) -> frozenset[str]:
    return frozenset(top_of(m.topic) for m in found.mentions if m.literal and not TOPICS[m.topic].contrast)


def _timed(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began


def _measured(file: Path, measure: Callable[[Sequence[Row]], None]) -> None:
    if file.exists():
        measure(list(_rows(file)))
    else:
        print(f"{file.name}: not found, skipped")


def _rows(file: Path) -> Iterable[Row]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    main()
