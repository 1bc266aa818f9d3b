"""Pygments' view of a policy: `pygmentize -l rtm`, Sphinx, MkDocs, terminals. It colours, and judges nothing."""

from __future__ import annotations

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, include
from pygments.regexopt import regex_opt
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, Punctuation, String, Whitespace, _TokenType

from rtm_gate.language.colours.keywords import KEYWORDS

_DOTTED = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"


def _one_of(kind: str) -> str:
    """A pattern of one group, any word of the class with no letter after it."""
    return str(regex_opt(KEYWORDS[kind], suffix=r"(?![A-Za-z0-9_])"))


def _groups(*kinds: _TokenType | None) -> Any:
    """A token for each group of a pattern; None for one that only looks ahead."""
    return bygroups(*kinds)  # type: ignore[no-untyped-call]


class PolicyLexer(RegexLexer):
    """Names that are also words of the language are told from them by place only as far as an item's own name goes."""

    name = "rtm policy"
    aliases: ClassVar = ["rtm"]
    filenames: ClassVar = ["*.rtm"]
    mimetypes: ClassVar = ["text/x-rtm"]

    tokens: ClassVar = {
        "root": [
            (rf"(shadow)(\s+)(?={_one_of('block')})", _groups(Keyword.Declaration, Whitespace, None)),
            # `switch off NAME` is the one item whose name is not its second word.
            (rf"(switch)(\s+)(off)(\s+)({_DOTTED})", _groups(Keyword.Declaration, Whitespace, Keyword, Whitespace, Name.Class)),
            (rf"{_one_of('block')}(\s+)({_DOTTED})", _groups(Keyword.Declaration, Whitespace, Name.Class)),
            (_one_of("block"), Keyword.Declaration),
            (r"\{", Punctuation, "block"),
            include("inside"),
        ],
        "block": [
            (r"\{", Punctuation, "#push"),
            (r"\}", Punctuation, "#pop"),
            include("inside"),
        ],
        "inside": [
            (r"\s+", Whitespace),
            (r"#[^\n]*", Comment.Single),
            (r'"', String.Double, "string"),
            (r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?", Literal.Date),
            (r"\d+(?:\.\d+)?(?:%|x\b)", Number.Float),
            (rf"(\d+(?:\.\d+)?)(\s+){_one_of('unit')}", _groups(Number, Whitespace, Keyword.Constant)),
            (r"\d+\.\d+", Number.Float),
            (r"\d+", Number.Integer),
            (r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?\b", Name.Constant),
            (r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+", Name.Attribute),
            # Effects first, so that `no-go` is not `no`.
            (_one_of("effect"), Keyword.Type),
            (_one_of("clause"), Keyword),
            (_one_of("operator"), Operator.Word),
            (_one_of("value"), Keyword.Constant),
            (_DOTTED, Name),
            (r"[{}(),]", Punctuation),
        ],
        "string": [
            (r'"', String.Double, "#pop"),
            (r"\\.", String.Escape),
            (r"\{[a-z][a-z0-9_]*\}", String.Interpol),
            (r"#\*?\w+\*?", String.Symbol),
            (r'[^"\\\n{#]+', String.Double),
            (r"[\\{#]", String.Double),
            # A text ends on its line, closed or not.
            (r"\n", Whitespace, "#pop"),
        ],
    }
