"""How sure the literal sense of a hit is: the row's base and a sum of named clues, clamped to 0 … 1.

The weights are set by hand and kept few, so that a person can redo the sum from the evidence of a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rtm_gate.analysis.patterns import words_of
from rtm_gate.analysis.senses.context import Context, Cue
from rtm_gate.analysis.senses.hits import Excuse, Hit
from rtm_gate.analysis.senses.lexicon import Lexicon
from rtm_gate.analysis.written.page import Page
from rtm_gate.model.analysis import Clue

HAZARDS = frozenset({"tragedy", "terror", "disaster", "war", "unrest", "death", "weapons", "health", "weather", "outage"})
"""Families whose words are often used for play or praise; the form of the text speaks for or against them."""
PLAYFUL = HAZARDS | {"politics", "justice", "finance"}
"""Families whose words sport, film, food, games and markets use as well."""

_FUNCTION_WORDS = words_of("lists")["function_words"]
_AT_HOME = {("health", "food"), ("death", "film")}
"""Contrast that is none: food is recalled, actors die."""

LITERAL = 0.5
_NEAR = 12
"""Tokens: how far a row's own cue may stand from the hit in another sentence."""

FIRST_CUE, FIRST_CUE_AFAR, NEXT_CUE, CUES_COUNTED = 0.25, 0.2, 0.1, 3
CASUALTIES, CASUALTIES_AFAR, MEASURED, AGED, NAMED_STORM = 0.35, 0.2, 0.35, 0.35, 0.3
REPORT, REPORTS_COUNTED, PLACE_BEFORE, PLACED, PLACE = 0.1, 2, 0.25, 0.2, 0.1
CONTRAST, CONTRAST_AFAR, CONTRAST_MOST = -0.3, -0.1, -0.45
SCORE, PERCENT, QUANTITY, HYPERBOLE, ALONE, ADDRESSED, QUOTED, SELLING = -0.25, -0.3, -0.4, -0.4, -0.35, -0.2, -0.1, -0.15


def clues_for(
    hit: Hit, page: Page, context: Context, lexicon: Lexicon, hits: Sequence[Hit], excused: Mapping[Hit, Excuse], selling: Sequence[Cue]
) -> tuple[Clue, ...]:
    """The clues of a hit, base first. `selling` are the places of offers and calls to act."""
    clues = [Clue("base", hit.term.base, hit.term.id)]
    if hit.disguise:
        clues.append(Clue("disguise", 0.0, hit.disguise))
    if hit.topic.contrast:
        return tuple(clues)
    raising = _row_cues(hit, page, context, lexicon, excused)
    if hit.topic.source != "standard":
        # A policy's words are taken as it says: by their certainty, and by what it names beside them.
        return (*clues, *raising)
    family = hit.topic.top
    if family in HAZARDS:
        raising += _report(hit, page, context)
    clues += raising
    firm = any(clue.kind != "place" for clue in raising)
    if family in PLAYFUL:
        clues += _contrast(hit, page, hits, grave=any(c.kind == "casualties" for c in raising))
        clues += _play(hit, page, context, firm)
    if family in HAZARDS and not firm:
        clues += _nearest("selling", SELLING, selling, hit, page)
    return tuple(clues)


def certainty_of(hit: Hit, clues: Sequence[Clue]) -> float:
    if hit.term.figurative:
        return min(0.4, max(0.0, hit.term.base))
    return round(min(1.0, max(0.0, sum(clue.weight for clue in clues))), 3)


def _row_cues(hit: Hit, page: Page, context: Context, lexicon: Lexicon, excused: Mapping[Hit, Excuse]) -> list[Clue]:
    """Cues of the row itself, in the hit's clause first. A cue inside an innocent phrase ("drop-dead") or a quoted title is none."""
    innocent = [(e.start, e.end) for e in excused.values()]
    innocent += [(c.start, c.end) for c in context.quoted if not (c.start <= hit.start and hit.end <= c.end)]
    found: dict[str, tuple[int, int, str]] = {}
    for phrase in page.phrases:
        if hit.term.id not in lexicon.literal.get(phrase.key, ()) or (phrase.first < hit.last and hit.first < phrase.last):
            continue
        first, last = page.tokens[phrase.first], page.tokens[phrase.last - 1]
        own = page.tokens[hit.first]
        gap = max(phrase.first - hit.last, hit.first - phrase.last)
        rank = 0 if first.clause == own.clause else 1 if first.sentence == own.sentence else 2
        if (rank == 2 and gap > _NEAR) or (gap > 1 and _only_function_words(phrase.key)):
            continue
        if any(start < last.end and first.start < end for start, end in innocent):
            continue
        row = (rank, gap, page.plain[first.start : last.end])
        found[phrase.key] = min(row, found.get(phrase.key, row))
    rows = sorted(found.values())[:CUES_COUNTED]
    return [Clue("cue", (FIRST_CUE if rank < 2 else FIRST_CUE_AFAR) if n == 0 else NEXT_CUE, text) for n, (rank, _, text) in enumerate(rows)]


def _only_function_words(key: str) -> bool:
    """`in a` speaks for "killed" right behind it, not from farther away."""
    return all(word in _FUNCTION_WORDS for word in key.split())


