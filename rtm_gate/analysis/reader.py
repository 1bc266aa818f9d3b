"""The analyser: texts in, plain values with their evidence out."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import regex

from rtm_gate.analysis.senses.context import context_of
from rtm_gate.analysis.senses.disguise import disguised
from rtm_gate.analysis.senses.hits import excuses, hits_of, longest_of_family
from rtm_gate.analysis.senses.lexicon import Lexicon, compile_lexicon
from rtm_gate.analysis.senses.scorer import evidence_for, negated
from rtm_gate.analysis.senses.weighing import LITERAL, Evidence, certainty_of, clues_of
from rtm_gate.analysis.senses.weights import STANDARD, Weights
from rtm_gate.analysis.signs.claims import claims_of
from rtm_gate.analysis.signs.hashtags import read_tag
from rtm_gate.analysis.signs.intents import Found, OwnHit, intents_of, selling_of, worded_of
from rtm_gate.analysis.signs.names import names_of
from rtm_gate.analysis.signs.own import OwnMatcher, compile_own
from rtm_gate.analysis.signs.tone import tone_of
from rtm_gate.analysis.signs.tongues import language_of_all
from rtm_gate.analysis.signs.whereabouts import mentions_of, places_of
from rtm_gate.analysis.thread import heard_together, joined
from rtm_gate.analysis.written.folding import fold
from rtm_gate.analysis.written.page import Page, casing, numbered, without_links
from rtm_gate.analysis.written.pipeline import Pipeline, Spoken
from rtm_gate.analysis.written.tags import tags_in
from rtm_gate.model.analysis import Analysis, FieldText, Mention, Suppressed
from rtm_gate.model.draft import LINK
from rtm_gate.model.verdict import ReadBy
from rtm_gate.model.vocabulary import OwnNames, Vocabulary
from rtm_gate.vocabulary.counting import graphemes

_SLUG = regex.compile(r"[^\w\s]|_")


class Weighed(NamedTuple):
    """A mention and what it was weighed from. `contrast`: of a topic that is never sensitive."""

    mention: Mention
    evidence: Evidence
    contrast: bool


class Analyser:
    """Reads drafts and headlines with one vocabulary and one set of weights. Making one takes most of a second (spaCy, phrases); share it between threads."""

    def __init__(self, vocabulary: Vocabulary, own: OwnNames = OwnNames(), weights: Weights = STANDARD, pipeline: Pipeline | None = None) -> None:  # noqa: B008
        """`pipeline` adds what it finds; nothing needs it."""
        self._lexicon: Lexicon = compile_lexicon(vocabulary)
        self._pipeline = pipeline
        self.weights = weights
        self.digest = vocabulary.digest
        self._call(own)

    def with_own(self, own: OwnNames) -> Analyser:
        """The same vocabulary with another account's names; cheap, the names are compiled once per set of names."""
        other = copy(self)
        other._call(own)
        return other

    def with_weights(self, weights: Weights) -> Analyser:
        """The same vocabulary and names, weighed otherwise; cheap."""
        other = copy(self)
        other.weights = weights
        return other

    def without_pipeline(self) -> Analyser:
        """The same, by the lexicon alone; cheap."""
        other = copy(self)
        other._pipeline = None
        return other

    @property
    def read_by(self) -> ReadBy:
        """What a verdict says of how its words were read."""
        pipeline = f"{self._pipeline.name} {self._pipeline.version}" if self._pipeline else ""
        return ReadBy(vocabulary=f"sha256:{self.digest}", weights=self.weights.name, pipeline=pipeline)

    def read(self, parts: Sequence[FieldText]) -> Analysis:
        """All fields of a draft. Never raises on what a text holds; same parts, same answer."""
        pages = [self._page(part) for part in parts]
        one_by_one = [self._read_page(page) for page in pages]
        language, unfamiliar = language_of_all(pages)
        return Analysis(
            mentions=self._heard(parts, tuple(m for a in one_by_one for m in a.mentions)),
            suppressed=tuple(s for a in one_by_one for s in a.suppressed),
            hashtags=tuple(h for a in one_by_one for h in a.hashtags),
            places=tuple(p for a in one_by_one for p in a.places),
            claims=tuple(c for a in one_by_one for c in a.claims),
            intents=tuple(i for a in one_by_one for i in a.intents),
            names=tuple(n for a in one_by_one for n in a.names),
            language=language,
            unfamiliar=unfamiliar,
            tone=tone_of(pages),
            length=max((len(graphemes(part.text)) for part in parts if part.field.startswith("text")), default=0),
        )

    def read_text(self, text: str) -> Analysis:
        """One text, as field `text`."""
        return self.read([FieldText("text", text)])

    def _heard(self, parts: Sequence[FieldText], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The mentions, as sure as the whole of a thread makes them."""
        thread = [part for part in parts if part.field.startswith("text")]
        whole = joined(thread) if mentions else None
        return heard_together(thread, mentions, [weighed.mention for weighed in self.weighed_in(whole.text)]) if whole else mentions

    def weighed_in(self, text: str) -> tuple[Weighed, ...]:
        """The mentions of one text with their evidence, for whoever weighs it anew."""
        page = self._page(FieldText("text", text))
        spots = [(start, end) for start, end, _ in places_of(page)]
        return tuple(self._mentions(page, worded_of(page), list(self._own.find(page.plain)), spots)[0])

    def sentences(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the sentences of a text stand, in order. What has no words of its own (an emoji, a link) belongs to the one before it on its line."""
        page = self._page(FieldText("text", text))
        found: list[tuple[int, int]] = []
        for _, group in groupby(page.tokens, key=lambda token: token.sentence):
            tokens = list(group)
            start, end, written = page.place(tokens[0].start, tokens[-1].end)
            if found and "\n" not in text[found[-1][1] : start] and not any(c.isalnum() for c in LINK.sub("", written)):
                start = found.pop()[0]
            found.append((start, end))
        return tuple(found)

    def _call(self, own: OwnNames) -> None:
        self._own: OwnMatcher = compile_own(own)
        words = self._lexicon.words
        self._known_words = words | {name.flat for name in self._own.names} if self._own.names else words

    def _page(self, part: FieldText) -> Page:
        text = _SLUG.sub(" ", part.text) if part.field.startswith("links") else part.text
        folded = replace(fold(text), source=part.text)
        tags = tags_in(folded.plain, self._known_words)
        cuts = sorted({offset for tag in tags for offset in (tag.start, tag.start + 1, tag.end, *(start for start, _ in tag.pieces))})
        pieces, phrases = self._lexicon.read(folded.plain, cuts)
        tokens = numbered(pieces, folded.plain, tags)
        title_case, all_caps = casing(tokens)
        spoken = self._pipeline.read(folded.plain) if self._pipeline else Spoken()
        return Page(part.field, folded, without_links(folded.plain), tokens, tags, tuple(phrases), title_case, all_caps, spoken)

    def _read_page(self, page: Page) -> Analysis:
        own = list(self._own.find(page.plain))
        places = places_of(page)
        worded = worded_of(page)
        spots = [(start, end) for start, end, _ in places]
        mentions, suppressed = self._mentions(page, worded, own, spots)
        sides = [(weighed.mention, weighed.contrast) for weighed in mentions]
        tags = [(tag, read_tag(page, tag, self._lexicon, sides)) for tag in page.tags]
        return Analysis(
            mentions=tuple(weighed.mention for weighed in mentions),
            suppressed=tuple(suppressed),
            hashtags=tuple(read for _, read in tags),
            places=tuple(mentions_of(page, places)),
            claims=tuple(claims_of(page, own, spots)),
            intents=tuple(intents_of(page, worded, own, self._own, tags)),
            names=tuple(names_of(page, own, spots)),
        )

    def _mentions(
        self, page: Page, worded: Sequence[Found], own: Sequence[OwnHit], places: Sequence[tuple[int, int]]
    ) -> tuple[list[Weighed], list[Suppressed]]:
        hits = hits_of(page, self._lexicon)
        hidden = disguised(page, self._lexicon)
        if hidden:
            hits = longest_of_family([*hits, *hidden])
        if not hits:
            return [], []
        context = context_of(page, tuple(places))
        named = [(start, end, name.written) for start, end, name in own]
        excused = excuses(page, self._lexicon, hits, named, context.deaths)
        selling = selling_of(worded)
        mentions: list[Weighed] = []
        suppressed: list[Suppressed] = []
        for hit in hits:
            start, end, text = page.place(hit.start, hit.end)
            if hit in excused:
                suppressed.append(Suppressed(page.field, start, end, text, hit.topic.name, excused[hit].text, hit.term.id))
                continue
            evidence = evidence_for(hit, page, context, self._lexicon, hits, excused, selling)
            clues = clues_of(evidence, self.weights)
            certainty = certainty_of(evidence.base, evidence.figurative, [clue.weight for clue in clues[1:]])
            literal, denied = certainty >= LITERAL, negated(hit, page, context)
            mention = Mention(hit.topic.name, hit.term.id, text, page.field, start, end, literal, denied, hit.in_tag, certainty, clues)
            mentions.append(Weighed(mention, evidence, hit.topic.contrast))
        return mentions, suppressed
