"""Small policies, good and bad, with what the language says about them at their end."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate.language import load, render
from rtm_gate.language.explain import explain
from tests.language.accepted import compare, policies


def _said(path: Path) -> str:
    loaded = load(path)
    return "\n\n".join(render(diagnostic, loaded.sources) for diagnostic in loaded.diagnostics)


@pytest.mark.parametrize("path", policies("bad"), ids=lambda path: path.stem)
def test_a_bad_policy_is_answered_in_the_authors_terms(path: Path) -> None:
    assert load(path).policy is None
    compare(path, _said(path))


@pytest.mark.parametrize("path", policies("good"), ids=lambda path: path.stem)
def test_a_good_policy_loads(path: Path) -> None:
    assert load(path).policy is not None, _said(path)
    compare(path, _said(path) or "nothing to say")


@pytest.mark.parametrize("path", policies("lint"), ids=lambda path: path.stem)
def test_what_looks_like_a_mistake(path: Path) -> None:
    assert load(path).policy is not None, _said(path)
    compare(path, _said(path) or "nothing to say")


@pytest.mark.parametrize("path", policies("lowered"), ids=lambda path: path.stem)
def test_what_a_block_becomes(path: Path) -> None:
    policy = load(path).policy
    assert policy is not None, _said(path)
    compare(path, "\n\n".join(explain(policy, name) for name, block in policy.blocks.items() if block.kind != "policy"))
