"""A verdict for people: everything is said, and hostile text stays text."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from rtm_gate.model.draft import read_draft
from rtm_gate.model.verdict import Finding, Lifts, NewsSeen, PlaceInPolicy, PolicyName, ReadBy, SourceAge, Verdict
from rtm_gate.verdict.render import to_markdown, to_text
from rtm_gate.verdict.render.html import to_html

HOSTILE = "\x1b[2Jred\x1b[31m [click](http://evil.example) <script>alert(1)</script> ‮esrever *bold*"


def verdict(text: str, *spans: tuple[int, int]) -> Verdict:
    rows = tuple({"kind": "text", "field": "text", "start": a, "end": b, "text": text[a:b], "topic": "tragedy", "sense": "literal"} for a, b in spans)
    finding = Finding(
        rule="a_rule",
        effect="no-go",
        title=HOSTILE,
        because="Because it hurts.",
        fix="Take it out.",
        at=PlaceInPolicy(file="p.rtm", line=7, column=1),
        evidence=rows,
        lifts=Lifts(until="2026-03-11T11:00:00Z", missing=("1 manager",)),
    )
    return Verdict(
        id="v",
        verdict="no-go",
        headline="No.",
        draft_id="d",
        content_hash="sha256:0",
        evaluated_at="2026-03-10T12:00:00Z",
        valid_until=None,
        retry_after=None,
        policy=PolicyName(name=HOSTILE, digest="x"),
        news=NewsSeen(snapshot="s"),
        findings=(finding,),
    )


def in_terminal(text: str, *spans: tuple[int, int], width: int = 100) -> str:
    draft, _ = read_draft({"text": text, "platform": "x", "kind": "planned"})
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(to_text(verdict(text, *spans), draft))
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "spans", "carets"),
    [
        ("All near #Sandy, shop now!", ((9, 15), (17, 25)), "           ^^^^^^  ^^^^^^^^"),
        ("日本 quake sale", ((3, 8),), "       ^^^^^"),
        ("one\ntwo bad\nthree", ((8, 11),), "      ^^^"),
        ("🔥 fire", ((2, 6),), "     ^^^^"),
    ],
)
def test_words_are_marked_where_they_stand(text: str, spans: tuple[tuple[int, int], ...], carets: str) -> None:
    assert carets in in_terminal(text, *spans).splitlines()


def test_everything_a_reviewer_needs_is_said() -> None:
    shown = in_terminal("A bad word.", (2, 5))
    for words in ("NO-GO", "a_rule", "p.rtm:7", "Because it hurts.", "“bad”", "1 manager", "2026-03-11 11:00 UTC", "Take it out."):
        assert words in shown


def test_hostile_text_cannot_move_the_cursor_or_turn_the_line() -> None:
    shown = in_terminal(HOSTILE)
    assert "\x1b" not in shown
    assert "‮" not in shown


def test_hostile_text_cannot_become_markdown() -> None:
    draft, _ = read_draft({"text": HOSTILE + "\n# heading\n```\n![x](y)", "platform": "x", "kind": "planned", "id": "a`b"})
    shown = to_markdown(verdict(HOSTILE), draft)
    before, fenced, after = shown.split("````")
    assert "[click](http://evil.example)" in fenced
    for outside in (before, after):
        for hostile in ("[click](", "<script>", "http://evil", "*bold*", "# heading", "![x]"):
            assert hostile not in outside
    assert "\x1b" not in shown


def test_markdown_says_what_the_terminal_says() -> None:
    draft, _ = read_draft({"text": "A bad word.", "platform": "x", "kind": "planned"})
    sources = (SourceAge(name="wire", age_seconds=None, healthy=False, problem="the server sent a page"),)
    told = verdict("A bad word.", (2, 5)).model_copy(update={"warnings": ("a slip",), "news": NewsSeen(snapshot="s", sources=sources)})
    shown = to_markdown(told, draft)
    for words in ("NO\\-GO", "Because it hurts", "1 manager", "the server sent a page", "a slip", "Take it out"):
        assert words in shown.replace("NO-GO", "NO\\-GO")


def test_weights_are_named_only_where_they_are_not_the_shipped_ones() -> None:
    draft, _ = read_draft({"text": "A bad word.", "platform": "x", "kind": "planned"})
    for weights, shown in (("standard", ""), ("sha256:0123456789abcdef", "weights of your own")):
        out = io.StringIO()
        told = verdict("A bad word.").model_copy(update={"read_by": ReadBy(vocabulary="sha256:0", weights=weights)})
        Console(file=out, width=100, color_system=None).print(to_text(told, draft))
        for page in (out.getvalue(), to_markdown(told, draft), to_html(told, draft, {})):
            assert ("weights" in page, shown in page) == (bool(shown), True)
