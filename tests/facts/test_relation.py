"""How a draft touches a situation: by a word in any sense, a name, a tag or a region, and when it does not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from rtm_gate.facts.relation import relate, same_topic
from rtm_gate.model.analysis import Analysis, Hashtag, Mention, Name, PlaceMention, Suppressed
from rtm_gate.model.news import ReadStory, Situation, Story
from rtm_gate.news.stories.words import spoken

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def situation(topic: str, *, regions: tuple[str, ...] = ("US-CO",), state: str = "active", terms: tuple[str, ...] = (), **more: Any) -> Situation:
    story = Story("a", "wire", "a", "a", "A story", "", "", NOW, NOW, False)
    told = ReadStory(story, topic, "major", None, 4, regions, False, (), terms, (), frozenset())
    values: dict[str, Any] = {
        "id": "s", "title": "A story", "topic": topic, "severity": "major", "certainty": "likely", "state": state, "official": False, "sources": 2,
        "regions": regions, "worldwide": False, "dead": 4, "started": NOW, "updated": NOW, "ends": None, "tags": (), "terms": terms, "names": (),
        "stories": (told,),
    }  # fmt: skip
    return Situation(**(values | more))


def hit(topic: str, term: str = "row") -> Analysis:
    return Analysis(mentions=(Mention(topic, term, "word", "text", 0, 4, False, False, False, 0.3, ()),))


def harmless(topic: str, term: str = "row") -> Analysis:
    return Analysis(suppressed=(Suppressed("text", 0, 4, "word", topic, "an idiom", term),))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tragedy", "tragedy.shooting", True),
        ("tragedy.shooting", "tragedy", True),
        ("tragedy.crash", "tragedy.shooting", False),
        ("disaster.other", "disaster.quake", True),
        ("disaster.flood", "disaster.quake", False),
        ("war", "terror", False),
    ],
)
def test_topics_meet_in_their_family(one: str, other: str, same: bool) -> None:
    assert same_topic(one, other) is same


@pytest.mark.parametrize(
    ("analysis", "event", "regions", "touched"),
    [
        # A word that is meant, or that nothing excuses, is shared wherever the event is.
        (hit("tragedy.shooting"), situation("tragedy.shooting"), ["GB"], True),
        (hit("tragedy.crash"), situation("tragedy.shooting"), ["US"], False),
        # A harmless sense is heard near the event, and where the area is not known.
        (harmless("tragedy"), situation("tragedy.shooting"), ["US"], True),
        (harmless("tragedy"), situation("tragedy.shooting", regions=()), ["GB"], True),
        (harmless("tragedy"), situation("tragedy.shooting"), ["GB"], False),
        # Far away only a word of exactly this kind of event, which it is told with, and only when it is sure.
        (harmless("disaster.flood", "flood"), situation("disaster.flood", regions=("PE",), terms=("flood",)), ["US"], True),
        (harmless("disaster.flood", "flood"), situation("disaster.flood", regions=("PE",), terms=("mudslide",)), ["US"], False),
        (harmless("disaster.flood"), situation("disaster.flood", regions=("PE",), state="watch"), ["US"], False),
        (harmless("war", "war"), situation("war", regions=("SD",), terms=("war",)), ["US"], True),
        (harmless("war", "war"), situation("war", regions=("SD",), terms=("airstrike",)), ["US"], False),
        # A debate is heard in the very word it is told with, and only where it is held.
        (harmless("politics.election", "vote"), situation("politics.election", regions=("US",), terms=("vote",)), ["US"], True),
        (harmless("politics.election", "vote"), situation("politics.policy", regions=("US",), terms=("senate",)), ["US"], False),
        (harmless("politics.election", "vote"), situation("politics.election", regions=("FR",), terms=("vote",)), ["US"], False),
    ],
)
def test_words(analysis: Analysis, event: Situation, regions: list[str], touched: bool) -> None:
    assert bool(relate(analysis, regions, event, "").words) is touched


@pytest.mark.parametrize(
    ("key", "headline", "shared"),
    [
        ("amy winehouse", "Singer Amy Winehouse found dead at 27", True),
        ("queen elizabeth ii workout", "Queen Elizabeth II dies aged 96", True),
        ("elizabeth street", "Queen Elizabeth II dies aged 96", False),
        ("winehouse", "Fans mourn Amy Winehouse", True),
        ("harry", "Harry Potter actor dies", False),
        ("monday", "Actor dies on Monday", False),
        ("otto", "Hurricane Otto kills four", False),
    ],
)
def test_names(key: str, headline: str, shared: bool) -> None:
    analysis = Analysis(names=(Name(key, "name", key, "text", 0, len(key)),))
    assert bool(relate(analysis, ["US"], situation("death", said=spoken([headline])), "").names) is shared


def test_a_place_in_the_text_is_a_name_too() -> None:
    analysis = Analysis(places=(PlaceMention("Marseille", "text", 0, 9, ("FR-PAC",)),))
    found = relate(analysis, ["US"], situation("tragedy.collapse", regions=("FR-PAC",), said=spoken(["Two houses collapse in Marseille"])), "")
    assert [name.text for name in found.names] == ["Marseille"]


def test_tags_and_regions() -> None:
    tag = Hashtag("#TwelveMinutes", "text", 0, 14, ("twelve", "minutes"), True, "en")
    found = relate(Analysis(hashtags=(tag,)), ["US-NJ"], situation("justice", regions=("US-NY",), tags=("#twelveminutes",)), "")
    assert found.tags == ("#twelveminutes",)
    assert found.kinds == ("hashtag",)
    assert relate(Analysis(), ["US-NY"], situation("justice", regions=("US",)), "").kinds == ("region",)
