"""Writes the pages and schemas that are made from the code. `make reference` runs it; a test compares what is committed.

python -m tools.reference [FOLDER]      FOLDER/schemas/*.json, FOLDER/facts.md, FOLDER/packs.md and FOLDER/topics.md; default: docs
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rtm_gate.gate.schemas import NAMES, schema_of

from . import facts_page, packs_page, topics_page

DOCS = Path(__file__).resolve().parents[1] / "docs"


def write(folder: Path) -> None:
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        text = json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"
        (folder / "schemas" / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / "facts.md").write_text(facts_page.page(), encoding="utf-8")
    (folder / "packs.md").write_text(packs_page.page(), encoding="utf-8")
    (folder / "topics.md").write_text(topics_page.page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS)
