"""The canonical layout: policies before and after, side by side; and what holds for every policy and every layout it was found in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.language.layout import formatted
from rtm_gate.language.layout.atoms import atoms
from rtm_gate.language.layout.columns import WIDTH
from rtm_gate.language.syntax.cut import cut
from rtm_gate.language.syntax.text import SourceText
from tests.language.accepted import HERE, compare_beside
from tests.pages import BY_HAND, README, samples

ROOT = HERE.parent.parent
BEFORE = sorted((HERE / "layout" / "before").glob("*.rtm"))
OURS = sorted(file for folder in ("policies", "examples") for file in (ROOT / folder).rglob("*.rtm"))
POLICIES = sorted([*OURS, *(HERE / "good").glob("*.rtm"), *(HERE / "lowered").glob("*.rtm")])
SHOWING = [page for page in (README, *BY_HAND) if samples(page, "rtm")]


def laid_out(text: str) -> str:
    done = formatted(text, "a.rtm")
    assert done.text is not None, done.diagnostics
    return done.text


def said(text: str) -> list[str]:
    """The words, strings, signs and comments of a text in order, each comment with whether it has a line of its own."""
    found: list[str] = []
    for atom in atoms(text.removeprefix("\ufeff").replace("\r\n", "\n")):
        found += [f"own line: {comment.text}" for comment in atom.before]
        found += [atom.text, f"behind: {atom.after}"]
    return found


def canonical(text: str) -> str:
    """What a policy's digest is made of."""
    return cut(SourceText.of("a.rtm", text.removeprefix("\ufeff").replace("\r\n", "\n"))).canonical


def assert_well_laid_out(before: str, after: str) -> None:
    assert said(after) == said(before)
    assert canonical(after) == canonical(before)
    assert laid_out(after) == after
    lines = after.split("\n")
    assert lines[-1] == ""
    assert [line for line in lines if line != line.rstrip()] == []
    assert not re.search(r"\n\n\n|\{\n\n|\n\n *\}|\A\n|[^\n]\n\n\Z", after)


# ---- side by side -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", BEFORE, ids=lambda path: path.stem)
def test_before_and_after(path: Path) -> None:
    before = path.read_bytes().decode()
    after = laid_out(before)
    compare_beside(path.parent.parent / "after" / path.name, after)
    assert_well_laid_out(before, after)


@pytest.mark.parametrize("path", BEFORE, ids=lambda path: path.stem)
def test_only_what_cannot_be_broken_is_too_long(path: Path) -> None:
    """A string, a comment, a row that ends in a string."""
    for line in laid_out(path.read_bytes().decode()).split("\n"):
        code = line.partition("  #")[0]
        assert len(code) <= WIDTH or re.search(r'"[^"]{40,}"', code), line


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_policy_here_can_be_laid_out(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    assert_well_laid_out(before, laid_out(before))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_policies_are_laid_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert laid_out(text) == text


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_the_policies_on_our_pages_are_laid_out(page: Path) -> None:
    shown = [sample.text for sample in samples(page, "rtm")]
    assert [laid_out(text) for text in shown] == shown


def test_what_cannot_be_read_is_left_alone() -> None:
    done = formatted('tier a { needs 1 manager }\nrule b "B" { when draft is planned then }\nrul c "C" { }\n', "a.rtm")
    assert done.text is None
    assert [(diagnostic.code, diagnostic.at.line) for diagnostic in done.diagnostics] == [("RTM106", 2), ("RTM101", 3)]


@pytest.mark.parametrize("text", ["", "\n\n \t\n", "\ufeff"])
def test_nothing_stays_nothing(text: str) -> None:
    assert laid_out(text) == ""


def test_a_word_may_touch_a_percentage() -> None:
    assert (
        laid_out('rule a "A"{when draft.share over 24%and draft.queued then warn}') == 'rule a "A" { when draft.share over 24% and draft.queued  then warn }\n'
    )


# ---- every layout -------------------------------------------------------------------------------------------------------


def items() -> list[str]:
    """The items of the policies here, without their comments."""
    found: list[str] = []
    for path in (*BEFORE, *POLICIES):
        text = laid_out(path.read_bytes().decode())
        found += [" ".join(words(text[piece.start : piece.end])) for piece in cut(SourceText.of("a.rtm", text)).pieces]
    return sorted(set(found))


def words(text: str) -> list[str]:
    return [atom.text for atom in atoms(text) if atom.text]


ITEMS = items()
SPACES = st.sampled_from([" ", "  ", "\t", "\n", "\r\n", "\n\n", "\n \n\t\n  "])
COMMENTS = st.sampled_from(["# a", "#b", "# a comment that is long enough to matter for what fits on a line, and then some more of it", '# "', "# { }"])


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """Some items, with any white space between their words, and comments at any place."""
    row = words(" ".join(draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3))))
    often = draw(st.sampled_from([0, 1, 3, 10]))
    text = draw(st.sampled_from(["", "\ufeff", "\n\n"]))
    for left, right in zip(["", *row], row, strict=False):
        between = draw(SPACES) if _apart(left, right) or draw(st.booleans()) else ""
        if often and draw(st.integers(0, 30)) < often:
            between += draw(COMMENTS) + draw(st.sampled_from(["\n", "\n\n", "\n  # again\n"]))
        text += between + right
    return text + draw(st.sampled_from(["", "\n", " # at the end", "\n\n# at the end"]))


def _apart(left: str, right: str) -> bool:
    """Whether two words need white space between them."""
    return left[-1:] not in ("", *'{}(),"') and right[0] not in '{}(),"'


@given(layouts())
def test_any_layout_can_be_laid_out(text: str) -> None:
    assert_well_laid_out(text, laid_out(text))


@given(st.data())
def test_there_is_one_layout(data: st.DataObject) -> None:
    """But for comments, blank lines and the line broken behind a brace it does not matter how a policy was laid out."""
    text = " ".join(data.draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3)))
    breaks = data.draw(st.lists(st.booleans(), min_size=60, max_size=60))
    first, second = (_respaced(text, breaks, data.draw(st.lists(st.sampled_from([" ", "\n", "\t \n"]), min_size=40, max_size=40))) for _ in range(2))
    assert laid_out(first) == laid_out(second)


def _respaced(text: str, breaks: list[bool], spaces: list[str]) -> str:
    found, braces = "", 0
    row = words(text)
    for number, (left, right) in enumerate(zip(["", *row], row, strict=False)):
        space = spaces[number % len(spaces)]
        if left == "{":
            space = "\n" if breaks[braces % len(breaks)] else " "
            braces += 1
        found += space + right
    return found
