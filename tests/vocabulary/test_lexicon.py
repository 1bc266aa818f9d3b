"""The shipped lexicons: sound, complete, and each row with its proof."""

from __future__ import annotations

from collections import Counter

import pytest
import regex

from rtm_gate.model.topics import TOPICS
from rtm_gate.vocabulary.topics import Example, Lexicon, digest_of, examples, expand, lexicon_of, standard_lexicon, standard_topics

SENSITIVE = sorted(name for name, known in TOPICS.items() if not known.contrast)
AMBIGUOUS = 0.4
"""Rows below this base are read figuratively unless something speaks for the literal sense."""
BY_CONTEXT_ONLY = {"weather", "finance", "claim"}

# Phrases about which a brand writes every week: each must be known as harmless to the row that holds its hazard word.
KNOWN_HARMLESS = {
    "tragedy.killer": ["killer deals", "killer heels", "killer whale", "killer app"],
    "tragedy.kill": ["killing it", "kill two birds"],
    "tragedy.shooting.shot": ["photo shoot", "shot of espresso", "hot shot", "flu shot", "shot on location"],
    "tragedy.shooting.shooting": ["shooting hoops", "shooting star"],
    "tragedy.crash.crash": ["crash course", "crash pad", "stocks crash"],
    "tragedy.fire.fire": ["fire sale", "on fire"],
    "tragedy.explosion": ["explosion of flavour"],
    "tragedy.attack": ["attack monday", "attack the day", "attack your goals"],
    "terror.bomb": ["bath bomb", "bomb dessert", "photo bomb"],
    "terror.hostage": ["hostage by your inbox"],
    "disaster.flood.flood": ["flood of five-star reviews"],
    "disaster.storm.storm": ["by storm", "perfect storm"],
    "disaster.storm.hurricane": ["hurricane cocktail", "tornado potato"],
    "war.war": ["price war", "console war", "war paint", "star wars"],
    "unrest.riot": ["riot of colour"],
    "unrest.protest": ["protest too much"],
    "death.death": ["death by chocolate", "to die for"],
    "death.dead": ["dead sea", "dead gorgeous", "drop-dead gorgeous"],
    "justice.trial.trial_word": ["free trial", "clinical trial"],
    "weapons.gun": ["top gun", "jump the gun", "silver bullet", "bullet points"],
}

# Words that belong to one topic by ruling, so that a draft and a situation meet under it.
BELONGS = {
    "killed": "tragedy",
    "killer": "tragedy",
    "massacre": "tragedy",
    "death toll": "tragedy",
    "gunman": "tragedy.shooting",
    "shooting": "tragedy.shooting",
    "plane crash": "tragedy.crash",
    "explosion": "tragedy",
    "bombing": "terror",
    "hostage": "terror",
    "boots on the ground": "war",
    "flood": "disaster.flood",
    "terremoto": "disaster.quake",
    "地震": "disaster.quake",
    "erdbeben": "disaster.quake",
    "tiroteo": "tragedy.shooting",
    "attentat": "terror",
    "inundación": "disaster.flood",
    "uproar": "unrest",
    "slavery": "hate",
    "kkk": "hate",
    "pearl harbor": "remembrance",
    "kristallnacht": "remembrance",
    "ramadan": "religion",
    "not guilty": "justice.verdict",
    "horse meat": "brand_crisis",
    "domestic violence": "gender",
}

TAGS = {
    "WhyIStayed": "movement",
    "MeToo": "movement",
    "SayHerName": "movement",
    "NotGuilty": "justice.verdict",
    "Ferguson": "justice.police",
    "PearlHarbor": "remembrance",
    "PrayForNewtown": "tragedy",
    "JusticeForTrayvon": "justice",
    "ヒロシマ": "remembrance",
    "RIPAmy": "death",
}


def test_every_standard_topic_has_words() -> None:
    named = {topic.name: topic for topic in standard_topics()}
    assert set(named) == set(TOPICS)
    assert all(topic.terms for topic in named.values())
    assert all((topic.title, topic.contrast, topic.iab) == (TOPICS[name].title, TOPICS[name].contrast, TOPICS[name].iab) for name, topic in named.items())


def test_topics_come_sorted_and_the_same_each_time() -> None:
    names = [topic.name for topic in standard_topics()]
    assert names == sorted(names)
    assert standard_topics() is standard_topics()


def test_forms_can_be_matched() -> None:
    for topic in standard_topics():
        for term in topic.terms:
            for form in term.forms:
                assert any(char.isalnum() for char in form), f"{term.id}: {form}"
                assert len(form.split()) <= 8, f"{term.id}: {form}"
                assert form == form.lower() or (form.isupper() and form.isalpha()), f"{term.id}: {form}"


def test_a_harmless_phrase_holds_a_form_of_its_row() -> None:
    loose = [(term.id, phrase) for topic in standard_topics() for term in topic.terms for phrase in term.harmless if not _holds_any(phrase, term.forms)]
    assert loose == []


@pytest.mark.parametrize(("row", "phrases"), KNOWN_HARMLESS.items())
def test_what_brands_write_every_week_is_harmless(row: str, phrases: list[str]) -> None:
    term = next(term for topic in standard_topics() for term in topic.terms if term.id == row)
    assert [phrase for phrase in phrases if not any(_holds(phrase, known) for known in term.harmless)] == []


