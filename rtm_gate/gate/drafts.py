"""Drafts from outside: JSON read strictly, and every fault of a draft listed at once."""

from __future__ import annotations

import json
from typing import Any

from rtm_gate.model.draft import PLATFORMS, QUESTIONS, Draft, InvalidDraftError, read_draft
from rtm_gate.model.policy import Policy
from rtm_gate.vocabulary.regions import is_named, is_region, spoken_code


def parse(text: str) -> Any:
    """JSON as a caller sent it. Raises InvalidDraftError where it is none, where a key stands twice, or where it is too deep or too large."""
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidDraftError([f"is not JSON ({error})"]) from None


def accept(value: Any, policy: Policy) -> tuple[Draft, list[str]]:
    """A draft and its warnings, those about names the policy does not have among them.

    Raises InvalidDraftError that lists every problem, places that do not exist among them.
    """
    problems: list[str] = []
    given = value.get("regions") if isinstance(value, dict) else None
    codes = [code for code in given if isinstance(code, str)] if isinstance(given, list) else []
    for code in codes:
        if not is_region(code):
            meant = f"; did you mean {spoken_code(code)}?" if spoken_code(code) else ""
            problems.append(f"regions: `{code}` is no country or part of one (ISO 3166){meant}")
    try:
        draft, warnings = read_draft(value)
    except InvalidDraftError as error:
        raise InvalidDraftError([*error.problems, *(p for p in problems if not any("regions" in known for known in error.problems))]) from None
    if problems:
        raise InvalidDraftError(problems)
    unknown = [code for code in draft.regions if not is_named(code)]
    return draft, warnings + _unknown_names(draft, policy) + [
        f"regions: `{code}` is not a known part of {code[:2]}; it is judged as all of {code[:2]}" for code in unknown
    ]


def _unknown_names(draft: Draft, policy: Policy) -> list[str]:
    """Names that neither the gate nor the policy knows: judged all the same, but probably a slip of the pen."""
    found = []
    if draft.platform not in PLATFORMS and draft.platform not in policy.platforms:
        found.append(f"platform: `{draft.platform}` is not a platform the gate knows; the general rules judge it")
    if draft.template is not None and policy.templates and draft.template.id not in policy.templates:
        found.append(f"template.id: the policy has no template `{draft.template.id}`; it clears nothing")
    known = {*QUESTIONS, *policy.questions}
    return found + [f"checklist.{name}: there is no such question; the answer counts for nothing" for name in draft.checklist if name not in known]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = sorted({key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1})
        raise ValueError(f"`{twice[0]}` stands twice")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
