"""Text to a checked policy.

    text ──cut──▶ pieces ──parse──▶ syntax trees ──build──▶ nodes ──resolve──▶ names
      names ──check──▶ typed conditions ──lower──▶ branches ──blocks──▶ core rules ──assemble──▶ Policy ──lint──▶ warnings

Each stage is a module that knows the stage before it. What an author got wrong is a diagnostic, never an exception.
The stages are imported when a policy is read: whoever only colours one (`colours`) needs no grammar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rtm_gate.language.diagnostics.text import render
from rtm_gate.model.diagnostic import Diagnostic, in_order
from rtm_gate.model.policy import Policy

if TYPE_CHECKING:
    from rtm_gate.language.syntax.files import Read

__all__ = ["PASTED", "Loaded", "load", "load_text", "render"]
PASTED = "pasted"
"""What a text that was pasted into a policy is called in diagnostics."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """`policy` is None where a diagnostic is an error. `sources` maps the shown name of a file to its text, `paths` to where it lies."""

    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    paths: Mapping[str, Path]


def load(path: Path, today: date | None = None, *, lint: bool = True, pasted: str = "") -> Loaded:
    """The policy in a file and all it includes; a folder stands for its `standard.rtm`.

    `today` is what dates in it are held against; without it nothing is said about them. Without `lint` there are no warnings: who only
    judges by a policy does not pay for them. `pasted`: blocks that are read as if they stood in it too.
    """
    from rtm_gate.language.syntax.files import paste, read_path

    read = read_path(path)
    if pasted:
        paste(read, pasted, PASTED)
    return _checked(read, today, lint)


def load_text(text: str, name: str, today: date | None = None) -> Loaded:
    """The policy in a text; `name` stands for the file in diagnostics. It cannot include others."""
    from rtm_gate.language.syntax.files import read_text

    return _checked(read_text(text, name), today, True)


def _checked(read: Read, today: date | None, lint: bool) -> Loaded:
    from rtm_gate.language.assemble import assemble
    from rtm_gate.language.lint import warnings_of
    from rtm_gate.language.meaning.overrides import override
    from rtm_gate.language.meaning.resolve import resolve

    names = resolve(read.files)
    override(names, read.files)
    policy = assemble(names, read.files)
    found = [*read.found, *names.found]
    if any(diagnostic.level == "error" for diagnostic in found):
        policy = None
    if lint:
        found += warnings_of(names, tuple(read.files), policy, today)
    return Loaded(policy, in_order(found), read.sources, read.paths)
