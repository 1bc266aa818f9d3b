"""What speaks for and against the literal sense of a hit, each sign with the name of its weight.

The weights are kept few, so that a person can redo the sum from the evidence of a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from rtm_gate.analysis.patterns import words_of
from rtm_gate.analysis.senses.circumstances import Circumstances, likened
from rtm_gate.analysis.senses.context import Context
from rtm_gate.analysis.senses.cues import Cue
from rtm_gate.analysis.senses.hits import Excuse, Hit
from rtm_gate.analysis.senses.lexicon import Lexicon
from rtm_gate.analysis.senses.weighing import Evidence, Sign
from rtm_gate.analysis.written.page import Page
from rtm_gate.analysis.written.pipeline import NAMES

HAZARDS = frozenset({"tragedy", "terror", "disaster", "war", "unrest", "death", "weapons", "health", "weather", "outage"})
"""Families whose words are often used for play or praise; the form of the text speaks for or against them."""
PLAYFUL = HAZARDS | {"politics", "justice", "finance"}
"""Families whose words sport, film, food, games and markets use as well."""

_FUNCTION_WORDS = words_of("lists")["function_words"]
_AT_HOME = {("health", "food"), ("death", "film")}
"""Contrast that is none: food is recalled, actors die."""

_NEAR = 12
"""Tokens: how far a row's own cue may stand from the hit in another sentence."""
_CUES, _REPORTS, _CIRCUMSTANCES = 3, 2, 3
"""How many cues of the row, words of a report, and kinds of circumstances count."""


def evidence_for(
    hit: Hit, page: Page, context: Context, lexicon: Lexicon, hits: Sequence[Hit], excused: Mapping[Hit, Excuse], selling: Sequence[Cue]
) -> Evidence:
    """The signs of a hit; which there are does not depend on what they weigh. `selling` are the places of offers and calls to act."""
    if hit.topic.contrast:
        return Evidence(hit.term.id, hit.term.base, hit.term.figurative, hit.disguise)
    raising = _row_cues(hit, page, context, lexicon, excused)
    if hit.topic.source != "standard":
        # A policy's words are taken as it says: by their certainty, and by what it names beside them.
        return Evidence(hit.term.id, hit.term.base, hit.term.figurative, hit.disguise, tuple(raising))
    family = hit.topic.top
    if family in HAZARDS:
        raising += _report(hit, page, context)
    signs = [*raising, *_circumstances(hit, page, context.circumstances, {sign.text.lower() for sign in raising}), *_spoken(hit, page)]
    firm = any(sign.kind != "place" for sign in raising)
    grave = any(sign.kind == "casualties" for sign in raising)
    if family in PLAYFUL:
        signs += _contrast(hit, page, hits)
        signs += _play(hit, page, context, firm)
    if family in HAZARDS and not firm:
        signs += _nearest("selling", selling, hit, page)
    return Evidence(hit.term.id, hit.term.base, hit.term.figurative, hit.disguise, tuple(signs), grave)


def _row_cues(hit: Hit, page: Page, context: Context, lexicon: Lexicon, excused: Mapping[Hit, Excuse]) -> list[Sign]:
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
    rows = sorted(found.values())[:_CUES]
    return [Sign(("cue" if rank < 2 else "cue_afar") if n == 0 else "cue_next", "cue", text) for n, (rank, _, text) in enumerate(rows)]


def _only_function_words(key: str) -> bool:
    """`in a` speaks for "killed" right behind it, not from farther away."""
    return all(word in _FUNCTION_WORDS for word in key.split())


def _report(hit: Hit, page: Page, context: Context) -> list[Sign]:
    signs: list[Sign] = []
    for kind, weight, afar, cues in (
        ("casualties", "casualties", "casualties_afar", context.casualties),
        ("measured", "measured", "measured", context.measured),
        ("aged", "aged", "aged", context.aged),
        ("named storm", "named_storm", "", [c for c in context.storms if _overlap(c, hit)]),
    ):
        cues = [c for c in cues if not (hit.start <= c.start and c.end <= hit.end) or kind == "named storm"]
        near = [c for c in cues if page.sentence_at(c.start) == page.tokens[hit.first].sentence]
        if near:
            signs.append(Sign(weight, kind, near[0].text))
        elif cues and afar:
            signs.append(Sign(afar, kind, cues[0].text))
    reports = {c.text: c for c in reversed(context.reports) if not _overlap(c, hit)}
    signs += [Sign("report", "report", c.text) for c in sorted(reports.values())[:_REPORTS]]
    placed = [
        c
        for c in context.places_after_preposition
        if 0 <= page.token_at(c.start) - hit.last <= 7 and page.sentence_at(c.start) == page.tokens[hit.first].sentence
    ]
    before = [c for c in context.places if c.end <= hit.start and page.token_at(c.end - 1) == hit.first - 1]
    if before:
        signs.append(Sign("place_before", "place", before[0].text))
    elif placed:
        signs.append(Sign("place_after", "place", placed[0].text))
    elif signs and context.places:
        signs.append(Sign("place_elsewhere", "place", context.places[0].text))
    return signs