def _report(hit: Hit, page: Page, context: Context) -> list[Clue]:
    clues: list[Clue] = []
    for kind, weight, afar, cues in (
        ("casualties", CASUALTIES, CASUALTIES_AFAR, context.casualties),
        ("measured", MEASURED, MEASURED, context.measured),
        ("aged", AGED, AGED, context.aged),
        ("named storm", NAMED_STORM, 0.0, [c for c in context.storms if _overlap(c, hit)]),
    ):
        cues = [c for c in cues if not (hit.start <= c.start and c.end <= hit.end) or kind == "named storm"]
        near = [c for c in cues if page.sentence_at(c.start) == page.tokens[hit.first].sentence]
        if near:
            clues.append(Clue(kind, weight, near[0].text))
        elif cues and afar:
            clues.append(Clue(kind, afar, cues[0].text))
    reports = {c.text: c for c in reversed(context.reports) if not _overlap(c, hit)}
    clues += [Clue("report", REPORT, c.text) for c in sorted(reports.values())[:REPORTS_COUNTED]]
    placed = [
        c
        for c in context.places_after_preposition
        if 0 <= page.token_at(c.start) - hit.last <= 7 and page.sentence_at(c.start) == page.tokens[hit.first].sentence
    ]
    before = [c for c in context.places if c.end <= hit.start and page.token_at(c.end - 1) == hit.first - 1]
    if before:
        clues.append(Clue("place", PLACE_BEFORE, before[0].text))
    elif placed:
        clues.append(Clue("place", PLACED, placed[0].text))
    elif clues and context.places:
        clues.append(Clue("place", PLACE, context.places[0].text))
    return clues


def _contrast(hit: Hit, page: Page, hits: Iterable[Hit], grave: bool) -> list[Clue]:
    clues: list[Clue] = []
    left = CONTRAST_MOST / 2 if grave else CONTRAST_MOST
    seen: set[str] = set()
    for other in hits:
        outside = other.end <= hit.start or hit.end <= other.start
        if not other.topic.contrast or not outside or other.term.id in seen or (hit.topic.top, other.topic.top) in _AT_HOME:
            continue
        seen.add(other.term.id)
        near = page.tokens[other.first].sentence == page.tokens[hit.first].sentence
        weight = max(left, CONTRAST if near else CONTRAST_AFAR)
        if weight < 0:
            clues.append(Clue(f"beside {other.topic.name}", round(weight, 3), page.plain[other.start : other.end]))
            left = round(left - weight, 3)
    return clues


def _play(hit: Hit, page: Page, context: Context, firm: bool) -> list[Clue]:
    """Forms of play and praise. `firm`: something speaks for the literal sense, so the weaker of these are not asked."""
    clues = _nearest("score", SCORE, context.scores, hit, page, anywhere=True) if not context.casualties else []
    if not context.casualties and not context.measured:
        clues += [Clue("percentage", PERCENT, c.text) for c in context.percents if 0 <= c.start - hit.end <= 12][:1]
    clues += [Clue("quantity", QUANTITY, c.text) for c in context.quantities if _overlap(c, hit)][:1]
    if not context.casualties and not context.reports:
        clues += _nearest("hyperbole", HYPERBOLE, context.hyperbole, hit, page)
    if firm:
        return clues
    sentence = page.tokens[hit.first].sentence
    if not hit.in_tag and hit.last - hit.first == 1 and sum(t.sentence == sentence and t.text.isalpha() and t.tag < 0 for t in page.tokens) <= 1:
        clues.append(Clue("alone", ALONE, "a sentence of its own"))
    addressed = [c for c in context.addressed if 0 <= page.token_at(c.start) - hit.last <= 3 and page.sentence_at(c.start) == sentence]
    clues += [Clue("addressed", ADDRESSED, c.text) for c in addressed[:1]]
    clues += [Clue("quoted", QUOTED, c.text) for c in context.quoted if c.start <= hit.start and hit.end <= c.end][:1]
    return clues


def _nearest(kind: str, weight: float, cues: Iterable[Cue], hit: Hit, page: Page, anywhere: bool = False) -> list[Clue]:
    """One clue of a kind, where the hit's sentence (or the text, with `anywhere`) has it."""
    sentence = page.tokens[hit.first].sentence
    return [Clue(kind, weight, c.text) for c in cues if anywhere or page.sentence_at(c.start) == sentence][:1]


_NONE_OF = re.compile(r"(?:no|not one|no one|nobody|none)\b", re.IGNORECASE)
_EVENT_STANDS = re.compile(r"\b(?:in|after|before|following|as|since|despite)\b")


def negated(hit: Hit, page: Page, context: Context) -> bool:
    """A negation in the hit's clause, at most five tokens before it, that does not deny something else: "no survivors after the crash"."""
    own = page.tokens[hit.first]
    for cue in (*context.negations, *context.no_one):
        at = page.token_at(cue.start)
        if cue.start >= hit.start or at >= len(page.tokens):
            continue
        if _NONE_OF.match(cue.text) and _EVENT_STANDS.search(page.lower, cue.end, hit.start):
            continue
        if page.tokens[at].clause == own.clause and hit.first - at <= 5 and not (cue.start <= hit.start and hit.end <= cue.end):
            return True
    return False


def _overlap(cue: Cue, hit: Hit) -> bool:
    return cue.start < hit.end and hit.start < cue.end
