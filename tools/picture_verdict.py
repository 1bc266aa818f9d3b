"""The picture of a verdict in README: judges a bundled draft at a fixed moment and photographs its page.

    .venv/bin/python tools/picture_verdict.py        # writes docs/verdict.png

Needs Chromium. Same code, fonts and browser give the same picture.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rtm_gate import Gate, resources
from tools.browser import MISSING, chromium, installed

NOW = datetime(2026, 11, 17, 15, tzinfo=UTC)
TARGET = Path(__file__).resolve().parent.parent / "docs" / "verdict.png"
WIDTH = 840
MARGIN = 9
"""Pixels below the first finding, with which the picture ends."""


def page() -> str:
    with Gate.open() as gate:
        news = gate.news([str(file) for file in sorted(resources.path("feeds", "demo").iterdir())], now=NOW)
        return gate.check(json.loads(resources.read_text("examples", "no-go.json")), news, NOW).to_html()


def main() -> None:
    path = installed()
    if path is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as folder, chromium(path) as browser:
        file = Path(folder) / "verdict.html"
        file.write_text(page(), encoding="utf-8")
        shown = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light")
        shown.goto(file.as_uri())
        end = shown.locator("article").first.evaluate("e => e.getBoundingClientRect().bottom")
        shown.screenshot(path=TARGET, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": end + MARGIN})
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
