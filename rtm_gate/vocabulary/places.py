"""Finds places in running text: countries and their people, states, cities, and a hand-made list of what makes news.

Names are matched as they are written, longest first, at word boundaries; a text in capitals is read without case. City names
that are also words or people's names count only beside a clue (a state, or "in"); all lists are in `data/places.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rtm_gate.vocabulary.gazetteer import BESIDE_STATE, FREE, Place, gazetteer, lowered
from rtm_gate.vocabulary.regions import touch

Span = tuple[int, int, tuple[str, ...]]

# Lengths are bounded, so that no text makes a pattern slow.
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@\S+|@\w+", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[ -]([A-Za-z]+)")


def _is_loud(text: str) -> bool:
    """True when the text is written in capitals, as official headlines are."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 6 and sum(letter.isupper() for letter in letters) >= 0.7 * len(letters)


def _is_written(form: str, surface: str, clue: int, loud: bool) -> bool:
    if surface == form:
        return not (loud and form in {"US", "LA"})
    if surface.isupper() and len(form) > 3 and not form.isupper():
        return loud or (len(form) > 4 and clue == FREE)
    # "Isle Of Man" in a headline that capitalises every word.
    return " " in form and all(word[:1].isupper() for word in surface.split())


@dataclass(slots=True)
class _Hit:
    start: int
    end: int
    place: Place
    codes: tuple[str, ...]


def _hits(text: str, loud: bool) -> list[_Hit]:
    """The longest names in the text, from the left, without overlap."""
    found: list[tuple[int, int, Place]] = []
    masked = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    for last, (length, forms) in gazetteer().automaton.iter(lowered(masked)):
        start, end = last + 1 - length, last + 1
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isalnum() or (before != "" and before in "_@&") or after.isalnum() or after == "_":
            continue
        # "T-Mobile": behind a hyphen only what cannot be anything else.
        open_forms = [(form, place) for form, place in forms if before != "-" or place.clue == FREE]
        place = next((place for form, place in open_forms if _is_written(form, text[start:end], place.clue, loud)), None)
        if place is not None:
            found.append((start, end, place))
    hits: list[_Hit] = []
    for start, end, place in sorted(found, key=lambda item: (item[0], -item[1])):
        if not hits or start >= hits[-1].end:
            hits.append(_Hit(start, end, place, place.codes))
    return hits


def places_in(text: str, *, people: bool = True) -> tuple[Span, ...]:
    """The places a text names, as (start, end, region codes), in order; offsets count code points.

    A city gives its region in the most populous country that has one, or the state named next to it; large regions give all their
    parts; a name of two regions ("Georgia") gives both unless the rest of the text settles it. `people=False` leaves out
    words of people ("Syrian").
    """
    loud = _is_loud(text)
    hits = _hits(text, loud)
    kept: list[_Hit] = []
    skip = -1
    for index, hit in enumerate(hits):
        if index == skip or not hit.codes:
            continue
        following = hits[index + 1] if index + 1 < len(hits) else None
        if following is not None and _merge(text, hit, following):
            skip = index + 1
        elif not _merge_short(text, hit) and not _has_clue(text, hit, loud):
            continue
        if not (hit.place.demonym and (not people or _is_thing(text, hit))):
            kept.append(hit)
    kept += _towns_behind_comma(text, kept) if not loud else []
    _settle(kept)
    return tuple(sorted((hit.start, hit.end, hit.codes) for hit in kept))


def _merge(text: str, hit: _Hit, following: _Hit) -> bool:
    """`Paris, Texas`: the town takes the region named behind it. `Boston, New York` and `London, Paris` stay two places."""
    between = text[hit.end : following.start]
    town = hit.place
    if town.demonym or (town.region and not town.others) or not following.place.region or not following.codes or between not in (", ", ",", " ", " ("):
        return False
    near = tuple(code for code in town.others or town.codes if any(touch(code, other) for other in following.codes))
    if near and ("," in between or all("-" in code for code in following.codes)):
        codes = near
    elif between == ", " and not following.place.others and all("-" in code for code in following.codes) and town.others:
        codes = following.codes
    else:
        return False
    hit.end, hit.codes = following.end, tuple(sorted(codes))
    return True


