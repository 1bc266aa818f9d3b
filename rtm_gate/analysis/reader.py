"""The analyser: texts in, plain values with their evidence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import regex

from rtm_gate.analysis.senses.context import context_of
from rtm_gate.analysis.senses.disguise import disguised
from rtm_gate.analysis.senses.hits import excuses, hits_of, longest_of_family
from rtm_gate.analysis.senses.lexicon import Lexicon, compile_lexicon
from rtm_gate.analysis.senses.scorer import LITERAL, certainty_of, clues_for, negated
from rtm_gate.analysis.signs.claims import claims_of
from rtm_gate.analysis.signs.hashtags import read_tag
from rtm_gate.analysis.signs.intents import Found, intents_of, selling_of, worded_of
from rtm_gate.analysis.signs.names import names_of
from rtm_gate.analysis.signs.own import OwnMatcher, compile_own
from rtm_gate.analysis.signs.tone import tone_of
from rtm_gate.analysis.signs.tongues import language_of_all
from rtm_gate.analysis.signs.whereabouts import mentions_of, places_of
from rtm_gate.analysis.written.folding import fold
from rtm_gate.analysis.written.page import Page, casing, numbered, without_links
from rtm_gate.analysis.written.tags import tags_in
from rtm_gate.model.analysis import Analysis, FieldText, Mention, Suppressed
from rtm_gate.model.draft import LINK
from rtm_gate.model.vocabulary import OwnNames, Vocabulary

_CLUSTER = regex.compile(r"\X")
_SLUG = regex.compile(r"[^\w\s]|_")


class Analyser:
    """Reads drafts and headlines with one vocabulary. Making one takes about a second (spaCy, phrases); share it between threads."""

    def __init__(self, vocabulary: Vocabulary, own: OwnNames = OwnNames()) -> None:  # noqa: B008  (an immutable noun)
        self._set(compile_lexicon(vocabulary), own, vocabulary.digest)
        self.read_text("Warm-up: police say two people were killed in Boston. #PrayForBoston 30% off, shop now!")

    def with_own(self, own: OwnNames) -> Analyser:
        """The same vocabulary with another account's names; cheap, the names are compiled once per set of names."""
        other = object.__new__(type(self))
        other._set(self._lexicon, own, self.digest)
        return other

    def read(self, parts: Sequence[FieldText]) -> Analysis:
        """All fields of a draft. Never raises on what a text holds; same parts, same answer."""
        pages = [self._page(part) for part in parts]
        one_by_one = [self._read_page(page) for page in pages]
        language, unfamiliar = language_of_all(pages)
        return Analysis(
            mentions=tuple(m for a in one_by_one for m in a.mentions),
            suppressed=tuple(s for a in one_by_one for s in a.suppressed),
            hashtags=tuple(h for a in one_by_one for h in a.hashtags),
            places=tuple(p for a in one_by_one for p in a.places),
            claims=tuple(c for a in one_by_one for c in a.claims),
            intents=tuple(i for a in one_by_one for i in a.intents),
            names=tuple(n for a in one_by_one for n in a.names),
            language=language,
            unfamiliar=unfamiliar,
            tone=tone_of(pages),
            length=max((len(_CLUSTER.findall(part.text)) for part in parts if part.field.startswith("text")), default=0),
        )

    def read_text(self, text: str) -> Analysis:
        """One text, as field `text`."""
        return self.read([FieldText("text", text)])

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

    def _set(self, lexicon: Lexicon, own: OwnNames, digest: str) -> None:
        self._lexicon = lexicon
        self._own: OwnMatcher = compile_own(own)
        self._known_words = lexicon.words | {name.flat for name in self._own.names} if self._own.names else lexicon.words
        self.digest = digest

    def _page(self, part: FieldText) -> Page:
        text = _SLUG.sub(" ", part.text) if part.field.startswith("links") else part.text
        folded = replace(fold(text), source=part.text)
        tags = tags_in(folded.plain, self._known_words)
        cuts = sorted({offset for tag in tags for offset in (tag.start, tag.start + 1, tag.end, *(start for start, _ in tag.pieces))})
        pieces, phrases = self._lexicon.engine.read(folded.plain, cuts)
        tokens = numbered(pieces, folded.plain, tags)
        title_case, all_caps = casing(tokens)
        return Page(part.field, folded, without_links(folded.plain), tokens, tags, tuple(phrases), title_case, all_caps)

    def _read_page(self, page: Page) -> Analysis:
        own = list(self._own.find(page.plain))
        places = places_of(page)
        worded = worded_of(page)
        named = [(start, end, name.name) for start, end, name in own]
        spots = [(start, end) for start, end, _ in places]
        mentions, suppressed = self._mentions(page, worded, named, spots)
        tags = [(tag, read_tag(page, tag, self._lexicon, mentions)) for tag in page.tags]
        return Analysis(
            mentions=tuple(mention for mention, _ in mentions),
            suppressed=tuple(suppressed),
            hashtags=tuple(read for _, read in tags),
            places=tuple(mentions_of(page, places)),
            claims=tuple(claims_of(page, own)),
            intents=tuple(intents_of(page, worded, own, self._own, tags)),
            names=tuple(names_of(page, own, spots)),
        )

    def _mentions(
        self, page: Page, worded: Sequence[Found], own: Sequence[tuple[int, int, str]], places: Sequence[tuple[int, int]]
    ) -> tuple[list[tuple[Mention, bool]], list[Suppressed]]:
        hits = hits_of(page, self._lexicon)
        hidden = disguised(page, self._lexicon)
        if hidden:
            hits = longest_of_family([*hits, *hidden])
        if not hits:
            return [], []
        context = context_of(page, tuple(places))
        excused = excuses(page, self._lexicon, hits, own, context.deaths)
        selling = selling_of(worded)
        mentions: list[tuple[Mention, bool]] = []
        suppressed: list[Suppressed] = []
        for hit in hits:
            start, end, text = page.place(hit.start, hit.end)
            if hit in excused:
                suppressed.append(Suppressed(page.field, start, end, text, hit.topic.name, excused[hit].text, hit.term.id))
                continue
            clues = clues_for(hit, page, context, self._lexicon, hits, excused, selling)
            certainty = certainty_of(hit, clues)
            mention = Mention(
                hit.topic.name, hit.term.id, text, page.field, start, end, certainty >= LITERAL, negated(hit, page, context), hit.in_tag, certainty, clues
            )
            mentions.append((mention, hit.topic.contrast))
        return mentions, suppressed
