"""What colours a policy: the table of words has the grammar's words, and the lexer loses nothing and stumbles over nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lark import Lark
from pygments.token import Comment, Error, Keyword, Literal, Name, Number, Operator, String, Whitespace, _TokenType

from rtm_gate import resources
from rtm_gate.language import load
from rtm_gate.language.colours.keywords import KEYWORDS
from rtm_gate.language.colours.lexer import PolicyLexer

ROOT = Path(__file__).parents[2]
TABLE = "rtm_gate/language/colours/keywords.py"
FILES = [*sorted((ROOT / "policies").rglob("*.rtm")), *sorted((ROOT / "tests" / "language").rglob("*.rtm"))]
CLASSED = {word for row in KEYWORDS.values() for word in row}


def grammar_words() -> set[str]:
    """The words the grammar spells out: its keywords, and the alternatives of word patterns such as UNIT."""
    found: set[str] = set()
    for terminal in Lark(resources.read_text("grammar", "policy.lark"), parser="lalr").terminals:
        pattern = str(terminal.pattern.value)
        if terminal.pattern.type == "str":
            found |= {pattern} if re.match(r"[a-z]", pattern) else set()
        elif re.fullmatch(r"[a-z|()?:]+", pattern.removesuffix(r"\b")):
            stems = re.findall(r"[a-z]+", pattern.removesuffix(r"\b"))
            found |= {word for stem in stems for word in (stem, stem + "s", stem.removesuffix("s")) if re.fullmatch(pattern, word)}
    return found


# ---- the table -------------------------------------------------------------------------------------------------------


def test_every_word_of_the_grammar_has_a_class() -> None:
    missing = sorted(grammar_words() - CLASSED)
    assert not missing, f"{', '.join(missing)}: put each into a row of {TABLE}"


def test_every_word_of_the_table_is_in_the_grammar() -> None:
    gone = sorted(CLASSED - grammar_words())
    assert not gone, f"{', '.join(gone)}: the grammar has no such word; take it out of {TABLE} (or of BLOCKS in rtm_gate/language/syntax/words.py)"


def test_a_word_has_one_class() -> None:
    """Inside a block, that is; `day` is a unit only after a number."""
    rows: Mapping[str, set[str]] = {kind: set(row) for kind, row in KEYWORDS.items() if kind not in ("block", "unit")}
    assert sum(len(KEYWORDS[kind]) for kind in rows) == len(set().union(*rows.values()))


# ---- the lexer -------------------------------------------------------------------------------------------------------


def lexed(text: str) -> list[tuple[_TokenType, str]]:
    return [(kind, value) for _, kind, value in PolicyLexer().get_tokens_unprocessed(text)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_nothing_is_lost_and_no_sound_policy_has_an_error(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    tokens = lexed(text)
    assert "".join(value for _, value in tokens) == text
    if load(file).policy is not None:
        assert [value for kind, value in tokens if kind is Error] == []


WORDS = st.sampled_from(
    [*sorted(CLASSED), '"', "{", "}", "\\", "#", "{x}", "a.b", "24", "3x", "20%", "US-NY", "2026-01-05T12:00Z", "\n", "\r\n", " ", "\t", "ß"]
)


@given(st.text() | st.lists(WORDS).map("".join) | st.lists(WORDS).map(" ".join))
@example('rule "a\\')
@example("}}}{ rule")
def test_nothing_is_lost_of_any_text(text: str) -> None:
    assert "".join(value for _, value in lexed(text)) == text


@pytest.mark.parametrize(
    ("text", "spelled", "kind"),
    [
        ("rule late {", "rule", Keyword.Declaration),
        ("rule late {", "late", Name.Class),
        ("shadow rule late {", "shadow", Keyword.Declaration),
        ("shadow rule late {", "rule", Keyword.Declaration),
        ("topic tragedy.crash {", "tragedy.crash", Name.Class),
        ('switch off late because "b"', "off", Keyword),
        ('switch off late because "b"', "late", Name.Class),
        ('set quiet to 3 days because "b"', "quiet", Name.Class),
        ("setting test 2 hours", "test", Name.Class),
        ("rule a { when topic is war }", "topic", Name),
        ("rule a { when topic is war }", "when", Keyword),
        ("rule a { when topic is war }", "is", Operator.Word),
        ("rule a { when draft.kind is war }", "draft.kind", Name.Attribute),
        ("rule a { then no-go }", "no-go", Keyword.Type),
        ("rule a { then hold for two }", "hold", Keyword.Type),
        ("rule a { when age over 24 hours }", "24", Number),
        ("rule a { when age over 24 hours }", "hours", Keyword.Constant),
        ("calendar a { day b", "day", Keyword),
        ("rule a { when value over 20% }", "20%", Number.Float),
        ("rule a { when value over 3x }", "3x", Number.Float),
        ("test { at 2026-01-05T12:00Z }", "2026-01-05T12:00Z", Literal.Date),
        ("policy { audience US-NY }", "US-NY", Name.Constant),
        ("rule a {} # why", "# why", Comment.Single),
        ('template a { copy "{weather}? \\" #Yum" }', "{weather}", String.Interpol),
        ('template a { copy "{weather}? \\" #Yum" }', '\\"', String.Escape),
        ('template a { copy "{weather}? \\" #Yum" }', "#Yum", String.Symbol),
        ('rule a { because "open\n then hold }', "then", Keyword),
        ("rule a { holdfor }", "holdfor", Name),
        ("rule A {", "A", Error),
    ],
)
def test_a_token(text: str, spelled: str, kind: _TokenType) -> None:
    assert (kind, spelled) in lexed(text)
    assert Whitespace in {found for found, _ in lexed(text)}


def test_pygments_finds_it_by_its_entry_point() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["pygments.lexers"]
    module, _, name = declared["rtm"].partition(":")
    assert getattr(import_module(module), name) is PolicyLexer
    assert (PolicyLexer.aliases, PolicyLexer.filenames) == (["rtm"], ["*.rtm"])


def test_it_is_imported_without_the_machinery() -> None:
    """Pygments imports every lexer it is told of: that must not cost what reading a policy costs."""
    program = f"import sys, {PolicyLexer.__module__}; print(sorted({{'lark', 'spacy', 'pydantic', 'durable'}} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
