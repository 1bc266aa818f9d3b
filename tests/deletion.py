"""A policy from which one block is really cut: the ground truth of what a test would miss."""

from __future__ import annotations

import re
from pathlib import Path

from rtm_gate import Gate
from rtm_gate.model.policy import Block

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|#[^\n]*|[{}]')
"""What decides where a block ends: braces, but none in a string or a comment."""
TEST = re.compile(r'^test "', re.MULTILINE)


def deleted(gate: Gate, block: Block, folder: Path) -> Gate:
    """The same policy in `folder`, without the block. Its tests are cut too: they may name the block, and then nothing would load."""
    paths = gate.loaded.paths
    root = paths[gate.policy.files[0]].parent
    for name, text in gate.loaded.sources.items():
        left = _cut(text, _offset(text, block.at.line)) if name == block.at.file else text
        file = folder / paths[name].relative_to(root)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_without_tests(left), encoding="utf-8")
    other = Gate.open(folder / paths[gate.policy.files[0]].name)
    assert [str(error) for error in other.loaded.errors] == []
    assert block.name not in other.policy.blocks
    return other


def _without_tests(text: str) -> str:
    while (found := TEST.search(text)) is not None:
        text = _cut(text, found.start())
    return text


def _cut(text: str, start: int) -> str:
    """Without what begins at `start` and ends with the brace that closes its first."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if token[0] == "}" and not depth:
            return text[:start] + text[token.end() :]
    raise ValueError(f"nothing ends what begins with {text[start : start + 40]!r}")


def _offset(text: str, line: int) -> int:
    return sum(len(row) for row in text.splitlines(keepends=True)[: line - 1])
