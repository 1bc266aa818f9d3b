"""A `test` block as text: written, read by the language as if it stood in the policy, and freed of what the policy does not take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rtm_gate import language
from rtm_gate.gate.record.marked.parts import Pair, Part, moment, quoted
from rtm_gate.language.layout import formatted
from rtm_gate.model.policy import PolicyTest

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Block:
    """`expect` is the verdict it asks for."""

    name: str
    now: datetime
    parts: tuple[Part, ...]
    expect: str

    @property
    def text(self) -> str:
        """In the canonical layout."""
        made = formatted("\n".join([*self._head(), *(_on_a_line(part) for part in self.parts), *self._end()]) + "\n", language.PASTED)
        assert made.text is not None, made.diagnostics
        return made.text

    def lines(self) -> list[tuple[str, Pair | None]]:
        """A line a pair, so that a fault in one is told by its line."""
        found: list[tuple[str, Pair | None]] = [(line, None) for line in self._head()]
        for part in self.parts:
            found += [(f"{part.kind} {{", None), *((one.text, one) for one in part.pairs), ("}", None)]
        return [*found, *((line, None) for line in self._end())]

    def without(self, pairs: Sequence[Pair]) -> Block:
        gone = set(map(id, pairs))
        return replace(self, parts=tuple(replace(part, pairs=tuple(one for one in part.pairs if id(one) not in gone)) for part in self.parts))

    def _head(self) -> list[str]:
        return [f"test {quoted(self.name)} {{", f"at {moment(self.now)}"]

    def _end(self) -> list[str]:
        return [f"expect {self.expect}", "}"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A block that the policy takes, as the test it is; `dropped` says what had to go, and why."""

    block: Block
    test: PolicyTest
    dropped: tuple[str, ...]


def taken(policy: Path, block: Block) -> Taken | None:
    """The block as this policy takes it; None where it takes none of the kind, or does not load."""
    dropped: list[str] = []
    while True:
        lines = block.lines()
        loaded = language.load(policy, lint=False, pasted="\n".join(line for line, _ in lines) + "\n")
        if loaded.policy is not None:
            return Taken(block, loaded.policy.tests[-1], tuple(dropped))
        faults = {one.at.line: one.message for one in loaded.diagnostics if one.level == "error" and one.at.file == language.PASTED}
        wrong = {line: pair for line in faults if (pair := lines[line - 1][1] if line <= len(lines) else None) is not None}
        if not wrong or len(faults) > len(wrong):
            return None
        dropped += [f"the policy does not take `{one.text}` ({faults[line]}): {one.about} is left out" for line, one in wrong.items()]
        block = block.without(list(wrong.values()))


def named(draft: str, reason: str) -> str:
    """What a test is called: the draft, and why its verdict was wrong."""
    name = " ".join(f"{draft}: {reason}".split()) if draft else " ".join(reason.split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _on_a_line(part: Part) -> str:
    return f"{part.kind} {{ {'  '.join(one.text for one in part.pairs)} }}"
