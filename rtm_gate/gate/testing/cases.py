"""Recorded cases: folders with a draft, the feeds of that hour and what was expected, judged all in one process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rtm_gate.gate.drafts import parse
from rtm_gate.gate.gate import Examined, Gate
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class CaseResult:
    """`verdict` is None where the case itself is broken; `problem` then says how. `known` is why a wrong one is accepted."""

    id: str
    expect: str
    why: str
    verdict: Verdict | None
    problem: str = ""
    known: str = ""
    folder: Path = Path()
    seconds: float = 0.0

    @property
    def word(self) -> str:
        return self.verdict.verdict if self.verdict else "broken"

    @property
    def exact(self) -> bool:
        return self.word == self.expect

    @property
    def failed(self) -> bool:
        return not self.exact and not self.known

    def as_json(self) -> dict[str, Any]:
        verdict = self.verdict
        row: dict[str, Any] = {
            "id": self.id,
            "expect": self.expect,
            "verdict": self.word,
            "exact": self.exact,
            "findings": [f.rule for f in verdict.deciding] if verdict else [],
            "headline": verdict.headline if verdict else self.problem,
            "fault": verdict.faulted if verdict else True,
        }
        return row | ({"known": self.known} if self.known else {})


def case_folders(root: Path) -> list[Path]:
    """Every folder below that holds a `case.json`, sorted by path."""
    return sorted(found.parent for found in root.rglob("case.json"))


def judge_case(gate: Gate, folder: Path, seen: Callable[[Examined], None] | None = None) -> CaseResult:
    """Judges one folder; `seen` is shown the whole check. A broken case is a result, not an exception."""
    meta: dict[str, Any] = {}
    verdict, problem = None, ""
    start = time.perf_counter()
    try:
        read = parse((folder / "case.json").read_text(encoding="utf-8"))
        if not isinstance(read, dict) or read.get("expect") not in ("go", "hold", "no-go"):
            raise ValueError("case.json is no object with now, expect (go, hold or no-go) and why")
        meta = read
        draft = parse((folder / "draft.json").read_text(encoding="utf-8"))
        now, fetched = _instant(meta, "now"), _instant(meta, "fetched_at", "now")
        feeds = sorted(str(file) for file in (folder / "feeds").glob("*") if file.is_file())
        examined = gate.examine(draft, gate.news(feeds, now=now, fetched_at=fetched), now)
        verdict = examined.verdict
        if seen is not None:
            seen(examined)
    except InvalidDraftError as error:
        problem = "; ".join(error.problems)
    except (OSError, ValueError, KeyError) as error:
        problem = f"{type(error).__name__}: {error}"
    name, expect, why = (str(meta.get(key, default)) for key, default in (("id", folder.name), ("expect", "unknown"), ("why", "")))
    known = str(meta.get("known") or "")
    return CaseResult(name, expect, why, verdict, problem, known, folder, time.perf_counter() - start)


def summary(results: list[CaseResult]) -> dict[str, Any]:
    """Totals and, by what was expected, how many came exactly so."""
    words = sorted({r.expect for r in results})
    return {
        "cases": len(results),
        "exact": sum(r.exact for r in results),
        "missed": [r.id for r in results if not r.exact],
        "by_expect": {word: {"cases": sum(r.expect == word for r in results), "exact": sum(r.exact for r in results if r.expect == word)} for word in words},
    }


def _instant(meta: dict[str, Any], *keys: str) -> datetime:
    for key in keys:
        if meta.get(key):
            return parse_instant(str(meta[key]))
    raise KeyError(keys[0])
