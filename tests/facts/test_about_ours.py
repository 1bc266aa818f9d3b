"""Whether a headline is about the brand: its name, not a word that happens to be one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rtm_gate import language
from rtm_gate.facts import Scene
from rtm_gate.facts.about import about_ours
from rtm_gate.model.analysis import Analysis, Name
from rtm_gate.model.draft import read_draft
from rtm_gate.model.news import News, ReadStory, Situation, Story

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def about(brand: str, headline: str, topic: str = "brand_crisis", text: str = "Hello.", names: tuple[str, ...] = ()) -> str:
    policy = language.load_text('policy "P" { language 1 owner "o@example.com" }', "p.rtm").policy
    assert policy is not None
    draft, _ = read_draft({"text": text, "platform": "x", "kind": "planned", "account": {"id": "a", "brand": brand}})
    story = Story("a", "wire", "a", "a", headline, "", "", NOW, NOW, False)
    told = ReadStory(story, topic, None, None, None, (), False, (), (), (), frozenset())
    situation = Situation("s", headline, topic, None, None, "watch", False, 1, (), False, None, NOW, NOW, None, (), (), (), (told,))
    analysis = Analysis(names=tuple(Name(key, "name", key, "text", 0, len(key)) for key in names))
    return about_ours(situation, Scene(draft, analysis, News(True, (), (), ""), policy, NOW))


@pytest.mark.parametrize(
    ("brand", "headline", "found"),
    [
        ("Fernhill", "Fernhill apologises after outage", "own_brand"),
        ("Fernhill", "FERNHILL SHARES PLUNGE", "own_brand"),
        ("Target", "Gunmen target school bus", ""),
        ("Target", "Retailer says Target customers lost data", "own_brand"),
        ("Target", "Target recalls toys over choking risk", "own_brand"),
        ("Subway", "Man stabbed on Brooklyn subway platform", ""),
        ("Next", "Storm next week could bring floods", ""),
        ("Gap", "Gender pay gap widens", ""),
        ("Boots", "Boots on the ground debate returns", ""),
        ("Corona", "Coronavirus cases rise", "own_brand"),
        ("Ace", "Peace talks collapse", ""),
        ("", "Talks collapse", ""),
    ],
)
def test_the_brand(brand: str, headline: str, found: str) -> None:
    assert about(brand, headline) == found


@pytest.mark.parametrize(
    ("headline", "text", "names", "found"),
    [
        ("Fernhill recalls Vela GT over brakes", "Floor it in the new Vela GT.", (), "own_product"),
        ("Fernhill recalls Note 7 over batteries", "Do more with the Galaxy Note7.", (), "own_product"),
        ("Fernhill recalls CloudNest bassinets", "The CloudNest folds flat.", ("cloudnest",), "own_product"),
        ("Fernhill recalls CloudNest bassinets", "New socks are in.", (), "own_brand"),
        ("Rival recalls Vela GT over brakes", "Floor it in the new Vela GT.", (), ""),
    ],
)
def test_the_product(headline: str, text: str, names: tuple[str, ...], found: str) -> None:
    assert about("Fernhill", headline, "recall", text, names) == found
