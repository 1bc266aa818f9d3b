"""A policy made ready to judge: read, checked, held against the engine's limits, compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rtm_gate import language
from rtm_gate.language.meaning.head import LEASE, STALE_AFTER
from rtm_gate.model.diagnostic import Diagnostic, in_order
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import Effect
from rtm_gate.model.schema import SCHEMA, stored_types
from rtm_gate.model.source import At
from rtm_gate.rules import limits

TOO_MUCH = "RTM390"
"""The code of a policy beyond the engine's limits."""


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """`policy` is None where a diagnostic is an error. `sources` are the texts by file, for excerpts, `paths` where the files lie."""

    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    paths: Mapping[str, Path]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.level == "error")


def load_policy(path: Path, today: date | None = None) -> LoadedPolicy:
    """Never raises on what an author wrote. Warnings are for authors: they come where `today` says what dates are held against."""
    loaded = language.load(path, today, lint=today is not None)
    if loaded.policy is None:
        return LoadedPolicy(None, loaded.diagnostics, loaded.sources, loaded.paths)
    policy = loaded.policy
    beyond = [Diagnostic(TOO_MUCH, "error", p.message, policy.blocks[p.block].at) for p in limits.problems((*policy.rules, *policy.watches), types_of(policy))]
    return LoadedPolicy(None if beyond else policy, in_order([*loaded.diagnostics, *beyond]), loaded.sources, loaded.paths)


def types_of(policy: Policy) -> dict[str, dict[str, type]]:
    """What facts may carry under this policy: the schema and the flags of its globs."""
    types = {kind: dict(stored_types(kind)) for kind in SCHEMA}
    for like in policy.likes:
        types[like.kind][like.name] = bool
    return types


def no_policy(path: Path) -> Policy:
    """What a verdict names when the policy does not load: no rule of it is known; the fault that goes with it holds everything."""
    at = At(str(path), 1, 1, 1, 1)
    return Policy(
        name=path.name,
        digest="",
        files=(at.file,),
        owner="",
        timezone="UTC",
        audience=(),
        roles=(),
        checks={},
        otherwise=Effect("go"),
        stale_after=STALE_AFTER,
        stale_effect=Effect("hold"),
        lease=LEASE,
        shelf_life={},
        settings={},
        topics=(),
        tiers={},
        triggers={},
        blocks={},
        rules=(),
    )
