"""Our names: what account and policy give together, and that every name of a thing is as good as any other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtm_gate import Gate
from rtm_gate.facts import Scene, build
from rtm_gate.facts.own import own_names
from rtm_gate.model.draft import Account, read_draft
from rtm_gate.model.news import News, ReadStory, Situation, Story
from rtm_gate.model.policy import Brand
from rtm_gate.model.vocabulary import OwnName
from rtm_gate.news.stories.words import spoken

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ZORBELIN = Brand(
    OwnName("Zorbelin", ("Zorbelin Foods", "Quaxley", "@zorb_hq")),
    (OwnName("Vexa Crisp", ("Crunchola", "VexaCrisp", "@vexacrisp")), OwnName("Vexa Dip")),
    (OwnName("Marrowby", ("Marrowby Cola", "@drinkmarrow")),),
)
WITH_ADA = Brand(OwnName("Zorbelin"), people=(OwnName("Ada Fern", ("@adafern",)),))
MARROWBY = Brand(OwnName("Marrowby", ("Marrowby Cola",)), (OwnName("Marrow Ade"),), (OwnName("Zorbelin", ("Quaxley",)),))


# ---- whose names hold ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("account", "brands", "expected"),
    [
        ({}, (), ([], [], [])),
        ({}, (ZORBELIN,), (["Zorbelin, Zorbelin Foods, Quaxley, @zorb_hq"], ["Vexa Crisp, Crunchola, VexaCrisp, @vexacrisp", "Vexa Dip"],
                           ["Marrowby, Marrowby Cola, @drinkmarrow"])),
        # The account's spelling comes first; what it has in common with the policy is one.
        ({"brand": "QUAXLEY", "products": ["Vexa-Dip", "Zip"]}, (ZORBELIN,),
         (["QUAXLEY, Zorbelin, Zorbelin Foods, @zorb_hq"], ["Vexa-Dip, Vexa Dip", "Zip", "Vexa Crisp, Crunchola, VexaCrisp, @vexacrisp"],
          ["Marrowby, Marrowby Cola, @drinkmarrow"])),
        # One brand holds whatever the account calls itself.
        ({"brand": "Other"}, (MARROWBY,), (["Other", "Marrowby, Marrowby Cola"], ["Marrow Ade"], ["Zorbelin, Quaxley"])),
        # Of several, the one the account names, under any of its names.
        ({"brand": "marrowby cola"}, (ZORBELIN, MARROWBY), (["marrowby cola, Marrowby"], ["Marrow Ade"], ["Zorbelin, Quaxley"])),
        # All of them where it names none; a name counts once, as what it was first given for.
        ({}, (ZORBELIN, MARROWBY), (["Zorbelin, Zorbelin Foods, Quaxley, @zorb_hq", "Marrowby, Marrowby Cola"],
                                    ["Vexa Crisp, Crunchola, VexaCrisp, @vexacrisp", "Vexa Dip", "Marrow Ade"], ["@drinkmarrow"])),
        # Who stands for the brand is the brand.
        ({}, (WITH_ADA,), (["Zorbelin", "Ada Fern, @adafern"], [], [])),
        # What the account says a name is, it is.
        ({"competitors": ["Vexa Dip"]}, (ZORBELIN,), (["Zorbelin, Zorbelin Foods, Quaxley, @zorb_hq"], ["Vexa Crisp, Crunchola, VexaCrisp, @vexacrisp"],
                                                      ["Vexa Dip", "Marrowby, Marrowby Cola, @drinkmarrow"])),
    ],
)  # fmt: skip
def test_names_are_joined(account: dict[str, Any], brands: tuple[Brand, ...], expected: tuple[list[str], ...]) -> None:
    own = own_names(Account(id="a", **account), brands)
    assert tuple([", ".join(name.spellings) for name in names] for names in (own.brands, own.products, own.competitors)) == expected


# ---- any name is as good as any other -----------------------------------------------------------------------------------
POLICY = """policy "P" { language 1  owner "o@example.com"  audience US }
brand "Zorbelin" called "Zorbelin Foods", "Quaxley", "@zorb_hq" {
  product    "Vexa Crisp" called "Crunchola", "VexaCrisp", "@vexacrisp"
  competitor "Marrowby" called "Marrowby Cola", "@drinkmarrow"
}
"""
SPELLINGS = (ZORBELIN.own.spellings, ZORBELIN.products[0].spellings, ZORBELIN.competitors[0].spellings)
TEXTS = (
    "We love {} today.", "Way better than {}.", "{} is open again.", "Shop {} now, 20% off!", "Our thoughts are with everybody at {}.",
    "Good morning, and thank you.", "Try {}'s best.", "Police say two people were killed in Boston. {} says sorry.",
)  # fmt: skip
HEADLINES = (
    "{} recalls snacks over salmonella",
    "Customers sue {} after data breach",
    "Six dead in a fire in Boston",
    "Workers of {} walk out",
    "Storm nears the coast",
)
TOPICS = ("recall", "brand_crisis", "tragedy", "")
AT_WILL = {"length"}
"""What of the draft fact depends on the letters."""


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    file: Path = tmp_path_factory.mktemp("own") / "p.rtm"
    file.write_text(POLICY)
    with Gate.open(file) as opened:
        assert opened.loaded.policy is not None
        yield opened


def facts(gate: Gate, text: str, headline: str, topic: str, alt: str) -> list[tuple[str, dict[str, Any]]]:
    draft, _ = read_draft({"text": text, "platform": "x", "kind": "planned", "account": {"id": "a"}, "media": [{"type": "image", "alt": alt}]})
    story = Story("a", "wire", "a", "a", headline, "", "", NOW, NOW, False)
    told = ReadStory(story, topic, None, None, None, (), False, (), (), (), frozenset())
    situation = Situation("s", headline, topic, None, None, "watch", False, 1, (), False, None, NOW, NOW, None, (), (), (), (told,), said=spoken([headline]))
    scene = Scene(draft, gate.analyse(draft), News(True, (situation,), (), ""), gate.policy, NOW)
    return [(fact.kind, {name: value for name, value in fact.values.items() if name not in AT_WILL}) for fact in build(scene).rows]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_name_makes_the_same_facts(gate: Gate, data: st.DataObject) -> None:
    text, headline, topic = data.draw(st.sampled_from(TEXTS)), data.draw(st.sampled_from(HEADLINES)), data.draw(st.sampled_from(TOPICS))
    said, told, shown = (data.draw(st.sampled_from(SPELLINGS)) for _ in range(3))
    here, there, seen = (data.draw(st.sampled_from(spellings)) for spellings in (said, told, shown))
    plain = facts(gate, text.format(said[0]), headline.format(told[0]), topic, f"A sign of {shown[0]}")
    assert facts(gate, text.format(here), headline.format(there), topic, f"A sign of {seen}") == plain


def test_the_facts_are_not_all_alike(gate: Gate) -> None:
    """What the names of ours bring about is there at all: a test of nothing would pass as well."""
    none = facts(gate, "We love tea today.", "Storm nears the coast", "", "A sign")
    ours = facts(gate, "We love @zorb_hq today.", "Customers sue Quaxley after data breach", "brand_crisis", "A sign of Crunchola")
    (before,), (after,) = ([values for kind, values in rows if kind == "draft"] for rows in (none, ours))
    assert {name for name in after if after[name] != before[name]} >= {"brand", "product"}
    assert [values["about"] for kind, values in ours if kind == "situation"] == ["own_brand"]
    assert [values["touches_entity"] for kind, values in ours if kind == "situation"] == [True]


def test_two_policies_at_once_know_their_own_names_only(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "other.rtm").write_text(POLICY.replace("Zorbelin", "Fernhill"))
    with Gate.open(tmp_path / "other.rtm") as other:
        for _ in range(2):
            read = [[name.text for name in one.read_text("Fernhill and Zorbelin").names if name.kind == "brand"] for one in (gate, other)]
            assert read == [["Zorbelin"], ["Fernhill"]]