def _circumstances(hit: Hit, page: Page, circumstances: Circumstances, counted: Set[str]) -> list[Sign]:
    """Each kind once, outside the hit itself and by no word that is `counted`; a hit that only likens something gets none of them."""
    likeness = likened(page, circumstances, hit.start)
    if likeness:
        return [Sign("likeness", "likeness", likeness.text)]
    signs: list[Sign] = []
    told = set(counted)
    for kind, cues in circumstances.real:
        cue = next((c for c in cues if not _overlap(c, hit) and not _told_before(c, told)), None)
        if cue is not None:
            signs.append(Sign(kind, kind, cue.text))
            told.add(cue.text.lower())
        if len(signs) == _CIRCUMSTANCES:
            break
    return signs + [Sign("laughter", "laughter", c.text) for c in circumstances.laughter[:1]]


def _spoken(hit: Hit, page: Page) -> list[Sign]:
    """What a trained pipeline says of the word: part of the name of a person, company or work, or a mere exclamation."""
    named = [(start, end) for start, end, _ in page.spoken.named(NAMES) if start <= hit.start and hit.end <= end]
    signs = [Sign("proper_name", "proper name", page.plain[start:end]) for start, end in named[:1]]
    if page.spoken.part_of_speech(hit.start, hit.end) == "INTJ":
        signs.append(Sign("exclamation", "exclamation", page.plain[hit.start : hit.end]))
    return signs


def _told_before(cue: Cue, counted: Set[str]) -> bool:
    text = cue.text.lower()
    return any(other in text or text in other for other in counted)


def _contrast(hit: Hit, page: Page, hits: Iterable[Hit]) -> list[Sign]:
    signs: list[Sign] = []
    seen: set[str] = set()
    for other in hits:
        outside = other.end <= hit.start or hit.end <= other.start
        if not other.topic.contrast or not outside or other.term.id in seen or (hit.topic.top, other.topic.top) in _AT_HOME:
            continue
        seen.add(other.term.id)
        near = page.tokens[other.first].sentence == page.tokens[hit.first].sentence
        signs.append(Sign("beside" if near else "beside_afar", f"beside {other.topic.name}", page.plain[other.start : other.end]))
    return signs


def _play(hit: Hit, page: Page, context: Context, firm: bool) -> list[Sign]:
    """Forms of play and praise. `firm`: something speaks for the literal sense, so the weaker of these are not asked."""
    signs = _nearest("score", context.scores, hit, page, anywhere=True) if not context.casualties else []
    if not context.casualties and not context.measured:
        signs += [Sign("percentage", "percentage", c.text) for c in context.percents if 0 <= c.start - hit.end <= 12][:1]
    signs += [Sign("quantity", "quantity", c.text) for c in context.quantities if _overlap(c, hit)][:1]
    if not context.casualties and not context.reports:
        signs += _nearest("hyperbole", context.hyperbole, hit, page)
    if firm:
        return signs
    sentence = page.tokens[hit.first].sentence
    if not hit.in_tag and hit.last - hit.first == 1 and sum(t.sentence == sentence and t.text.isalpha() and t.tag < 0 for t in page.tokens) <= 1:
        signs.append(Sign("alone", "alone", "a sentence of its own"))
    addressed = [c for c in context.addressed if 0 <= page.token_at(c.start) - hit.last <= 3 and page.sentence_at(c.start) == sentence]
    signs += [Sign("addressed", "addressed", c.text) for c in addressed[:1]]
    signs += [Sign("quoted", "quoted", c.text) for c in context.quoted if c.start <= hit.start and hit.end <= c.end][:1]
    return signs


def _nearest(kind: str, cues: Iterable[Cue], hit: Hit, page: Page, anywhere: bool = False) -> list[Sign]:
    """One sign of a kind, where the hit's sentence (or the text, with `anywhere`) has it."""
    sentence = page.tokens[hit.first].sentence
    return [Sign(kind, kind, c.text) for c in cues if anywhere or page.sentence_at(c.start) == sentence][:1]


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
