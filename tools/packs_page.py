"""docs/packs.md: what the shipped policies consist of, whom each block belongs to and what it serves, made from policies/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rtm_gate.language import load
from rtm_gate.model.policy import Block, Policy

POLICIES = Path(__file__).resolve().parents[1] / "policies"
PRESETS = ("standard", "strict", "challenger")
HEAD = """\
# The packs

The policies that come with the gate. This page is made from `policies/` by `make reference`.

Three presets share the same packs and differ in settings and switches only. `rtm-gate init` lays all of it into a project: put your names into
the `brand` block of the preset you choose, name the preset in `rtm-gate.toml`, and change what you need with `set` and `switch off`, so that the
packs can be replaced by newer ones. `rtm-gate policy explain policies/standard.rtm NAME` says of any block what it became.

The packs follow a published guide to real-time marketing, table by table: seven brand disasters, eight triggers, seven platforms, ten templates,
a matrix, fifteen questions, six scenarios for silence. *Serves* says which row a block is there for; *practice* is what the guide leaves out.
Where the guide contradicts itself, a comment that begins with `Ruling` says in the pack which way was taken.

"""
SET = re.compile(r'^set\s+(\w+)\s+to\s+(.+?)\s+because\s+"(.*)"$', re.MULTILINE)
SETTING = re.compile(r'^setting\s+(\w+)\s+(.+?)\s+"(.*)"$', re.MULTILINE)


def page() -> str:
    standard = _loaded("strict")
    return HEAD + "".join(f"{line}\n" for part in (_presets(), _blocks(standard), _rows(standard)) for line in part)


def _loaded(preset: str) -> Policy:
    policy = load(POLICIES / f"{preset}.rtm", lint=False).policy
    assert policy is not None
    return policy


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted((POLICIES / "packs").rglob("*.rtm")):
        yield path.relative_to(POLICIES).as_posix(), path.read_text(encoding="utf-8")


def _presets() -> Iterator[str]:
    """The settings with the value each preset gives them, then what each switches off."""
    chosen = {preset: {name: value for name, value, _ in SET.findall((POLICIES / f"{preset}.rtm").read_text(encoding="utf-8"))} for preset in PRESETS}
    yield from ("## The presets", "", f"| setting | {' | '.join(PRESETS)} | means |", f"|---|{'---|' * len(PRESETS)}---|")
    for _, text in _texts():
        for name, value, meaning in SETTING.findall(text):
            yield f"| `{name}` | {' | '.join(chosen[preset].get(name, value) for preset in PRESETS)} | {meaning} |"
    yield from ("", f"| block | {' | '.join(PRESETS)} | is |", f"|---|{'---|' * len(PRESETS)}---|")
    off = {preset: _loaded(preset).switched_off for preset in PRESETS}
    blocks = _loaded("strict").blocks
    for name in sorted({name for names in off.values() for name in names}):
        yield f"| `{name}` | {' | '.join('off' if name in off[preset] else 'on' for preset in PRESETS)} | {blocks[name].title} |"
    yield ""


def _blocks(policy: Policy) -> Iterator[str]:
    """Every pack with what it says of itself, and its blocks."""
    yield from ("## Block by block", "")
    for file, text in _texts():
        mine = [block for block in policy.blocks.values() if block.at.file.endswith(file) and "." not in block.name.removeprefix(f"{block.kind}.")]
        if mine:
            said = " ".join(line.removeprefix("# ") for line in _opening(text))
            yield from (f"### `{file}`", "", said, "", "| block | is | owner | serves |", "|---|---|---|---|")
            yield from (f"| {block.kind} `{block.name}` | {block.title} | {block.owner} | {'; '.join(block.serves)} |" for block in mine)
            yield ""


def _opening(text: str) -> Iterator[str]:
    """What stands above the first block, rulings aside."""
    for line in text.splitlines():
        if not line.startswith("# ") or line.startswith("# Ruling"):
            return
        yield line


def _rows(policy: Policy) -> Iterator[str]:
    """What is served, and by which blocks."""
    served: dict[str, list[Block]] = {}
    for block in policy.blocks.values():
        for row in block.serves:
            served.setdefault(row, []).append(block)
    yield from ("## Row by row", "", "| served | by |", "|---|---|")
    for row in sorted(served, key=_order):
        yield f"| {row} | {', '.join(dict.fromkeys(f'`{block.name}`' for block in served[row]))} |"


def _order(row: str) -> tuple[str, int, str]:
    table, _, rest = row.partition(": ")
    number = re.match(r"\d+", rest)
    return table, int(number[0]) if number else 0, rest
