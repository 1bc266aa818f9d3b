"""The page: everything a reviewer needs is on it, words are marked where they stand, and hostile text stays text."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.draft import Draft
from rtm_gate.model.source import At
from rtm_gate.model.verdict import PolicyName, Verdict
from rtm_gate.verdict.render.html import to_html
from rtm_gate.verdict.render.marks import Mark, runs
from rtm_gate.verdict.render.safe import safe, web_address
from rtm_gate.verdict.render.source import LONGEST, coloured, excerpt
from tests.verdict.pages import Page, full, page_of, words_at

BLOCK = 'rule first "A <b>title</b>" {\n\twhen draft.sells  # why\n  then no-go\n}'
POLICY = f"# heading\n\n{BLOCK}\n\nrule other {{ }}\n"


def plain() -> tuple[Verdict, Draft]:
    return full("something said", "All near #Sandy, shop now!", ((9, 15), (17, 25)))


# ---- words are marked where they stand ----------------------------------------------------------------------------------


def marked(text: str, *spans: tuple[int, int]) -> str:
    """`[words](1)`: in brackets what is marked, in parentheses the findings whose mark ends there."""
    marks = [Mark(a, b, str(n), "", "hold") for n, (a, b) in enumerate(spans, start=1)]
    found = ""
    for run in runs(text, marks):
        found += f"[{run.text}]" if run.weight else run.text
        found += f"({','.join(mark.ref for mark in run.ending)})" if run.ending else ""
    return found


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        ("a bad word", ((2, 5),), "a [bad](1) word"),
        ("a bad word", (), "a bad word"),
        ("a bad word", ((0, 5), (2, 10)), "[a ][bad](1)[ word](2)"),
        ("a bad word", ((0, 10), (2, 5)), "[a ][bad](2)[ word](1)"),
        ("a bad word", ((2, 5), (2, 5)), "a [bad](1,2) word"),
        ("a bad word", ((2, 5), (5, 10)), "a [bad](1)[ word](2)"),
        ("日本 🔥 fire", ((3, 4), (5, 9)), "日本 [🔥](1) [fire](2)"),
        ("short", ((2, 99), (7, 9), (3, 3), (-1, 2)), "sh[ort](1)"),
        ("", ((0, 1),), ""),
    ],
)
def test_marks(text: str, spans: tuple[tuple[int, int], ...], shown: str) -> None:
    assert marked(text, *spans) == shown


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-2, 33), st.integers(-2, 33)), max_size=6))
def test_marking_never_changes_a_text(text: str, spans: list[tuple[int, int]]) -> None:
    found = runs(text, [Mark(a, b, str(n), "", "hold") for n, (a, b) in enumerate(spans)])
    assert "".join(run.text for run in found) == text
    inside = {n for a, b in spans if 0 <= a < b for n in range(a, min(b, len(text)))}
    assert [bool(run.weight) for run in found for _ in run.text] == [n in inside for n in range(len(text))]


def test_each_kind_of_field_is_marked() -> None:
    verdict, _ = plain()
    text = ["One crash.", "Two crash."]
    draft = Draft.model_validate({"text": text, "platform": "x", "kind": "planned", "media": [{"alt": "A crash."}], "links": ["https://a.example/crash"]})
    fields = {"text[1]": (4, 9), "media[0].alt": (2, 7), "links[0]": (18, 23)}
    rows = tuple(row for field, span in fields.items() for row in words_at(draft.pieces[field], span, field=field))
    found = verdict.model_copy(update={"findings": (verdict.findings[0].model_copy(update={"evidence": rows}),), "suppressed": ()})
    html = to_html(found, draft, {})
    assert re.findall(r"(\w+ ?|/)<mark[^>]*>([^<]*)</mark>", html) == [("Two ", "crash"), ("A ", "crash"), ("/", "crash")]
    assert "in part 2" in Page.of(html).words


# ---- everything is said -------------------------------------------------------------------------------------------------


def test_everything_a_reviewer_needs_is_said() -> None:
    page = page_of(*plain(), first=excerpt(At("p.rtm", 3, 1, 6, 2), POLICY))
    for words in (
        "NO-GO something said",
        "Do not post this.",
        "x · planned · promotional",
        "Ohio (US-OH)",
        "10 Mar 2026, 12:00 UTC",
        "something said 01234567",
        "1 ✖\ufe0e no-go something said",
        "“#Sandy” tragedy · literal",
        "in description of medium 1",
        "superseded: another finding stands for it",
        "lifted: what it asks for is there",
        "shadow: on trial",
        "area, since it is not known",
        "Until 11 Mar 2026, 11:00 UTC",
        "Sign-off manager",
        "p.rtm:3",
        'rule first "A <b>title</b>" {',
        "updated 2 hours ago",
        "touches the draft by words and region",
        "wire.example",
        "and 2 more stories",
        "manager still needs something said",
        "legal complete",
        "by the draft’s own word",
        "could be violence",
        "10 minutes before",
        "not usable: something said",
        "total 2.1 ms",
    ):
        assert words in page.words, words


@pytest.mark.parametrize(
    ("changes", "lease"),
    [
        ({"verdict": "go", "findings": (), "valid_until": "2026-03-10T12:10:00Z"}, "Free to go until 10 Mar 2026, 12:10 UTC"),
        ({"verdict": "hold", "retry_after": "2026-03-11T11:00:00Z"}, "Ask again after 11 Mar 2026, 11:00 UTC"),
        ({"verdict": "hold"}, "The findings say what ends the hold"),
    ],
)
def test_what_to_do_follows_the_headline(changes: dict[str, object], lease: str) -> None:
    verdict, draft = plain()
    words = page_of(verdict.model_copy(update=changes), draft).words
    assert lease in words
    assert words.index(lease) < words.index("The draft")


def test_a_verdict_with_nothing_in_it_has_a_page() -> None:
    verdict, draft = plain()
    nothing = {
        name: Verdict.model_fields[name].get_default() for name in ("findings", "suppressed", "inferred", "warnings", "not_evaluated", "approvals", "to_go")
    }
    empty = verdict.model_copy(update=nothing | {"verdict": "hold", "draft_id": "", "policy": PolicyName(name="p.rtm", digest=""), "timings_ms": {}})
    page = page_of(empty, draft)
    assert [attributes["id"] for attributes in page.tagged("h2") if "id" in attributes] == ["draft", "way", "findings"]
    assert "No rule objects." in page.words
    assert "none: it did not load" in page.words


def test_a_situation_is_told_once() -> None:
    page = page_of(*plain())
    assert [attributes["id"] for attributes in page.tagged("div") if attributes.get("class") == "news"] == ["news-1"]
    assert [a["href"] for a in page.tagged("a")].count("#news-1") == 3


def test_an_excerpt_is_the_block_and_bounded() -> None:
    assert excerpt(At("p.rtm", 3, 1, 6, 2), POLICY).lines == tuple(BLOCK.expandtabs(4).split("\n"))
    long = excerpt(At("p.rtm", 2, 1, 101, 1), "line\r\n" * 200)
    assert (long.first, len(long.lines), long.left_out) == (2, LONGEST, 100 - LONGEST)
    assert set(long.lines) == {"line"}
    assert excerpt(At("p.rtm", 9, 1, 9, 2), "one line").lines == ()


def test_colours_keep_every_character() -> None:
    shown = excerpt(At("p.rtm", 1, 1, 7, 2), POLICY)
    assert ["".join(text for _, text in line) for line in coloured(shown)] == list(shown.lines)


# ---- a sound document ---------------------------------------------------------------------------------------------------


def test_structure() -> None:
    page = page_of(*plain(), first=excerpt(At("p.rtm", 3, 1, 6, 2), POLICY))
    assert page.tagged("html") == [{"lang": "en"}]
    assert [len(page.tagged(tag)) for tag in ("h1", "header", "main", "footer")] == [1, 1, 1, 1]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    within = {a["href"][1:] for a in page.tagged("a") if a["href"].startswith("#")} | {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert within <= set(ids)
    assert page.tagged("a")[0] == {"class": "skip", "href": "#findings"}


def test_it_needs_nothing_else() -> None:
    page = page_of(*plain())
    policy = next(meta["content"] for meta in page.tagged("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    sheet = b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{sheet}'; img-src data:; base-uri 'none'; form-action 'none'"
    assert not {tag for tag, _ in page.elements} & {"script", "img", "iframe", "object", "form", "base"}
    assert not {name for _, attributes in page.elements for name in attributes} & {"src", "srcset", "style", "action"}
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_a_language_is_said_where_it_is_one() -> None:
    verdict, draft = plain()
    for language, shown in (("de", ["de"]), ("pt-BR", ["pt-BR"]), ("", []), ('de" onclick="x', []), ("German", [])):
        page = page_of(verdict, draft.model_copy(update={"language": language}))
        assert [attributes["lang"] for attributes in page.tagged("blockquote")[:1] if "lang" in attributes] == shown


# ---- hostile text stays text --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://wire.example/a?b=c&d", True),
        ("http://wire.example", True),
        ("HTTPS://wire.example/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//wire.example", False),
        ("https:///path", False),
        ("https://wire.example/a b", False),
        ("https://wire.example/\u202egpj.exe", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url: str, opens: bool) -> None:
    assert web_address(url) == (url if opens else "")
    verdict, draft = full("said", "text", url=url)
    outside = [a for a in page_of(verdict, draft).tagged("a") if not a["href"].startswith("#")]
    assert [a["href"] for a in outside] == [url] * 6 * opens
    assert all("noopener" in a["rel"] for a in outside)


NASTY = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "'><svg/onload=alert(1)>", "</blockquote></main>",
    "</style>", "<!--", "-->", "]]>", "&lt;b&gt;", "&#60;b&#62;", "{{ 7*7 }}", "{% raw %}", "<a href='http://evil.example'>", "javascript:alert(1)",
    "\x00", "\x1b[2J", "\u202eesrever", "\u2066", "\u200b", "\ufeff", "\r\n", "\t", "`", "\\", "👨‍👩‍👧", "日本",
)  # fmt: skip
HOSTILE = st.lists(st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), min_size=1, max_size=5).map("".join)


@given(said=HOSTILE, text=HOSTILE, cuts=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=3))
def test_nothing_said_becomes_an_element_or_an_attribute(said: str, text: str, cuts: list[tuple[int, int]]) -> None:
    text = "x" + text
    spans = tuple((start % len(text), min(start % len(text) + length, len(text))) for start, length in cuts)
    page = page_of(*full("x" + said, text, spans))
    harmless = page_of(*full("plain", "p" * len(text), spans))
    assert page.elements == harmless.elements
    assert page.texts[0] == safe(text)
    assert page.texts[1] == safe("x" + said)


@given(HOSTILE)
def test_no_hidden_character_reaches_the_page(said: str) -> None:
    html = to_html(*full("x" + said, "x" + said), {})
    assert safe(html) == html


def test_an_excerpt_is_text_too() -> None:
    hostile = 'rule first "</code><script>alert(1)</script>" {\n\u202e}'
    html = to_html(*plain(), {"first": excerpt(At("p.rtm", 1, 1, 2, 2), hostile)})
    assert "<script" not in html
    assert "\u202e" not in html
