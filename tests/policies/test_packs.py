"""The shipped policies: three presets of the same packs, each block with its reason, its owner and what it serves."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.gate import Examined
from rtm_gate.gate.testing.coverage import Counter
from rtm_gate.gate.testing.expected import Holds
from rtm_gate.gate.testing.run import every_test, run_test
from rtm_gate.language import load, render
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.files import read_path
from rtm_gate.model.feeds import Feed
from rtm_gate.model.policy import Policy
from rtm_gate.model.topics import GRAVE
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.sources import bundled_catalog, starter_feeds
from tests.cases.test_cases_data import SOURCE

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "policies"
PRESETS = ("standard", "strict", "challenger")
PACKS = sorted(path.relative_to(POLICIES).as_posix() for path in (POLICIES / "packs").rglob("*.rtm"))
SHIPPED = date(2026, 11, 22)
"""The templates were reviewed on this day: from three months later on their clearance is void, and `policy check` says so."""
OWN_FILE = {"policy", "brand", "include", "set", "switch off"}
TABLES = {"trigger": 8, "platform": 7, "template": 10, "scenario": 6}


def policy_of(preset: str) -> Policy:
    policy = load(POLICIES / f"{preset}.rtm").policy
    assert policy is not None
    return policy


@pytest.fixture(scope="module")
def strict() -> Policy:
    """The preset that switches nothing off: it has every block."""
    return policy_of("strict")


# ---- the files ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_clean(preset: str) -> None:
    loaded = load(POLICIES / f"{preset}.rtm", SHIPPED)
    assert [render(found, loaded.sources) for found in loaded.diagnostics] == []


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_stands_by_itself(pack: str, tmp_path: Path) -> None:
    """A brand may include it and no other."""
    head = (POLICIES / "standard.rtm").read_text(encoding="utf-8").partition("\n# Who you are")[0]
    shutil.copytree(POLICIES / "packs", tmp_path / "packs")
    root = tmp_path / "one.rtm"
    root.write_text(f'{head}\ninclude "{pack}"\n', encoding="utf-8")
    loaded = load(root, SHIPPED)
    # What the tiers and roles of the other packs are for, this policy does not say.
    found = [found for found in loaded.diagnostics if found.code != "RTM413"]
    assert [render(one, loaded.sources) for one in found] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_differ_in_settings_and_switches_only(preset: str) -> None:
    mine, other = (read_path(POLICIES / f"{name}.rtm").files for name in (preset, "standard"))
    assert {item.word for item in mine[0].items if isinstance(item, nodes.Item)} <= OWN_FILE
    assert [file.name for file in mine[1:]] == [file.name for file in other[1:]]
    heads = [
        [clause for item in files[0].items if isinstance(item, nodes.Item) and item.word == "policy" for clause in item.clauses] for files in (mine, other)
    ]
    assert [clause.word for clause in heads[0]] == [clause.word for clause in heads[1]]


def test_the_names_stand_at_the_top() -> None:
    for preset in PRESETS:
        brand = policy_of(preset).brands[0]
        assert all((brand.own.called, brand.products, brand.competitors, brand.people))


# ---- the blocks ---------------------------------------------------------------------------------------------------------
def test_every_block_says_why_whose_it_is_and_what_it_serves(strict: Policy) -> None:
    judging = [block for block in strict.blocks.values() if block.kind not in ("policy", "guarantee")]
    assert [block.name for block in judging if not block.because] == []
    assert [block.name for block in judging if block.owner == strict.owner] == []
    assert [block.name for block in judging if not block.serves] == []


def test_every_row_of_the_guide_has_a_block(strict: Policy) -> None:
    """A trigger, a platform and a template for each of its rows; the questions of the checklist; a rule for each scenario."""
    by_kind = {kind: {name.removeprefix(f"{kind}.") for name, block in strict.blocks.items() if block.kind == kind} for kind in TABLES}
    for table in ("trigger", "platform", "template"):
        assert set(SOURCE[table].split()) <= by_kind[table]
    assert set(SOURCE["checklist"].split()) == set(strict.questions)
    served = set(chain.from_iterable(block.serves for block in strict.blocks.values()))
    assert len({row for row in served if row.startswith("scenarios: ")}) == TABLES["scenario"]
    assert len({row for row in served if row.startswith("disasters: ")} - {"disasters: single-person approval"}) == 7


@pytest.mark.parametrize("topic", sorted({*GRAVE, "death", "politics", "justice", "movement", "gender", "recall", "brand_crisis", "layoffs", "outage"}))
def test_what_stops_a_post_is_told_by_feeds(topic: str) -> None:
    """In the catalog by several, and by one of those that a new project begins with; a feed without topics tells of everything."""

    def telling(feeds: Iterable[Feed]) -> list[str]:
        return [feed.name for feed in feeds if not feed.topics or topic in map(top_of, feed.topics)]

    assert len(telling(bundled_catalog().feeds)) >= 3
    assert telling(starter_feeds())


# ---- the tests ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("preset", PRESETS)
def test_the_tests_of_the_packs_pass_in_every_preset(preset: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Gate.open(POLICIES / f"{preset}.rtm") as gate:
        counter = Counter(gate.policy)

        def seen(examined: Examined, holds: Holds) -> None:
            counter.add(examined, holds)

        results = [run_test(gate, test, seen) for test in every_test(gate.policy)]
        found = counter.coverage()
    with capsys.disabled():
        shares = {"blocks": found.blocks, "alternatives": found.alternatives, "exceptions": found.exceptions, "needed": found.needed}
        print(f"\n{preset}: its {counter.checks} tests reach " + ", ".join(f"{s.reached} of {len(s.clauses)} {word}" for word, s in shares.items()))
    assert [(result.place, [str(failure) for failure in result.failures]) for result in results if not result.passed] == []
