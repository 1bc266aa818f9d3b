"""Where a story says that something happened."""

from __future__ import annotations

import re

from rtm_gate.model.analysis import Analysis, PlaceMention
from rtm_gate.model.news import Story
from rtm_gate.vocabulary.regions import ancestors

_WHERE = re.compile(
    r"(?:\b(?:in|at|near|off|across|outside|inside|around|over|on|of|hits?|strikes?|rocks?|batters?|slams?|nears|towards?|through|to|shakes?"
    r"|devastates?|lashes|pounds"
    # The words of place, and the verbs of what comes over a place, of Spanish, Portuguese, Italian, French and German.
    r"|en|cerca de|frente a|sacude|sacudi[óu]|golpea|azota|afecta|estremece|sur de|norte de|este de|oeste de|costas? de|em|perto de|atinge|sacode"
    r"|nell[ao]|nel|nei|vicino a|colpisce|scuote|travolge|à|près de|dans|frappe|secoue|touche|bei|nahe|vor|im|erschüttert|trifft)"
    r"(?:\s+(?:the|a|an|el|la|los|las|il|lo|le|les|der|die|das|den|dem|o|os))?(?:\s+[\w'’-]+){0,2}\s+#?)$",
    re.IGNORECASE,
)
_ACTOR = re.compile(
    r"(?:['’]s)?[\s-](?:led|backed|based|born|owned|flagged|drones?|air ?strikes?|forces?|troops|soldiers?|warplanes?|jets?|military|army|navy"
    r"|president|prime minister"
    r"|government|diplomats?|ambassador|embassy|senators?|sanctions|dollars?|nationals?|citizens?|tourists?|refugees)\b",
    re.IGNORECASE,
)
_OF_AN_OFFICE = re.compile(
    r"\b(?:universit(?:y|ies)|bank|mall|embassy|consulate|ambassador|government|president|ministry|minister|king|queen|archdiocese|bishop"
    r"|gobierno|presidente|embajada|universidad|banco|governo|ambasciata|gouvernement|ambassade) (?:of|de|do|da|di|du) (?:the )?$",
    re.IGNORECASE,
)
_LARGE = 8
"""Countries from which on a place ("the EU", "the Caribbean") says less than any other place beside it."""


def regions_of(story: Story, title: Analysis, summary: Analysis) -> tuple[str, ...]:
    """Region codes, sorted; empty where no place is named, which is an unknown area and may concern anybody, wherever it was published."""
    if story.alert and story.alert.codes:
        return narrow(story.alert.codes)
    found = _codes(story.title, title.places)
    further = _codes(story.summary, summary.places)
    if found:
        # A summary may say where in the country; it does not add other countries.
        return narrow((*found, *(code for code in further if any(above in found for above in ancestors(code)))))
    return narrow(further)


def _codes(text: str, places: tuple[PlaceMention, ...]) -> tuple[str, ...]:
    """Where it happens: places after a word of place ("in Valencia") or before a colon, else every place named."""
    named = [place for place in places if not _OF_AN_OFFICE.search(text[: place.start])]
    named = [place for place in named if len(place.regions) < _LARGE] or named
    chosen = [place for place in named if _is_where(text, place)] or named
    sure = {code[:2] for place in chosen if len(place.regions) == 1 for code in place.regions}
    codes: set[str] = set()
    for place in chosen:
        # Georgia is a country and a state: the one that lies where the other places lie, else both may be meant.
        near = [code for code in place.regions if code[:2] in sure]
        codes.update(near or place.regions)
    return tuple(sorted(codes))


def _is_where(text: str, place: PlaceMention) -> bool:
    """ "In a US drone strike": who acts is not where it happens."""
    if _ACTOR.match(text[place.end :]):
        return False
    return _WHERE.search(text[: place.start]) is not None or (place.start == 0 and text[place.end :].startswith(":"))


def narrow(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Sorted, without the regions that contain another one of them: the story of a city names its country too."""
    wider = {above for code in codes for above in ancestors(code)}
    return tuple(sorted(set(codes) - wider))
