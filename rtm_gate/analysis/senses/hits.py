"""From phrase hits to hits of topics: overlaps settled, harmless senses found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rtm_gate.analysis.senses.lexicon import Form, Lexicon
from rtm_gate.analysis.written.page import Page
from rtm_gate.model.analysis import OWN_NAME
from rtm_gate.model.vocabulary import Term, Topic

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A row of the lexicon met at plain[start:end], tokens[first:last]. `disguise` names how it was hidden, if it was."""

    term: Term
    topic: Topic
    start: int
    end: int
    first: int
    last: int
    in_tag: bool = False
    disguise: str = ""

    @property
    def order(self) -> tuple[int, int, str, str]:
        return self.start, self.end, self.topic.name, self.term.id


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a hit is harmless: the innocent phrase around it, plain[start:end]."""

    text: str
    start: int
    end: int


def hits_of(page: Page, lexicon: Lexicon) -> list[Hit]:
    """All hits, longest first within a family of topics: `shooting range` hides `shooting` of the same family, not of another."""
    found: list[Hit] = []
    for phrase in page.phrases:
        for form in lexicon.forms.get(phrase.key, ()):
            first, last = page.tokens[phrase.first], page.tokens[phrase.last - 1]
            if first.tag != last.tag or not _case_fits(page.plain[first.start : last.end], form):
                continue
            found.append(Hit(form.term, form.topic, first.start, last.end, phrase.first, phrase.last, first.tag >= 0))
    for tag in page.tags:
        for form in lexicon.collapsed.get(tag.body.lower(), ()):
            start = tag.start + 1
            found.append(Hit(form.term, form.topic, start, tag.end, page.token_at(start), page.token_at(tag.end - 1) + 1, True))
    return longest_of_family(found)


def longest_of_family(hits: Sequence[Hit]) -> list[Hit]:
    """Of hits of one family that overlap the longest stays, then the first, then the one whose topic and row come first by name."""
    kept: list[Hit] = []
    taken: dict[str, list[Span]] = {}
    for hit in sorted(hits, key=lambda h: (h.start - h.end, -h.term.base, *h.order)):
        spans = taken.setdefault(hit.topic.top, [])
        if all(hit.end <= start or end <= hit.start for start, end in spans):
            spans.append((hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda h: h.order)


def excuses(page: Page, lexicon: Lexicon, hits: Sequence[Hit], own: Sequence[tuple[int, int, str]], deaths: Sequence[Span]) -> dict[Hit, Excuse]:
    """The hits with a known harmless sense. `own` are the account's own names found, with their text.

    `deaths` are the places of counts of dead or injured: beside one, in its sentence, no idiom is innocent ("Train wreck kills 5").
    """
    found: dict[Hit, Excuse] = {}
    contrast = [hit for hit in hits if hit.topic.contrast]
    for hit in hits:
        if hit.topic.contrast:
            continue
        idiom = _harmless_phrase(page, lexicon, hit)
        excuse = (None if idiom and _beside_deaths(page, idiom, deaths) else idiom) or _contrast_phrase(page, contrast, hit) or _own_name(hit, own)
        if excuse:
            found[hit] = excuse
    return found


def _beside_deaths(page: Page, idiom: Excuse, deaths: Sequence[Span]) -> bool:
    sentence = page.sentence_at(idiom.start)
    return any((end <= idiom.start or idiom.end <= start) and page.sentence_at(start) == sentence for start, end in deaths)


def _harmless_phrase(page: Page, lexicon: Lexicon, hit: Hit) -> Excuse | None:
    best: tuple[int, int] | None = None
    for phrase in page.phrases:
        if phrase.first > hit.last:
            break
        if phrase.last < hit.first:
            continue
        overlaps = phrase.first < hit.last and hit.first < phrase.last
        adjacent = phrase.last == hit.first or phrase.first == hit.last
        excused = (overlaps and lexicon.is_harmless(phrase.key, hit.term, beside=False)) or (
            adjacent and _same_sentence(page, phrase.first, hit.first) and lexicon.is_harmless(phrase.key, hit.term, beside=True)
        )
        if excused and (best is None or phrase.last - phrase.first > best[1] - best[0]):
            best = (phrase.first, phrase.last)
    if best is None:
        return None
    start = page.tokens[min(best[0], hit.first)].start
    end = page.tokens[max(best[1], hit.last) - 1].end
    return Excuse(page.plain[start:end], start, end)


def _contrast_phrase(page: Page, contrast: Sequence[Hit], hit: Hit) -> Excuse | None:
    """A longer phrase of sport, film, market … that holds the hit: `penalty shootout`, `box office bomb`."""
    for other in contrast:
        if other.start <= hit.start and hit.end <= other.end and other.last - other.first > hit.last - hit.first:
            return Excuse(page.plain[other.start : other.end], other.start, other.end)
    return None


def _own_name(hit: Hit, own: Sequence[tuple[int, int, str]]) -> Excuse | None:
    for start, end, text in own:
        if start <= hit.start and hit.end <= end:
            return Excuse(f"{OWN_NAME}{text}", start, end)
    return None


def _same_sentence(page: Page, one: int, other: int) -> bool:
    return page.tokens[one].sentence == page.tokens[other].sentence


def _case_fits(written: str, form: Form) -> bool:
    """An entry written with capitals (WHO, AIDS) is met only in those capitals."""
    return not form.cased or _letters(written) == _letters(form.cased)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