@pytest.mark.parametrize(("form", "topic"), BELONGS.items())
def test_a_word_belongs_to_its_topic(form: str, topic: str) -> None:
    assert [known.name for known in standard_topics() for term in known.terms if form in term.forms] == [topic]


@pytest.mark.parametrize(("tag", "topic"), TAGS.items())
def test_a_tag_belongs_to_its_topic(tag: str, topic: str) -> None:
    found = {known.name for known in standard_topics() for glob in known.hashtags if regex.fullmatch(_pattern(glob), f"#{tag}", regex.IGNORECASE)}
    assert topic in found


@pytest.mark.parametrize(
    "tag", ["MondayMotivation", "ThrowItBackThursday", "OOTD", "TacoTuesday", "blessed", "PhotoShooting", "FlavourExplosion", "SmallBusiness"]
)
def test_an_ordinary_tag_is_in_no_sensitive_list(tag: str) -> None:
    topics = [topic for topic in standard_topics() if not topic.contrast]
    assert [glob for topic in topics for glob in topic.hashtags if regex.fullmatch(_pattern(glob), f"#{tag}", regex.IGNORECASE)] == []


def test_ambiguous_rows_have_their_proof() -> None:
    by_row: dict[str, Counter[bool]] = {}
    for example in examples():
        by_row.setdefault(example.term, Counter())[example.literal] += 1
    for topic in standard_topics():
        for term in topic.terms:
            if topic.contrast or topic.top in BY_CONTEXT_ONLY or term.id.endswith((".foreign", "foreign_romance", "foreign_other", "foreign_explosion")):
                continue
            shown = by_row.get(term.id, Counter())
            if term.figurative:
                assert not shown[True], f"{term.id} is never literal"
                continue
            assert shown[True], f"{term.id} has no hit"
            if term.base < AMBIGUOUS:
                assert shown[False], f"{term.id} has no miss"
                assert term.literal, f"{term.id} has no clue that could make it literal"
                assert len(term.harmless) >= 8, f"{term.id} knows too few harmless senses"


def test_an_example_holds_a_form_or_a_tag() -> None:
    terms = {term.id: term for topic in standard_topics() for term in topic.terms}
    wrong = [example for example in examples() if example.literal and not _holds_any(example.text, terms[example.term].forms)]
    assert wrong == []


def test_braces_are_written_out() -> None:
    assert expand(["shot{,s} of {gin,rum}", "hit"]) == ("shot of gin", "shot of rum", "shots of gin", "shots of rum", "hit")


def test_the_digest_names_the_content() -> None:
    topics = standard_topics()
    assert digest_of(topics) == digest_of(reversed(topics))
    assert digest_of(topics) != digest_of(topics[1:])


def test_a_sound_file_is_read() -> None:
    text = """
    [cues]
    report = ["police", "form{,s}"]
    [[topic]]
    name = "war"
    hashtags = ["#A{x,y}"]
    [[topic.term]]
    id = "one"
    forms = ["form", "raid{,s}"]
    base = 0.3
    literal = ["@report", "troops"]
    harmless = ["form letter"]
    hit = ["a raid by troops"]
    miss = ["a form letter"]
    """
    read = lexicon_of({"x.toml": text})
    (topic,) = read.topics
    (term,) = topic.terms
    assert topic.hashtags == ("#Ax", "#Ay")
    assert (term.id, term.forms, term.literal) == ("war.one", ("form", "raid", "raids"), ("police", "forms", "troops"))
    assert read.examples == (Example("war", "war.one", "a raid by troops", True), Example("war", "war.one", "a form letter", False))
    assert isinstance(read, Lexicon)
    assert standard_lexicon().topics is standard_topics()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[topic]]\nname = "nonsense"', "no standard topic"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = []', "no forms"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["Raid"]', "not lower case"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["raid"]\nbase = 3', "not between 0 and 1"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["raid"]\nharmles = ["raid"]', "unknown keys"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["raid"]\nharmless = ["raid"]', "both a form and harmless"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["raid"]\nliteral = ["@none"]', "no list of cues"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["raid"]\n[[topic.term]]\nid = "b"\nforms = ["raid"]', "is in war.a and in war.b"),
        ('[[topic]]\nname = "war"\n[[topic]]\nname = "war"', "is there twice"),
        ('[[topic]]\nname = "war"\n[[topic.term]]\nid = "a"\nforms = ["raid"]\nshared = ["raid"]', "said to be shared"),
    ],
)
def test_a_fault_in_a_file_is_told(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        lexicon_of({"x.toml": text})


def _words(text: str) -> list[str]:
    return regex.findall(r"\p{L}+|\p{N}+|[^\s\p{L}\p{N}-]", text.lower())


def _holds(text: str, phrase: str) -> bool:
    """The phrase stands in the text as whole words; in scripts without spaces as a part of it."""
    if not phrase.isascii():
        return phrase.lower() in text.lower()
    words, wanted = _words(text), _words(phrase)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _holds_any(text: str, phrases: tuple[str, ...]) -> bool:
    return any(_holds(text, phrase) for phrase in phrases)


def _pattern(glob: str) -> str:
    return "".join(".*" if char == "*" else "." if char == "?" else regex.escape(char) for char in glob)
