"""Cuts the gate's word lists. Run by hand when a source is to be renewed; the results are committed.

    python tools/cut_words.py WORDNINJA_WORDS.TXT.GZ

WORDNINJA_WORDS.TXT.GZ is the list in the source archive of wordninja 2.0.0 (MIT; words by frequency, most frequent first).
The stop words are those of the installed spaCy (MIT). Writes `words.txt.gz` and `stop_words.json` in `rtm_gate/vocabulary/data`.
Neither package is needed when the gate runs.
"""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "rtm_gate" / "vocabulary" / "data"
WORDS = 80_000
LANGUAGES = ("da", "de", "en", "es", "fr", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tl", "tr")


def main(source: str) -> None:
    words = gzip.decompress(Path(source).read_bytes()).decode("utf-8").split()[:WORDS]
    (DATA / "words.txt.gz").write_bytes(gzip.compress("\n".join(words).encode("utf-8"), 9, mtime=0))
    stops = {language: sorted(importlib.import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS) for language in LANGUAGES}
    (DATA / "stop_words.json").write_text(json.dumps(stops, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