def _merge_short(text: str, hit: _Hit) -> bool:
    """`Cleveland, OK`, `Aurora, Colo.`, `Austin TX`."""
    behind = None if hit.place.demonym else gazetteer().beside.match(text, hit.end)
    if behind is None:
        return False
    codes = gazetteer().qualifiers[behind[2]]
    if not behind[1] and not any(touch(code, other) for code in hit.place.others or hit.codes for other in codes):
        return False
    hit.end, hit.codes = behind.end(), codes
    return True


def _has_clue(text: str, hit: _Hit, loud: bool) -> bool:
    """Whether a name that is also a word or a person's may stand for a place here."""
    if hit.place.clue == FREE:
        return True
    if hit.place.clue == BESIDE_STATE or loud:
        return False
    before = _word_before(text, hit)
    if text[hit.start - 1 : hit.start] != " " or before.lower() not in gazetteer().place_words:
        return False
    # "in Charlotte Church's new video" is a person; headlines that capitalise every word are given the benefit.
    after = text[hit.end : hit.end + 2]
    return not (after[:1] == " " and after[1:].isupper()) or before[:1].isupper()


def _word_before(text: str, hit: _Hit) -> str:
    return (text[max(0, hit.start - 40) : hit.start].split() or [""])[-1]


def _is_thing(text: str, hit: _Hit) -> bool:
    """`Italian dressing`, `French toast`, `speak Spanish`: no country is meant."""
    after = _NEXT_WORD.match(text, hit.end)
    if after and after[1].lower() in gazetteer().things:
        return True
    before = _word_before(text, hit).lower()
    return before in {"speak", "speaks", "speaking", "learn", "learning"} or (before == "in" and not after)


def _towns_behind_comma(text: str, kept: Sequence[_Hit]) -> list[_Hit]:
    """States named behind a town that no list knows: the state's own letters are the place."""
    found, names = [], gazetteer()
    taken = {offset for hit in kept for offset in range(hit.start, hit.end)}
    for match in names.behind_comma.finditer(text):
        start, end = match.span(2)
        if start not in taken and match[1].lower().rstrip(".") not in names.no_town:
            codes = names.qualifiers[match[2]]
            found.append(_Hit(start, end, Place(match[2], codes), codes))
    return found


def _settle(hits: list[_Hit]) -> None:
    """A name of two regions means the one whose country the rest of the text speaks of."""
    named_by = Counter(code[:2] for codes in {hit.codes for hit in hits} for code in set(codes))
    for hit in hits:
        countries = {code[:2] for code in hit.codes}
        if hit.place.region and len(countries) > 1:
            named = {country for country in countries if named_by[country] > 1}
            if len(named) == 1:
                hit.codes = tuple(code for code in hit.codes if code[:2] in named)


def regions_in_tag(words: Sequence[str]) -> tuple[str, ...]:
    """The regions that the split words of a hashtag name, sorted: ("pray", "for", "newtown") -> ("US-CT",). Case is ignored."""
    text = " ".join(words).lower()
    codes = {gazetteer().tag_forms[word.lower()] for word in words if word.lower() in gazetteer().tag_forms}
    end_of_last = 0
    found = [(last + 1 - length, last + 1, forms[0][1]) for last, (length, forms) in gazetteer().automaton.iter(text) if length > 3]
    for start, end, place in sorted(found, key=lambda item: (item[0], -item[1])):
        if start >= end_of_last and text[start - 1 : start] in ("", " ") and text[end : end + 1] in ("", " "):
            end_of_last = end
            codes.update(place.codes if place.clue == FREE else ())
    return tuple(sorted(codes))


def is_place_name(word: str) -> bool:
    """True when the word alone, whatever its case, names a place without needing a clue; words of people do not count."""
    _, forms = gazetteer().automaton.get(lowered(word), (0, ()))
    return any(place.clue == FREE and place.codes and not place.demonym for _, place in forms)
