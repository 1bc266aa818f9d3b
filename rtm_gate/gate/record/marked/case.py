"""A recorded verdict as a case: a folder that `policy test --cases` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from rtm_gate.desk.bodies import news_to_bytes
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD
from rtm_gate.gate.record.marked.world import bearing
from rtm_gate.gate.record.recorded import Recorded
from rtm_gate.gate.testing.cases import NEWS
from rtm_gate.model.moment import stamp
from rtm_gate.model.news import News
from rtm_gate.model.verdict import Verdict, VerdictWord

_ODD = re.compile(r"[^a-z0-9]+")
LONGEST = 60


class CaseError(ValueError):
    """A folder that cannot be written. The message is one sentence."""


def folder_of(root: Path, one: Recorded) -> Path:
    """Where the case of a row lies below `root`; CaseError where something is there already."""
    name = _ODD.sub("-", one.draft.id.lower()).strip("-")[:LONGEST]
    folder = root / "-".join(filter(None, (name, f"row-{one.row}")))
    if folder.exists():
        raise CaseError(f"{folder} is there already")
    return folder


def write_case(gate: Gate, one: Recorded, should: VerdictWord, reason: str, folder: Path) -> Verdict:
    """Writes the case, of the news as little as does not change the verdict, and says what it comes to now. CaseError."""
    examined = gate.examine(one.draft, one.news, one.now, on_record=NOTHING_ON_RECORD)
    less = _bearing_alone(one.news, {situation.id for situation, _ in bearing(examined, one.cited)})
    verdict, briefly = examined.verdict, gate.examine(one.draft, less, one.now, on_record=NOTHING_ON_RECORD).verdict
    news = less if briefly.findings == verdict.findings else one.news
    case: dict[str, Any] = {"id": folder.name, "now": stamp(one.now), "expect": should, "why": reason}
    try:
        folder.mkdir(parents=True)
        draft = one.draft.model_dump(mode="json", exclude_unset=True)
        for name, value in (("draft.json", draft), ("case.json", case)):
            (folder / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        (folder / NEWS).write_bytes(news_to_bytes(news))
    except OSError as fault:
        raise CaseError(f"{folder} cannot be written: {fault.strerror or fault}") from fault
    return verdict


def _bearing_alone(news: News, kept: Collection[str]) -> News:
    return replace(news, situations=tuple(one for one in news.situations if one.id in kept))
