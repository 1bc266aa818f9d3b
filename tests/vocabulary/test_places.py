"""Places in running text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rtm_gate.vocabulary.places import is_place_name, places_in, regions_in_tag
from rtm_gate.vocabulary.regions import is_region

# text -> what is read, as "words=codes", in order
TABLE = {
    # cities, states, countries, their people
    "Boston, our hearts are with you": "Boston=US-MA",
    "Clashes in Cairo near Tahrir Square": "Cairo=EG | Tahrir Square=EG",
    "Strike on Gaza City and the West Bank": "Gaza City=PS | West Bank=PS",
    "Newtown school shooting": "Newtown=US-CT",
    "Two Italians and a Syrian doctor": "Italians=IT | Syrian=SY",
    "Scappiamo a Santo Domingo!": "Santo Domingo=DO",
    "Flights from São Paulo and Sao Paulo": "São Paulo=BR-SP | Sao Paulo=BR-SP",
    "U.S.-led talks in the UK": "U.S.=US | UK=GB",
    "The leader of the Democratic Republic Of The Congo": "Democratic Republic Of The Congo=CD",
    "Quake felt in Calaveras County": "Calaveras County=US-CA",
    # the state beside a town decides
    "Paris, Texas": "Paris, Texas=US-TX",
    "London, Ontario": "London, Ontario=CA-ON",
    "Cleveland, OK": "Cleveland, OK=US-OK",
    "Aurora, Colo., theater": "Aurora, Colo.=US-CO",
    "Austin TX": "Austin TX=US-TX",
    "Portland Oregon": "Portland Oregon=US-OR",
    "Mobile, Alabama": "Mobile, Alabama=US-AL",
    "shots in Isla Vista, CA": "Isla Vista, CA=US-CA",
    # of a town that no list knows, the state alone
    "evacuations in Nowheresville, Calif.": "Calif.=US-CA",
    "Damascus, Syria": "Damascus, Syria=SY",
    "Hyderabad, Pakistan": "Hyderabad, Pakistan=PK-SD",
    # lists stay lists
    "Boston, New York and Chicago": "Boston=US-MA | New York=US-NY | Chicago=US-IL",
    "Syria, Iraq": "Syria=SY | Iraq=IQ",
    "London, Paris": "London=GB-ENG | Paris=FR-IDF",
    # as other languages write them
    "Terremoto en Japón, ayuda de España y Estados Unidos": "Japón=JP | España=ES | Estados Unidos=US",
    "Hochwasser in Österreich und Bayern, Zug nach Wien steht": "Österreich=AT | Bayern=DE-BY | Wien=AT-9",
    "Alluvione in Sardegna, scosse a Napoli": "Sardegna=IT-88 | Napoli=IT-72",
    "Inondations en Allemagne et à Londres": "Allemagne=DE | Londres=GB-ENG",
    "Chuva no Reino Unido e na Coreia do Sul": "Reino Unido=GB | Coreia do Sul=KR",
    "Maurice and Dominique cook chili": "",
    # two regions of one name
    "Georgia votes": "Georgia=GE US-GA",
    "Atlanta, Georgia": "Atlanta, Georgia=US-GA",
    "Florida and Georgia brace for wind": "Florida=US-FL | Georgia=US-GA",
    "Springfield": "Springfield=US-IL US-MA US-MO",
    # longest match
    "New York City": "New York City=US-NY",
    "Washington County sheriff": "",
    "West Virginia": "West Virginia=US-WV",
    "Northern Ireland": "Northern Ireland=GB-NIR",
    # words and names that are no places
    "Mobile banking is here": "",
    "Have a Nice day": "",
    "Truck attack in Nice": "Nice=FR-PAC",
    "A Man in Orange": "",
    "Trouble in Paradise": "",
    "Charlotte loves it": "",
    "Shots fired in Charlotte": "Charlotte=US-NC",
    "Jordan Peterson, Michael Jordan and Paris Hilton": "",
    "The New York Times reports": "",
    "French toast with Italian dressing": "",
    "We speak French. Also in Spanish.": "",
    "French president": "French=FR",
    "Well, OK then": "",
    "T-Mobile deals": "",
    # tags, addresses
    "See #Cairo now": "Cairo=EG",
    "Ask @Boston or https://example.com/Boston or Paris@example.com": "",
    # capitals
    "HURRICANE WARNING NEW JERSEY NEW YORK CITY": "NEW JERSEY=US-NJ | NEW YORK CITY=US-NY",
    "BOSTON (AP) - Two people were hurt": "BOSTON=US-MA",
    "JOIN US TODAY": "",
    "US strikes": "US=US",
    "nothing here, boston": "",
}


def shown(text: str) -> str:
    return " | ".join(f"{text[start:end]}={' '.join(codes)}" for start, end, codes in places_in(text))


@pytest.mark.parametrize(("text", "places"), TABLE.items())
def test_places(text: str, places: str) -> None:
    assert shown(text) == places


def test_large_regions_give_their_parts() -> None:
    ((_, _, codes),) = places_in("Storm over New England")
    assert codes == ("US-CT", "US-MA", "US-ME", "US-NH", "US-RI", "US-VT")
    ((_, _, europe),) = places_in("Heat across Europe")
    assert {"GB", "FR", "IT", "DE"} <= set(europe)


def test_words_of_people_can_be_left_out() -> None:
    assert [codes for *_, codes in places_in("British tourists in Egypt")] == [("GB",), ("EG",)]
    assert [codes for *_, codes in places_in("British tourists in Egypt", people=False)] == [("EG",)]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("pray for newtown", "US-CT"),
        ("ct shooting", "US-CT"),
        ("new york strong", "US-NY"),
        ("qld floods", "AU-QLD"),
        ("turkey day", ""),
        ("monday motivation", ""),
        ("mobile", ""),
    ],
)
def test_words_of_a_hashtag(words: str, codes: str) -> None:
    assert " ".join(regions_in_tag(words.split())) == codes


def test_lone_names() -> None:
    assert is_place_name("boston")
    assert is_place_name("Italy")
    assert not is_place_name("syrian")
    assert not is_place_name("mobile")
    assert not is_place_name("pizza")


WORDS = [
    "Boston",
    "New York",
    "Paris",
    ", TX",
    ", Calif.",
    "Syrian",
    "Georgia",
    "in ",
    "Nice",
    "İstanbul",
    "#",
    "@",
    "ß",
    "\n",
    "US",
    "London, Ontario",
    "🙂",
    " ",
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=12).map("".join))
@example("İİİ Boston")
@example("NEW YORK, NY, NY")
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for start, end, codes in places_in(text):
        assert last <= start < end <= len(text)
        assert codes == tuple(sorted(set(codes)))
        assert codes
        assert all(is_region(code) for code in codes)
        last = end
    assert places_in(text) == places_in(text)
