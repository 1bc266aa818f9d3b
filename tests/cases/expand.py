"""The case files (`*.toml` beside this file) as the folders that `rtm-gate policy test --cases` judges.

    python -m tests.cases.expand OUTDIR [ID…]          writes OUTDIR/ID/draft.json, OUTDIR/ID/feeds/*.xml, OUTDIR/ID/case.json

The envelope of a draft is what a well-run team has in place, so that only words and news decide: two reviewers, a social lead
and a manager (who checked facts and context) have signed, the checklist is answered well, two people scored 8 and 8, tags were read, somebody can delete and
somebody reads the replies. A case says what differs; a table `[every]` at the top of a file holds what all its cases have that do not
say otherwise. The keys:

    id, row, expect, why, finding       `row` names the line of the rulings table (`grave_shared/planned`) or the number it rests on;
                                        `finding` is the block, or blocks of which one, that has to decide
    day                                 the day it is about, a name of `rtm_gate/vocabulary/data/observances.toml`
    text, platform, kind, now           the post and the hour
    pair_of                             the same draft as that case, judged with other news (or other evidence, where it says so)
    news, neutral, broken, fetched      see feeds.py; `fetched` is when the feeds were read (default: now)
    regions, brand, account, media      as in a draft; media rows are own, described and previewed by two unless they differ
    signed, also_signed, signed_at      "person role check…"; `signed` replaces the four, `also_signed` adds
    answers, scores, tags_read, tags_read_at, detected, submitted, category
    draft, without                      any other key of a draft; keys taken away
    known                               why it is known to come out otherwise: reported, not failed
    background                          false: the 300 headlines of background.py would rightly change it
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .feeds import feeds_of
from .moments import moment, stamp

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """A case as read. `told` is its table of the file, with what it shares with the case it is the pair of."""

    id: str
    row: str
    expect: str
    why: str
    finding: tuple[str, ...]
    pair: str | None
    background: bool
    now: datetime
    told: Mapping[str, Any]


SIGNERS = ("ana reviewer", "ben reviewer", "cleo social_lead", "dev manager fact_check context")
COMPLAINT_SIGNERS = ("eli customer_service_lead", "fay pr")
QUESTIONS = (
    "facts_verified", "hashtag_context", "not_tragedy_linked", "sense_in_six_hours", "serves_brand_values", "audience_cares", "unique_value",
    "ceo_defensible", "misinterpretation_read", "legal_cleared", "opt_out_plan", "two_people", "within_window", "reply_monitoring", "best_use_now",
)  # fmt: skip
SAME_IN_A_PAIR = ("text", "platform", "kind", "now", "regions", "brand", "account", "media", "category", "draft", "detected", "submitted", "neutral")


def load_cases(folder: Path = HERE) -> list[Case]:
    """Every case of the folder's files, in order, pairs completed. Raises KeyError or ValueError for a case that makes no sense."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for row in content["case"]:
            if row["id"] in found:
                raise ValueError(f"{path.name}: `{row['id']}` is there twice")
            found[row["id"]] = {"background": True, **content.get("every", {}), **row}
    pairs: dict[str, str] = {}
    for row in found.values():
        if "pair_of" in row:
            partner = found[row["pair_of"]]
            if partner["id"] in pairs:
                raise ValueError(f"`{partner['id']}` already has a pair")
            pairs |= {row["id"]: partner["id"], partner["id"]: row["id"]}
            for key in SAME_IN_A_PAIR:
                if key in partner:
                    row.setdefault(key, partner[key])
    return [_case(row, pairs.get(row["id"])) for row in found.values()]


def _case(row: Mapping[str, Any], pair: str | None) -> Case:
    now: datetime = row["now"]
    said = row.get("finding", ())
    finding = (said,) if isinstance(said, str) else tuple(said)
    return Case(row["id"], row["row"], row["expect"], row["why"], finding, pair=pair, background=row["background"], now=now.astimezone(UTC), told=row)


