"""What holds for every policy whatever stands in it, and a guard that ends with a trace where one of them hangs."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
import traceback
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from rtm_gate.gate.gate import NO_NEWS, Gate
from rtm_gate.gate.policy import LoadedPolicy, load_policy
from rtm_gate.gate.project import open_project
from rtm_gate.language import load_text
from rtm_gate.language.diagnostics.formats import FORMATS, Found
from rtm_gate.language.explain import explain, summarise
from rtm_gate.language.layout import formatted
from rtm_gate.language.syntax.cut import cut
from rtm_gate.language.syntax.text import SourceText

TODAY = date(2027, 1, 1)
NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
DRAFT = {"text": "Buns, warm at seven. #Buns", "platform": "x", "kind": "reactive", "regions": ["US-NY"], "shelf_life_hours": 6}
HANG = 60 if os.environ.get("RTM_GATE_SOAK") else 20
"""Seconds after which one policy counts as a hang."""
MOST_LINES = 200


def load(path: Path) -> LoadedPolicy:
    return load_policy(path, TODAY)


def answered(data: bytes, folder: Path, judge: bool = True) -> str:
    """Loads, shows, lays out and (`judge`) explains and judges a file with these bytes; returns what became of it, or raises AssertionError.

    A hang ends the process with the trace of where it hung on standard error.
    """
    path = folder / "fuzz.rtm"
    path.write_bytes(data)
    faulthandler.dump_traceback_later(HANG, exit=True)
    try:
        loaded = load(path)
        is_shown(loaded, folder)
        text = data.decode(errors="replace")
        _is_laid_out(text)
        if loaded.policy is None:
            return "diagnostics"
        _is_explained(loaded)
        if judge:
            _is_judged(loaded, path)
        return "policy"
    finally:
        faulthandler.cancel_dump_traceback_later()


def answered_text(text: str) -> None:
    """The same for a text that is in no file: it may hold what no file can."""
    faulthandler.dump_traceback_later(HANG, exit=True)
    try:
        found = load_text(text, "fuzz.rtm", TODAY)
        is_shown(LoadedPolicy(found.policy, found.diagnostics, found.sources, found.paths), Path.cwd())
        _is_laid_out(text)
    finally:
        faulthandler.cancel_dump_traceback_later()


def is_shown(loaded: LoadedPolicy, here: Path) -> None:
    assert (loaded.policy is None) == bool(loaded.errors)
    found = Found(loaded.diagnostics, loaded.sources, loaded.paths, here, "1")
    shown = {form: one(found) for form, one in FORMATS.items()}
    assert len(shown["text"].split("\n")) <= MOST_LINES - 3
    for form, text in shown.items():
        text.encode()
        assert form not in ("json", "sarif") or json.loads(text) is not None
    assert len(shown["github"].split("\n")) <= max(1, len(loaded.diagnostics))


def _is_laid_out(text: str) -> None:
    done = formatted(text, "fuzz.rtm")
    assert (done.text is None) == bool(done.diagnostics)
    if done.text is not None:
        assert formatted(done.text, "fuzz.rtm").text == done.text
        assert _canonical(done.text) == _canonical(text)


def _canonical(text: str) -> str:
    return cut(SourceText.of("a.rtm", text.removeprefix("\ufeff").replace("\r\n", "\n"))).canonical


def _is_explained(loaded: LoadedPolicy) -> None:
    assert loaded.policy is not None
    for name in loaded.policy.blocks:
        assert explain(loaded.policy, name)
        assert summarise(loaded.policy, name)


def _is_judged(loaded: LoadedPolicy, path: Path) -> None:
    logging.getLogger("rtm_gate").setLevel(logging.CRITICAL)
    project = replace(open_project(policy=path), feeds=())
    with Gate(project, loaded) as gate:
        answer = gate.check(DRAFT, NO_NEWS, NOW)
    faults = [(finding.rule, finding.because) for finding in answer.findings if finding.kind == "fault"]
    assert faults == [], faults


def main(folder: Path, seed: int, number: int) -> None:
    """Judges the spoilt policies `seed`, `seed + 1`, … in this process, and leaves those that fail in the folder."""
    from tests.language.spoilt import spoilt

    for one in range(seed, seed + number):
        data = spoilt(Random(one)).encode(errors="surrogatepass")
        try:
            answered(data, folder)
        except Exception:
            (folder / f"{one}.rtm").write_bytes(data)
            print(one, traceback.format_exc(limit=-4), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
