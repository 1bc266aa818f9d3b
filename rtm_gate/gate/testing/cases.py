"""Recorded cases: folders with a draft, the feeds of that hour (or its news as the gate had read them) and what was expected, judged all in one process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rtm_gate.desk.bodies import news_of_bytes
from rtm_gate.gate.drafts import parse
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD
from rtm_gate.gate.testing.expected import Seen, names
from rtm_gate.gate.testing.why import why_not
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.draft import InvalidDraftError
from rtm_gate.model.moment import parse_instant
from rtm_gate.model.news import News
from rtm_gate.model.policy import Policy
from rtm_gate.model.verdict import Verdict
from rtm_gate.store import StoreError

NEWS = "news.json"
"""The file of a case that has no feeds: the news of a verdict, as the record keeps them."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """`verdict` is None where the case itself is broken; `problem` says how, or what is wrong with what it expects. `known` is why a wrong
    one is accepted. `finding` are the blocks of which one should decide; `missing` says in lines why none of them does.
    """

    id: str
    expect: str
    why: str
    verdict: Verdict | None
    problem: str = ""
    known: str = ""
    folder: Path = Path()
    seconds: float = 0.0
    finding: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return self.verdict.verdict if self.verdict else "broken"

    @property
    def exact(self) -> bool:
        """The word is the expected one, whatever it rests on."""
        return self.word == self.expect

    @property
    def named(self) -> bool | None:
        """Whether one of `finding` is among those that decided; None where the case names none, or the word is another."""
        return names(self.verdict, self.finding) if self.finding and self.verdict and self.exact else None

    @property
    def right(self) -> bool:
        return self.exact and self.named is not False and not self.problem

    @property
    def failed(self) -> bool:
        """`known` excuses another answer, but no expectation that nothing could meet."""
        return not self.right and not (self.known and (self.verdict is None or not self.problem))

    @property
    def wanted(self) -> str:
        return self.expect + (f" from {' or '.join(self.finding)}" if self.finding else "")

    @property
    def came(self) -> str:
        found = ", ".join(finding.rule for finding in self.verdict.deciding) if self.verdict else ""
        return self.word + (f" from {found}" if found else "")

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
        if self.finding:
            row |= {"finding": list(self.finding), "named": self.named}
        if verdict and self.problem:
            row["problem"] = self.problem
        return row | ({"known": self.known} if self.known else {})


def case_folders(root: Path) -> list[Path]:
    """Every folder below that holds a `case.json`, sorted by path."""
    return sorted(found.parent for found in root.rglob("case.json"))


def judge_case(gate: Gate, folder: Path, seen: Seen | None = None) -> CaseResult:
    """Judges one folder; `seen` is shown the whole check, and what the case asks of a verdict. A broken case is a result, not an exception."""
    meta: dict[str, Any] = {}
    verdict, problem = None, ""
    finding: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    start = time.perf_counter()
    try:
        read = parse((folder / "case.json").read_text(encoding="utf-8"))
        if not isinstance(read, dict) or read.get("expect") not in ("go", "hold", "no-go"):
            raise ValueError("case.json is no object with now, expect (go, hold or no-go) and why")
        meta = read
        finding = _finding(meta)
        draft = parse((folder / "draft.json").read_text(encoding="utf-8"))
        now, fetched = _instant(meta, "now"), _instant(meta, "fetched_at", "now")
        examined = gate.examine(draft, _news(gate, folder, now, fetched), now, on_record=NOTHING_ON_RECORD)
        verdict = examined.verdict
        problem = _unknown(finding, gate.policy)
        if verdict.verdict == meta["expect"] and finding and not problem and not names(verdict, finding):
            missing = tuple(line for name in finding for line in why_not(gate.policy, examined, name, meta["expect"]))
        if seen is not None and not problem:
            seen(examined, lambda other: other.verdict == meta["expect"] and (not finding or names(other, finding)))
    except InvalidDraftError as error:
        problem = "; ".join(error.problems)
    except (OSError, ValueError, KeyError, StoreError) as error:
        problem = f"{type(error).__name__}: {error}"
    name, expect, why = (str(meta.get(key, default)) for key, default in (("id", folder.name), ("expect", "unknown"), ("why", "")))
    known = str(meta.get("known") or "")
    return CaseResult(name, expect, why, verdict, problem, known, folder, time.perf_counter() - start, finding, missing)


def _news(gate: Gate, folder: Path, now: datetime, fetched: datetime) -> News:
    """What the gate had read then, where the case was made from the record; else its feeds, read now."""
    if (folder / NEWS).is_file():
        return news_of_bytes((folder / NEWS).read_bytes())
    feeds = sorted(str(file) for file in (folder / "feeds").glob("*") if file.is_file())
    return gate.news(feeds, now=now, fetched_at=fetched)


def summary(results: list[CaseResult]) -> dict[str, Any]:
    """Totals; by what was expected, how many came exactly so; and of those that name a finding, how many came from it."""
    words = sorted({r.expect for r in results})
    naming = [r for r in results if r.finding]
    return {
        "cases": len(results),
        "exact": sum(r.exact for r in results),
        "missed": [r.id for r in results if not r.exact],
        "by_expect": {word: {"cases": sum(r.expect == word for r in results), "exact": sum(r.exact for r in results if r.expect == word)} for word in words},
        "named": {"cases": len(naming), "named": sum(r.named is True for r in naming), "missed": [r.id for r in naming if r.named is not True]},
    }


def _finding(meta: dict[str, Any]) -> tuple[str, ...]:
    given = meta.get("finding") or []
    found = [given] if isinstance(given, str) else given
    if not isinstance(found, list) or not all(isinstance(name, str) and name for name in found):
        raise ValueError("`finding` in case.json is no name of a block, and no list of such names")
    return tuple(found)


def _unknown(finding: Sequence[str], policy: Policy) -> str:
    """What is wrong with the names, in a sentence. Of several, one that the policy has switched off may stand beside another."""
    known = {*policy.blocks, *(f"{question.checklist}.{question.name}" for question in policy.questions.values())}
    strange = [name for name in finding if name not in known and name not in policy.switched_off]
    if strange:
        meant = did_you_mean(strange[0], known)
        return f"`finding` names what is no block of the policy: {', '.join(f'`{name}`' for name in strange)}" + (f"; {meant}" if meant else "")
    if finding and not known.intersection(finding):
        return "`finding` names only what is switched off: " + ", ".join(f"`{name}` ({policy.switched_off[name]})" for name in finding)
    return ""


def _instant(meta: dict[str, Any], *keys: str) -> datetime:
    for key in keys:
        if meta.get(key):
            return parse_instant(str(meta[key]))
    raise KeyError(keys[0])