def draft_of(case: Case) -> dict[str, Any]:
    """The draft a well-run team would hand in, with the case's own differences."""
    now, told = case.now, case.told
    kind, text = told["kind"], told["text"]
    answers_somebody = kind in ("reactive", "reply")
    detected = moment(told.get("detected", "25m ago"), now)
    submitted = moment(told["submitted"], now) if "submitted" in told else detected if answers_somebody else moment("2d ago", now)
    signers = [*told.get("signed", [*SIGNERS, *(COMPLAINT_SIGNERS if kind == "reply" else ())]), *told.get("also_signed", [])]
    signed_at = stamp(moment(told.get("signed_at", "20m ago" if answers_somebody else "1d ago"), now))
    tags = dict.fromkeys(re.findall(r"#\w+", text if isinstance(text, str) else " ".join(text)), 12) | told.get("tags_read", {})
    read_at = stamp(moment(told.get("tags_read_at", "10m ago"), now))
    answers = dict.fromkeys(QUESTIONS, "yes") | told.get("answers", {})
    draft: dict[str, Any] = {
        "id": case.id,
        "text": text,
        "platform": told["platform"],
        "kind": kind,
        "account": {"id": "main", "brand": told.get("brand", "Acorn & Ash"), **told.get("account", {})},
        "author": {"id": "sam", "role": "social"},
        "origin": "human",
        "submitted_at": stamp(submitted),
        "scheduled_at": stamp(now),
        "approvals": [_approval(signer, signed_at) for signer in signers],
        "checklist": {question: {"answer": answer, "person": "ana"} for question, answer in answers.items() if answer != "unanswered"},
        "hashtag_context": {tag: {"uses_read": uses, "person": "ana", "at": read_at} for tag, uses in tags.items()},
        "opt_out": {"owner": "cleo", "minutes": 15},
        "monitoring": {"owner": "cleo", "until": stamp(moment("in 12h", now))},
        "similar_posts": 3,
    }
    if answers_somebody:
        draft["trigger"] = {"detected_at": stamp(detected)} | ({"category": told["category"]} if "category" in told else {})
        draft["scores"] = [
            {"person": person, "relevance": relevance, "interest": interest}
            for person, relevance, interest in told.get("scores", [["ana", 8, 8], ["ben", 8, 8]])
        ]
    if "regions" in told:
        draft["regions"] = told["regions"]
    if "media" in told:
        draft["media"] = [{"type": "image", "origin": "own", "previewed_by": ["ana", "ben"]} | row for row in told["media"]]
    for key, value in told.get("draft", {}).items():
        draft[key] = {**draft.get(key, {}), **value} if isinstance(value, dict) else value
    return {key: value for key, value in draft.items() if key not in told.get("without", [])}


def _approval(signer: str, at: str) -> dict[str, Any]:
    person, role, *checks = signer.split()
    return {"person": person, "role": role, "at": at} | ({"checks": checks} if checks else {})


def write_case(case: Case, folder: Path) -> None:
    """`draft.json`, `feeds/*.xml` and `case.json` of one case."""
    about = {
        "id": case.id,
        "now": stamp(case.now),
        "fetched_at": stamp(moment(case.told["fetched"], case.now)) if "fetched" in case.told else stamp(case.now),
        "expect": case.expect,
        "why": case.why,
        "pair": case.pair,
        "finding": list(case.finding),
        "row": case.row,
        "background": case.background,
    }
    if "known" in case.told:
        about["known"] = case.told["known"]
    (folder / "feeds").mkdir(parents=True, exist_ok=True)
    for name, text in feeds_of(case.told, case.now).items():
        (folder / "feeds" / f"{name}.xml").write_text(text, encoding="utf-8")
    (folder / "draft.json").write_text(json.dumps(draft_of(case), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "case.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_cases(out: Path, wanted: frozenset[str] = frozenset()) -> list[Path]:
    """A folder a case below `out`; all of them when `wanted` is empty. Returns the folders."""
    folders = []
    for case in load_cases():
        if not wanted or case.id in wanted:
            write_case(case, out / case.id)
            folders.append(out / case.id)
    return folders


if __name__ == "__main__":
    print(f"{len(write_cases(Path(sys.argv[1]), frozenset(sys.argv[2:])))} cases")
