"""How a diagnostic looks in a terminal, whatever stands in the source: carets below the right cells, nothing that moves the cursor."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rtm_gate.language.diagnostics.text import LONGEST, WIDEST, render, report
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.source import At


def shown(line: str, marked: str, label: str = "here") -> list[str]:
    """The rows of the excerpt, margins taken off: the line, the carets."""
    start = line.index(marked) + 1
    diagnostic = Diagnostic("RTM000", "error", "message", At("f.rtm", 1, start, 1, start + len(marked)), label)
    return [row[8:] for row in render(diagnostic, {"f.rtm": line}).split("\n")[2:]]


@pytest.mark.parametrize(
    ("line", "marked", "expected"),
    [
        ('rule a "A" { when x }', "x", ['rule a "A" { when x }', "                  ^ here"]),
        ("\t\twhen x", "x", ["        when x", "             ^ here"]),
        ("# 漢字 x", "x", ["# 漢字 x", "       ^ here"]),
        ("漢字", "字", ["漢字", "  ^^ here"]),
        ("# 🙂 x", "x", ["# 🙂 x", "     ^ here"]),
        ("# 👩\u200d👩\u200d👧 x", "x", ["# 👩\u200d👩\u200d👧 x", "     ^ here"]),
        ("cafe\u0301 x", "x", ["cafe\u0301 x", "     ^ here"]),
        ("a \x1b[31mx", "x", ["a ⟨U+001B⟩[31mx", "              ^ here"]),
        ("a \u202eb\u202c x", "x", ["a ⟨U+202E⟩b⟨U+202C⟩ x", "                    ^ here"]),
        ("a\rb x", "x", ["a⟨U+000D⟩b x", "           ^ here"]),
        ("a\u200bb", "\u200b", ["a⟨U+200B⟩b", " ^^^^^^^^ here"]),
    ],
    ids=["plain", "tabs", "wide", "wide and marked", "emoji", "joined emoji", "combining", "escape", "direction", "carriage return", "no width"],
)
def test_the_caret_stands_below_what_it_means(line: str, marked: str, expected: list[str]) -> None:
    assert shown(line, marked) == expected


def test_a_long_line_is_cut_around_the_place() -> None:
    row, carets = shown("a" * 5000 + " wrong " + "b" * 5000, "wrong")
    assert cell_len(row) <= WIDEST
    assert row.startswith("…aaa")
    assert row.endswith("bbb…")
    assert row[carets.index("^") :].startswith("wrong")
    assert carets.endswith("^^^^^ here")


def test_a_long_span_is_cut() -> None:
    row, carets = shown("x = " + "w" * 5000, "w" * 5000)
    assert cell_len(row) <= WIDEST
    assert carets == "    " + "^" * (WIDEST - 4) + " here"


def test_a_span_of_several_lines_says_where_it_ends() -> None:
    diagnostic = Diagnostic("RTM000", "warning", "message", At("f.rtm", 1, 3, 4, 2), "here", ("a line of help",))
    assert render(diagnostic, {"f.rtm": "a bcd  \n\n\n}"}) == "\n".join(
        [
            "warning RTM000: message",
            "  f.rtm:1:3",
            "    1 | a bcd",
            "      |   ^^^ here",
            "      | … to line 4",
            "  a line of help",
        ]
    )


def test_the_end_of_a_line_and_an_unknown_file_have_their_place() -> None:
    at_end = Diagnostic("RTM000", "error", "message", At("f.rtm", 1, 4, 1, 4), "here")
    assert render(at_end, {"f.rtm": "abc"}).split("\n")[2:] == ["    1 | abc", "      |    ^ here"]
    assert render(at_end, {}).split("\n")[2:] == ["      | here"]


ODD = st.sampled_from("\x1b\x00\x07\x9b\u202e\u2066\u2028\u200b\ufeff\r\t漢🙂e\u0301`")
HOSTILE = st.text(alphabet=st.one_of(ODD, st.characters(exclude_characters="\n")), max_size=80)


@given(HOSTILE, HOSTILE, st.data())
def test_nothing_moves_the_cursor_or_turns_a_line_around(line: str, name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(1, len(line) + 1))
    end = data.draw(st.integers(start, len(line) + 1))
    diagnostic = Diagnostic("RTM000", "error", f"`{name}` is wrong", At("f.rtm", 1, start, 1, end), name, (name,))
    for row in report([diagnostic], {"f.rtm": line}).split("\n"):
        assert cell_len(row) <= LONGEST + WIDEST
        assert not {unicodedata.category(char) for char in row if char not in "\u200c\u200d"} & {"Cc", "Cs", "Zl", "Zp"}
        assert not set(row) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def test_a_report_counts_and_ends() -> None:
    def wrong(line: int, level: str = "error") -> Diagnostic:
        return Diagnostic("RTM204", "error" if level == "error" else "warning", "message", At("f.rtm", line, 1, line, 2))

    sources = {"f.rtm": "x\n" * 500}
    assert report([], sources) == ""
    assert report([wrong(1)], sources).endswith("\n\n1 error    rtm-gate policy explain RTM204 says more")
    assert report([wrong(1), wrong(2), wrong(3, "warning")], sources).split("\n")[-1].startswith("2 errors, 1 warning ")
    long = report([wrong(line) for line in range(1, 400)], sources).split("\n")
    assert len(long) <= 196
    said = sum(row.startswith("error") for row in long)
    assert long[-3] == f"… and {399 - said} more"
    assert long[-1].startswith("399 errors ")
