"""Scopes as a person writes them: `all`, `platform:x`, `account:acme-us`, `region:US-TX`, `topic:politics`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rtm_gate.model.draft import PLATFORMS
from rtm_gate.model.halt import SCOPES, Scope
from rtm_gate.model.policy import Policy
from rtm_gate.model.topics import TOPICS
from rtm_gate.vocabulary.regions import is_named, spoken_code

PLATFORM = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_NAME = 200
WORDS = "`all`, `platform:x`, `account:acme-us`, `region:US-TX` or `topic:politics`"


def parse_scope(text: str) -> Scope:
    """The form alone. Raises ValueError with a sentence."""
    word, separator, name = (part.strip() for part in text.partition(":"))
    kind = next((kind for kind in SCOPES if kind == word.lower()), None)
    if kind is None or bool(separator) != (kind != "all"):
        raise ValueError(f"`{text[:40]}` is no scope; write {WORDS}")
    if kind == "all":
        return Scope("all")
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"`{text[:40]}` names no {kind}; write {WORDS}")
    return Scope(kind, name.upper() if kind == "region" else name if kind == "account" else name.lower())


def scopes_of(texts: Iterable[str], policy: Policy | None) -> tuple[list[Scope], list[str]]:
    """The scopes, each once, and a sentence for every one that would halt nothing. `policy` None: it does not load, so only standard topics are known."""
    scopes: dict[Scope, None] = {}
    problems: list[str] = []
    for text in texts:
        try:
            scope = parse_scope(text)
        except ValueError as error:
            problems.append(str(error))
            continue
        scopes[scope] = None
        problems += _unknown(scope, policy)
    return list(scopes), list(dict.fromkeys(problems))


def doubtful(scope: Scope, policy: Policy | None) -> str:
    """Why it may halt less than is meant: platforms are open, so one that nobody knows may be a slip of the pen. Empty where nothing is odd."""
    known = {*PLATFORMS, *(policy.platforms if policy else ())}
    return f"`{scope.name}` is not a platform the gate knows; it halts drafts that name it so" if scope.kind == "platform" and scope.name not in known else ""


def _unknown(scope: Scope, policy: Policy | None) -> list[str]:
    if scope.kind == "platform" and not PLATFORM.fullmatch(scope.name):
        return [f"`{scope.name}` is no name of a platform; one is like `x` or `instagram_feed`"]
    if scope.kind == "region" and not is_named(scope.name):
        meant = f"; did you mean {spoken_code(scope.name)}?" if spoken_code(scope.name) else ""
        return [f"there is no region `{scope.name}` (ISO 3166){meant}"]
    if scope.kind == "topic" and scope.name not in _topics(policy):
        return [f"there is no topic `{scope.name}`; `rtm-gate policy explain topics` lists them"]
    return []


def _topics(policy: Policy | None) -> set[str]:
    named = {*TOPICS, *(topic.name for topic in (policy.topics if policy else ()))}
    return named | {name.partition(".")[0] for name in named}
