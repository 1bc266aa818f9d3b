"""The page in a real browser: quiet, readable in both schemes and on a phone, usable by keyboard, and deaf to hostile text."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from rtm_gate import Gate, resources
from rtm_gate.verdict.render.html import to_html
from rtm_gate.verdict.render.safe import safe
from tests.verdict.pages import full
from tools.browser import MISSING, chromium, installed

NOW = datetime(2026, 11, 17, 15, tzinfo=UTC)
THREAD: dict[str, Any] = {
    "id": "storm-sale",
    "text": ["Killer savings, and our #PrayForOhio thoughts. Shop now!", "شكرا جزيلا #Sale", "w" * 400],
    "platform": "x",
    "kind": "reactive",
    "regions": ["US-OH", "GB"],
    "author": {"id": "sam"},
    "media": [{"alt": "A train crash, and our bags", "origin": "stock"}, {"type": "video"}],
    "links": ["https://shop.example/train-crash-sale"],
    "approvals": [{"person": "sam", "role": "manager", "at": "2026-11-17T14:00:00Z"}, {"person": "ana", "role": "legal", "at": "2026-11-17T14:00:00Z"}],
    "override": 1,
}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onfocus=alert(3) autofocus \u202e</blockquote></style><svg/onload=alert(4)>{{7*7}}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = installed()
    if path is None and os.environ.get("CI") and not os.environ.get("RTM_GATE_WITHOUT_BROWSER"):
        pytest.fail(f"{MISSING}; continuous integration has to try the page in one")
    if path is None:
        pytest.skip(f"{MISSING}; install Chromium to try the page in one")
    with chromium(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of pages: the bundled drafts and a thread with everything, judged; a verdict that is hostile in all its parts."""
    folder = tmp_path_factory.mktemp("pages")
    with Gate.open() as gate:
        news = gate.news([str(file) for file in sorted(resources.path("feeds", "demo").iterdir())], now=NOW)
        drafts = {name: resources.read_text("examples", f"{name}.json") for name in ("go", "hold", "no-go")}
        judged = {name: gate.check(json.loads(text), news, NOW).to_html() for name, text in drafts.items()}
        judged["thread"] = gate.check(THREAD, news, NOW).to_html()
    judged["hostile"] = to_html(*full(HOSTILE, HOSTILE, ((0, 8), (4, 30)), url="javascript:alert(5)"), {})
    for name, html in judged.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in judged}


NAMES = ("go", "hold", "no-go", "thread", "hostile")


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_in_silence(browser: Browser, pages: dict[str, str], name: str) -> None:
    page = browser.new_page()
    heard: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        heard.append(message.text)

    def answer(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    def ask(request: Request) -> None:
        asked.append(request.url)

    page.on("console", hear)
    page.on("dialog", answer)
    page.on("request", ask)
    page.goto(pages[name])
    page.wait_for_load_state("networkidle")
    assert heard == []
    assert asked == [pages[name]]
    assert page.evaluate("getComputedStyle(document.querySelector('blockquote')).whiteSpace") == "pre-wrap", "the style sheet was refused"
    page.close()


def test_hostile_text_creates_nothing(browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["hostile"])
    assert page.locator("script, img, svg, iframe, object, embed, form, input, [style], [onload], [onerror], [onfocus], [autofocus]").count() == 0
    assert page.locator('a[href]:not([href^="#"]):not([href^="http"])').count() == 0
    assert page.locator("blockquote").last.inner_text() == safe(HOSTILE)
    page.close()


# ---- by keyboard --------------------------------------------------------------------------------------------------------

FOCUSED = "() => { const e = document.activeElement; return [e.tagName, e.getAttribute('href') ?? '', getComputedStyle(e).outlineStyle] }"


def test_the_keyboard_reaches_everything_in_order(browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["thread"])
    there = page.evaluate("() => [...document.querySelectorAll('a[href], summary')].map(e => [e.tagName, e.getAttribute('href') ?? ''])")
    reached = []
    for _ in there:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert [focused[:2] for focused in reached] == there
    assert {tag for tag, _ in there} == {"A", "SUMMARY"}
    assert all(outline != "none" for *_, outline in reached), "focus is not shown"
    page.close()


def test_the_skip_link_and_the_excerpts_answer_the_keyboard(browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["no-go"])
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "findings"
    first = page.locator("details").first
    was = first.evaluate("e => e.open")
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.evaluate("e => e.open") is not was
    page.close()


# ---- by eye -------------------------------------------------------------------------------------------------------------

LOW_CONTRAST = """() => {
  const rgba = css => { const [r, g, b, a = 1] = css.match(/[\\d.]+/g).map(Number); return [r, g, b, a] };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
  const behind = e => { for (let at = e; at; at = at.parentElement) { const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] === 1) return c }
    return [255, 255, 255, 1] };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility()) continue;
    const [x, y] = [light(rgba(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(x, y) + .05) / (Math.min(x, y) + .05);
    seen += 1;
    if (ratio < 4.5) found.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}: ${walk.currentNode.data.slice(0, 30)}`);
  }
  return [seen, found];
}"""
COLOURED = """() => document.querySelector('.source code').append(...['keyword', 'name', 'string', 'number', 'date', 'comment', 'operator'].map(kind =>
  Object.assign(document.createElement('span'), {className: `code-${kind}`, textContent: kind})))"""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["go", "hold", "thread"])
def test_every_text_stands_out(browser: Browser, pages: dict[str, str], name: str, scheme: Any, media: Any) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.emulate_media(media=media)
    page.goto(pages[name])
    if name != "go":
        page.evaluate(COLOURED)
    seen, low = page.evaluate(LOW_CONTRAST)
    assert seen > 20
    assert low == []
    page.close()


def test_light_dark_and_paper_differ(browser: Browser, pages: dict[str, str]) -> None:
    shots: dict[str, bytes] = {}
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        page = browser.new_page(color_scheme=scheme)
        page.goto(pages["hold"])
        shots[scheme] = page.screenshot()
        page.emulate_media(media="print")
        shots[f"{scheme} on paper"] = page.screenshot()
        page.close()
    assert shots["light"] != shots["dark"]
    assert shots["light on paper"] == shots["dark on paper"]


@pytest.mark.parametrize("width", [320, 360, 1200])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_the_screen(browser: Browser, pages: dict[str, str], name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages[name])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_paper_shows_what_the_screen_folds_away(browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["thread"])
    assert _unseen_lines(page) > 0
    page.emulate_media(media="print")
    assert _unseen_lines(page) == 0
    page.close()


def _unseen_lines(page: Page) -> int:
    found: int = page.evaluate(
        "[...document.querySelectorAll('.source li')].filter(e => !e.checkVisibility() || e.getBoundingClientRect().height === 0).length"
    )
    return found
