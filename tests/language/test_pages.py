"""Every code has a page, and what a page shows is true: its bad sample is answered so, its good sample is not.

`RTM_ACCEPT=1 pytest tests/language` writes what is said of the bad samples, and the index; the diff is then read like any other.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from rtm_gate import resources
from rtm_gate.gate.policy import LoadedPolicy, load_policy
from rtm_gate.language.diagnostics.codes import FIRST_FILE, FOLDER, REST, Page, codes, index, page_of
from rtm_gate.language.diagnostics.text import render

SOURCE = Path(__file__).parent.parent.parent / "rtm_gate"
IN_SOURCE = sorted({code for file in SOURCE.rglob("*.py") for code in re.findall(r'"(RTM\d{3})"', file.read_text(encoding="utf-8"))})
TODAY = date(2027, 1, 1)
"""What review dates are held against."""
ACCEPT = bool(os.environ.get("RTM_ACCEPT"))


def page(code: str) -> Page:
    found = page_of(code)
    where = "/".join((*FOLDER, f"{code}.md"))
    assert found is not None, f"write {where}: a diagnostic carries this code, and no page explains it (the shape is in rtm_gate/language/diagnostics/codes.py)"
    return found


def loaded(sample: dict[str, str], folder: Path) -> LoadedPolicy:
    """The sample as it would be read from a folder `sample`."""
    first = next(iter(sample))
    short = first == FIRST_FILE and not any(re.search(r'^policy "', text, re.MULTILINE) for text in sample.values())
    for name, text in sample.items():
        path = folder / "sample" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + REST if short and name == first else text, encoding="utf-8")
    return load_policy(folder / "sample" / first, TODAY)


@pytest.mark.parametrize("code", IN_SOURCE)
def test_every_code_has_a_page(code: str) -> None:
    assert page(code).code == code


def test_every_page_has_a_code() -> None:
    extra = sorted(set(codes()) - set(IN_SOURCE))
    assert extra == [], f"no diagnostic carries {', '.join(extra)}: delete the page"


@pytest.mark.parametrize("code", codes())
def test_what_a_page_avoids_is_answered_with_its_code(code: str, tmp_path: Path) -> None:
    shown = page(code)
    found = loaded(shown.avoid, tmp_path)
    mine = [diagnostic for diagnostic in found.diagnostics if diagnostic.code == code]
    assert mine, f"{code} is not said of its own sample, but: {[render(d, found.sources) for d in found.diagnostics]}"
    assert {diagnostic.level for diagnostic in mine} == {shown.level}
    said = "\n\n".join(render(diagnostic, found.sources) for diagnostic in mine) + "\n"
    if ACCEPT:
        path = resources.path(*FOLDER, f"{code}.md")
        path.write_text(shown.text.replace(f"```text\n{shown.said}```", f"```text\n{said}```"), encoding="utf-8")
        shown = page(code)
    assert shown.said == said


@pytest.mark.parametrize("code", codes())
def test_what_a_page_prefers_is_right(code: str, tmp_path: Path) -> None:
    found = loaded(page(code).prefer, tmp_path)
    wrong = [d for d in found.diagnostics if d.level == "error" or d.code == code]
    assert wrong == [], [render(d, found.sources) for d in wrong]


@pytest.mark.parametrize("code", codes())
def test_a_page_is_in_the_house_style(code: str) -> None:
    shown = page(code)
    assert not shown.title.endswith(".")
    assert not shown.title[0].isupper()
    assert len(shown.title) <= 60
    assert 100 < len(shown.rationale) < 1000, "say what would go wrong without it, in what a code scanning page has room for"
    assert not re.search(r"\b(token|terminal|EOF|AST|parser|lexer|compiler)\b", shown.rationale)


def test_the_index_lists_every_page() -> None:
    path = resources.path(*FOLDER, "README.md")
    if ACCEPT:
        path.write_text(index(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == index()
