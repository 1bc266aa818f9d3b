"""Test blocks that cannot pass."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.language.lint.subject import Subject, warning
from rtm_gate.model.diagnostic import Diagnostic


def switched_off(subject: Subject) -> Iterator[Diagnostic]:
    off = {item.name.text for file in subject.files for item in file.items if item.word == "switch off" and item.name}
    for test in subject.names.tests:
        for name in (name for expected in test.expect for name in expected.blocks):
            if name.text in off:
                yield warning("RTM420", f"`{name.text}` is switched off, and this test expects it", name.at, "take the test out, or switch it on again")
