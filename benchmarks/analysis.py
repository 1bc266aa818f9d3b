"""How long a text takes to be read, beside spaCy's bare tokenizer: `python benchmarks/analysis.py [TEXTS.jsonl]`.

Each line of the file is an object with a `text`; without a file the rows' own examples of the standard topics are read. Times are
of the process's CPU, one call at a time, after one pass to warm up.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from rtm_gate.analysis import Analyser
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.vocabulary.topics import digest_of, examples, standard_topics


def main() -> None:
    texts = _texts(sys.argv[1:])
    topics = standard_topics()
    began = time.perf_counter()
    reader = Analyser(Vocabulary(topics, digest_of(topics)))
    print(f"ready after {time.perf_counter() - began:.2f} s; {len(texts)} texts, {sum(map(len, texts)) / len(texts):.0f} characters on average")
    _report("tokenizer", spacy.blank("en").tokenizer, texts)
    _report("analyser", reader.read_text, texts)


def _texts(arguments: Sequence[str]) -> list[str]:
    if not arguments:
        return [example.text for example in examples()]
    return [str(json.loads(line)["text"]) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines()[:2000]]


def _report(name: str, read: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        read(text)
    times = sorted(_timed(read, text) for text in texts)
    total = sum(times)
    print(f"{name:10} p50 {_at(times, 0.5):.2f} ms   p99 {_at(times, 0.99):.2f} ms   {len(times) / total * 1000:.0f} texts/s")


def _timed(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return (time.process_time() - began) * 1000


def _at(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    main()
