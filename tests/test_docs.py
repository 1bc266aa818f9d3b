"""What the pages of docs/ say is true: their policies load and pass their tests, their examples can be asked, their links lead somewhere."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from tests.pages import BY_HAND, DOCS, README, ROOT, samples, write_policy

POLICY = DOCS / "policy.md"
CONDITIONS = (DOCS / "conditions.md").read_text(encoding="utf-8")
SHOWING = [page for page in BY_HAND if samples(page, "rtm")]
TODAY = date(2026, 12, 1)
"""What review dates are held against: before the first of them on the pages."""


def policy_of(page: Path) -> list[Path]:
    """A page whose samples have no `policy` block is read together with the one about writing a policy."""
    whole = any(sample.text.startswith('policy "') for sample in samples(page, "rtm"))
    return [page] if whole else [POLICY, page]


# ---- policies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: page.name)
def test_a_page_is_a_policy_that_passes_its_tests(page: Path, tmp_path: Path) -> None:
    from rtm_gate import Gate
    from rtm_gate.gate.policy import load_policy
    from rtm_gate.gate.testing.run import every_test, run_test

    file = write_policy(policy_of(page), tmp_path)
    assert load_policy(file, TODAY).diagnostics == ()
    with Gate.open(file) as gate:
        shown = {name for sample in samples(page, "rtm") for name in re.findall(r'^test "(.*?)"', sample.text, re.MULTILINE)}
        assert shown <= {test.name for test in every_test(gate.policy) if not test.skipped}
        assert {test.name: run_test(gate, test).failures for test in every_test(gate.policy)} == {test.name: () for test in every_test(gate.policy)}


def test_the_guide_shows_every_block() -> None:
    from rtm_gate.language.syntax.words import BLOCKS

    shown = {word for sample in samples(POLICY, "rtm") for word in re.findall(r"^[a-z]+", sample.text, re.MULTILINE)}
    assert set(BLOCKS) - shown == set()


def test_the_page_about_tests_shows_two_that_fail(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from rtm_gate.cli import cli

    page = DOCS / "testing.md"
    test, example = samples(page, "text")
    file = write_policy(policy_of(page), tmp_path)
    first, name, rest = file.read_text(encoding="utf-8").partition('test "silence, told outright"')
    first = first.replace("Hot tea on a morning of frost", "Sugar-frosted gardens", 1)
    file.write_text(first + name + rest.replace("severity major", "severity minor", 1), encoding="utf-8")
    done = CliRunner().invoke(cli, ["policy", "test", str(file)])
    told, said, also = (re.sub(r"\S*page\.rtm:\d+", "page.rtm:1", text) for text in (done.stdout, test.text, example.text))
    assert told.startswith(f"{said}\n{also}\n"), told


def test_the_page_about_layout_shows_before_and_after() -> None:
    from rtm_gate.language.layout import formatted

    page = DOCS / "layout.md"
    (before,), (after,) = samples(page, "text"), samples(page, "rtm")
    assert formatted(before.text, "a.rtm").text == after.text


# ---- conditions, effects, topics ----------------------------------------------------------------------------------------


def examples(title: str) -> list[str]:
    section = CONDITIONS.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)


RULES = [f"when {example} then warn" for example in examples("Conditions")] + [f"when draft is reactive then {example}" for example in examples("Effects")]


def test_every_example_can_be_asked_and_done(tmp_path: Path) -> None:
    from rtm_gate.gate.policy import load_policy
    from rtm_gate.language import render

    file = write_policy([POLICY], tmp_path)
    rules = [f'rule example_{number} "Example" {{ {text} because "It shows." fix "Nothing." }}' for number, text in enumerate(RULES)]
    file.write_text("\n".join([file.read_text(encoding="utf-8"), *rules]), encoding="utf-8")
    loaded = load_policy(file, TODAY)
    assert [render(diagnostic, loaded.sources) for diagnostic in loaded.errors] == []
    assert loaded.policy is not None
    assert {f"example_{number}" for number in range(len(RULES))} <= set(loaded.policy.blocks)


def test_the_page_names_every_standard_topic() -> None:
    from rtm_gate.model.topics import TOPICS

    section = CONDITIONS.split("## Standard topics\n")[1]
    shown = set(re.findall(r"`([a-z_.]+)`", section)) - {"grave", "debated"}
    assert shown == set(TOPICS)


# ---- drafts -------------------------------------------------------------------------------------------------------------


def test_the_draft_page_shows_every_key() -> None:
    from rtm_gate.model.draft import Draft, read_draft

    (shown,) = samples(DOCS / "draft.md", "json")
    value = json.loads(shown.text)
    assert read_draft(value)[1] == []
    assert missing(Draft, [value], "draft") == []


def missing(model: type[BaseModel], shown: list[dict[str, Any]], path: str) -> list[str]:
    """Keys of the model, and of the models inside it, that no shown object has."""
    found = []
    for name, field in model.model_fields.items():
        values = [one[name] for one in shown if name in one]
        found += [] if values else [f"{path}.{name}"]
        inner = [one for value in values for one in (value if isinstance(value, list) else value.values() if is_mapping(field.annotation) else [value])]
        for part in models(field.annotation):
            found += missing(part, inner, f"{path}.{name}")
    return found


def models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in models(inner)]


def is_mapping(annotation: Any) -> bool:
    return get_origin(annotation) is dict and bool(models(annotation))


# ---- the pages among themselves -----------------------------------------------------------------------------------------


def links(page: Path) -> set[tuple[Path, str]]:
    """(file, anchor) of every link that leads to a file of ours."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return {((page.parent / path).resolve() if path else page, anchor) for path, _, anchor in (link.partition("#") for link in found if "://" not in link)}


@pytest.mark.parametrize("page", [README, ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for file, anchor in links(page):
        assert file.exists(), file
        assert not anchor or anchor in headings(file), f"{file.name}#{anchor}"


def headings(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-") for title in titles}


def test_the_index_names_every_page() -> None:
    index = DOCS / "README.md"
    pages = {file.resolve() for file in DOCS.glob("*.md")} | {(DOCS / "diagnostics" / "README.md").resolve(), (DOCS / "schemas").resolve()}
    assert pages - {file for file, _ in links(index)} == {index.resolve()}
