"""A word in the wrong place is answered with what belongs there: for each state of the parser, in the author's terms.

`RTM_ACCEPT=1 pytest tests/language` writes the sentences into expected.txt; the diff is then read like any other.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

from rtm_gate.language.syntax.cut import Piece, cut
from rtm_gate.language.syntax.expected import key_of, keys, missing
from rtm_gate.language.syntax.parse import _parser, _places, parse
from rtm_gate.language.syntax.places import Place
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.model.diagnostic import Diagnostic
from tests.language.accepted import HERE

WORD = re.compile(r'"[^"\n]*"|[^\s{}(),"]+|[{}(),]')
ACCEPTED = HERE / "expected.txt"
STRANGE = "§"
"""A sign that belongs nowhere."""
ALL_STATES = _places().every()


def test_every_state_of_the_parser_has_a_phrase() -> None:
    inside: Any = _parser().parser
    assert len(ALL_STATES) == len(inside.parser._parse_table.states)
    lacking = sorted({step for place in ALL_STATES for step in missing(place)})
    assert lacking == [], "write what comes next into grammar/expected.toml: " + ", ".join(f"{step.rule}: {step.said}" for step in lacking)


def test_every_phrase_belongs_to_a_state() -> None:
    used = {key_of(step) for place in ALL_STATES for step in place.steps}
    assert sorted(keys() - used) == []


@cache
def broken_off() -> dict[tuple[Place, ...], tuple[str, Diagnostic]]:
    """Each item of whole.rtm, broken off after each of its words by a strange sign: the first complaint of each place."""
    whole = SourceText.of("whole.rtm", (HERE / "whole.rtm").read_text(encoding="utf-8"))
    found: dict[tuple[Place, ...], tuple[str, Diagnostic]] = {}
    for piece in cut(whole).pieces:
        text = whole.text[piece.start : piece.end]
        for word in WORD.finditer(text):
            said = text[: word.end()]
            if said == text:
                continue
            answer = parse(SourceText.of("t.rtm", f"{said} {STRANGE}"), Piece(piece.word, 0, len(said) + 2))
            assert isinstance(answer, Diagnostic), said
            types = [token.type for token in _parser().parse_interactive(said).exhaust_lexer()]
            found.setdefault(tuple(_places().open(types)), (said, answer))
    return found


def test_the_sentences_are_the_accepted_ones() -> None:
    rows: dict[Place, str] = {}
    for places, (said, answer) in broken_off().items():
        rows.setdefault(places[0], " ".join(said.split()[-4:]) + f" {STRANGE}\n    {answer.label}\n" + "".join(f"    {line}\n" for line in answer.help))
    if os.environ.get("RTM_ACCEPT"):
        ACCEPTED.write_text("\n".join(rows.values()), encoding="utf-8")
    assert ACCEPTED.read_text(encoding="utf-8") == "\n".join(rows.values())


def test_every_phrase_is_said_somewhere() -> None:
    reached = {key_of(step) for places in broken_off() for place in places for step in place.steps}
    never = {("next", "")}  # an item is cut at its first word, so that nothing is parsed without one
    assert sorted(keys() - reached - never) == []


def test_a_sentence_is_in_the_house_style() -> None:
    for said, answer in broken_off().values():
        assert answer.code == "RTM106"
        assert answer.message == f"`{STRANGE}` does not belong here"
        assert answer.at.column == len(said.rpartition("\n")[2]) + 2
        for line in (answer.label, *answer.help):
            assert line
            assert not line.endswith(".")
            assert line[0].islower() or line[0] in "`´", line
            assert line.count("`") % 2 == 0, line
            assert not re.search(r"\b(token|terminal|EOF|NAME|STRING|INT)\b", line), line
