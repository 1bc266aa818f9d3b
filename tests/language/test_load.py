"""Loading: files, includes, texts that are no policy, and what the digest rests on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rtm_gate.language import Loaded, load, load_text, render
from rtm_gate.language.syntax.cut import cut
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.language.syntax.words import BLOCKS
from tests.language.accepted import HERE, policies

SMALL = 'policy "Small" { language 1  audience US }\nrule a "A" { when draft is planned  then warn }\n'
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = [path.read_text(encoding="utf-8") for folder in ("good", "bad", "lowered") for path in policies(folder)]
WORDS = sorted({word for seed in SEEDS for word in seed.split()} | {"(", ")", "{", "}", '"', "#", "\0", "é", "999999999999", "2026-02-30T99:99Z", "not"})


SYNTAX = {f"RTM1{n:02}" for n in range(1, 10)}
"""Codes of what could not be read at all."""


def _sound(loaded: Loaded) -> None:
    """A policy or errors, every diagnostic placed, ordered and printable."""
    assert (loaded.policy is None) == any(diagnostic.level == "error" for diagnostic in loaded.diagnostics)
    assert list(loaded.diagnostics) == sorted(loaded.diagnostics, key=lambda d: (d.at, d.code, d.message))
    for diagnostic in loaded.diagnostics:
        assert diagnostic.code.startswith("RTM")
        assert not diagnostic.message.endswith(".")
        assert render(diagnostic, loaded.sources)


@SOME
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["cut", "put", "swap"]), st.sampled_from(WORDS)), max_size=8))
def test_a_spoilt_policy_is_answered_never_thrown_at(seed: str, edits: list[tuple[float, str, str]]) -> None:
    words = seed.split(" ")
    for where, what, word in edits:
        at = min(int(where * len(words)), len(words) - 1)
        if what == "cut" and len(words) > 1:
            del words[at]
        elif what == "put":
            words.insert(at, word)
        else:
            words[at] = word
    _sound(load_text(" ".join(words), "spoilt.rtm"))


@SOME
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    _sound(load_text(text, "any.rtm"))
    _sound(load_text(SMALL + text, "any.rtm"))


@SOME
@given(data=st.binary(max_size=200))
def test_any_bytes_are_answered(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.rtm"
    path.write_bytes(data)
    _sound(load(path))


@pytest.mark.parametrize(
    "text",
    [
        SMALL + 'rule deep "D" { when ' + "(" * 3000 + "draft is planned" + ")" * 3000 + " then warn }",
        SMALL + 'rule deep "D" { when ' + "not " * 3000 + "draft is planned then warn }",
        SMALL + 'rule long "L" { when ' + " and ".join(["draft is planned"] * 2000) + " then warn }",
        SMALL + 'rule list "L" { when draft.platform is one of ' + ", ".join(f"p{n}" for n in range(3000)) + " then warn }",
        SMALL + "rule open " + "{" * 3000,
        "}" * 3000,
        '"' * 3001,
        SMALL * 50,
    ],
    ids=["brackets", "nots", "chain", "list", "braces", "closing", "quotes", "many times"],
)
def test_too_much_is_an_error(text: str) -> None:
    loaded = load_text(text, "much.rtm")
    _sound(loaded)
    assert loaded.policy is None


def test_a_file_that_is_not_there() -> None:
    (only,) = load(Path("nowhere/standard.rtm")).diagnostics
    assert only.message == "`nowhere/standard.rtm` is not there"


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.rtm"
    path.write_bytes(SMALL.encode() + b'# caf\xe9 \n"')
    (only,) = load(path).diagnostics
    assert only.message.endswith("is not UTF-8 text (line 3)")


def test_a_huge_file(tmp_path: Path) -> None:
    path = tmp_path / "huge.rtm"
    path.write_text("# " + "x" * 2_000_001, encoding="utf-8")
    assert "larger than 2 MB" in load(path).diagnostics[0].message


def test_a_folder_stands_for_its_standard_policy_and_names_do_not_depend_on_where_it_is_read_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "policies"
    (folder / "packs").mkdir(parents=True)
    (folder / "standard.rtm").write_text(SMALL + 'include "packs/more.rtm"\n', encoding="utf-8")
    (folder / "packs" / "more.rtm").write_text('rule b "B" { when draft is planned  then warn }\n', encoding="utf-8")
    above = load(folder).policy
    monkeypatch.chdir(folder)
    inside = load(Path("standard.rtm")).policy
    assert above is not None
    assert above == inside
    assert above.files == ("policies/standard.rtm", "policies/packs/more.rtm")
    assert above.blocks["b"].at.file == "policies/packs/more.rtm"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.rtm"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    policy, plain = load(path).policy, load_text(SMALL, "w.rtm").policy
    assert policy is not None
    assert plain is not None
    assert policy.digest == plain.digest
    assert policy.rules == plain.rules


def test_a_text_cannot_include() -> None:
    (only,) = load_text(SMALL + 'include "more.rtm"', "t.rtm").diagnostics
    assert only.code == "RTM122"


def test_the_digest_rests_on_what_is_said_not_on_how_it_looks() -> None:
    plain, moved = load_text(SMALL, "a.rtm").policy, load_text("# why\n" + SMALL.replace("  ", "\n\n   "), "b.rtm").policy
    other = load_text(SMALL.replace("planned", "reactive"), "a.rtm").policy
    assert plain is not None
    assert moved is not None
    assert other is not None
    assert plain.digest == moved.digest
    assert plain.digest != other.digest
    assert plain.digest.startswith("sha256:")


def test_a_fault_in_one_block_leaves_the_others_judged() -> None:
    text = SMALL + 'rule bad "B" { when draft is  }\nrule c "C" { when draft.platfrom is x  then warn }\ntest "t" { draft { text "a" }  expect go from bad }\n'
    codes = [(diagnostic.code, diagnostic.at.line) for diagnostic in load_text(text, "t.rtm").diagnostics]
    assert codes == [("RTM106", 3), ("RTM204", 4)]


def _blocks(text: str) -> list[tuple[int, int]]:
    """First and last line of each item, counted from 1."""
    source = SourceText.of("b.rtm", text)
    places = [source.at(piece.start, piece.end) for piece in cut(source).pieces]
    return [(at.line, at.end_line) for at in places]


WHOLE = (HERE / "good" / "example.rtm").read_text(encoding="utf-8").partition("# ---")[0]
INNER = [*sorted(set(WHOLE.split()) - {"{", "}", *BLOCKS}), "§", "?", "24hours", "Capital", "or"]


@SOME
@given(data=st.data())
def test_a_fault_in_a_block_is_reported_there_and_nowhere_else(data: st.DataObject) -> None:
    """And its name is not missed by the others. Words that begin a block and braces move the borders, so they stay; so does the name itself."""
    first, last = data.draw(st.sampled_from(_blocks(WHOLE)[1:]))
    lines = WHOLE.split("\n")
    row = data.draw(st.integers(first - 1, last - 1))
    words = list(re.finditer(r'"[^"]*"|[^\s{}()",]+', lines[row].partition(" #")[0]))
    assume(words)
    spot = data.draw(st.sampled_from(words))
    assume(spot.group() not in BLOCKS)
    assume(words[max(0, words.index(spot) - 1)].group() not in BLOCKS)
    wrong = data.draw(st.sampled_from(INNER))
    assume(not wrong.startswith('"') or (wrong.endswith('"') and len(wrong) > 1))
    lines[row] = lines[row][: spot.start()] + wrong + lines[row][spot.end() :]
    loaded = load_text("\n".join(lines), "w.rtm")
    faults = [d for d in loaded.diagnostics if d.code in SYNTAX]
    assume(faults)
    assert {d.at.line for d in loaded.diagnostics if d.level == "error"} <= set(range(first, last + 1)), [render(d, loaded.sources) for d in loaded.diagnostics]


@pytest.mark.parametrize("wrong", ["tier Manager {", 'tier "manager" {', "tier manager [", "teir manager {"])
def test_a_name_that_was_plainly_meant_is_not_missed(wrong: str) -> None:
    text = SMALL + f'{wrong} needs 1 person }}\nrule b "B" {{ when draft is planned  then hold for manager  because "b" }}\n'
    assert {d.at.line for d in load_text(text, "w.rtm").diagnostics} == {3}


def test_every_file_of_the_folders_is_compared() -> None:
    assert {path.parent.name for path in HERE.glob("*/*.rtm")} == {"good", "bad", "lint", "lowered", "included", "acme"}
