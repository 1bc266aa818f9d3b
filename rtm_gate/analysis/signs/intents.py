"""Signs of purpose in a field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rtm_gate.analysis.senses.cues import Cue
from rtm_gate.analysis.signs import purpose
from rtm_gate.analysis.signs.own import OwnMatcher, Spelling
from rtm_gate.analysis.written.folding import flat
from rtm_gate.analysis.written.page import Page, Tag
from rtm_gate.model.analysis import Hashtag, Intent
from rtm_gate.model.vocabulary import top_of
from rtm_gate.vocabulary.words import is_frequent

OwnHit = tuple[int, int, Spelling]
Found = tuple[str, int, int]


def intents_of(page: Page, worded: Sequence[Found], own: Sequence[OwnHit], matcher: OwnMatcher, tags: Sequence[tuple[Tag, Hashtag]]) -> list[Intent]:
    """All signs, sorted by place, then kind; `worded` are those of `worded_of`. Spans of one kind do not repeat."""
    found: set[Found] = set(worded)
    found.update((row.kind, start, end) for start, end, row in own if row.kind in ("brand", "product"))
    found.update(_campaign_tags(page, matcher, tags))
    found.update(_puns(page, matcher, own))
    intents = []
    for kind, start, end in sorted(found, key=lambda row: (row[1], row[2], row[0])):
        first, last, text = page.place(start, end)
        intents.append(Intent(kind, text, page.field, first, last))
    return intents


def worded_of(page: Page) -> tuple[Found, ...]:
    """Signs in the wording alone: kind and span of the plain text."""
    return tuple(_worded(page))


def selling_of(worded: Sequence[Found]) -> tuple[Cue, ...]:
    """Where the text offers, urges or praises goods, in order."""
    return tuple(Cue(start, end, kind) for kind, start, end in sorted(worded, key=lambda row: row[1:]) if kind in ("offer", "call_to_action", "product"))


def _worded(page: Page) -> Iterator[Found]:
    for kind, pattern in purpose.PURPOSES.items():
        for match in pattern.finditer(page.lower):
            start, end = _trimmed(page.lower, match.start(), match.end())
            if start < end and not _charitable(kind, page, start, end):
                yield kind, start, end
    if page.field.startswith("media"):
        yield from (("mascot", m.start(), m.end()) for m in purpose.OTHER["mascot"].finditer(page.lower))
    yield from (("first_person", m.start(), m.end()) for m in purpose.PERSON.finditer(page.plain))
    yield from (("first_person", m.start(), m.end()) for m in purpose.SOMEBODY.finditer(page.plain))
    yield from (("connection", m.start(), m.end()) for m in purpose.EMPLOYED.finditer(page.plain))
    yield from (("sympathy", m.start(), m.end()) for m in purpose.REMEMBERED.finditer(page.plain))
    yield from (("question", token.start, token.end) for token in page.tokens if "?" in token.text and not any(c.isalnum() for c in token.text))


def _charitable(kind: str, page: Page, start: int, end: int) -> bool:
    if kind not in ("offer", "call_to_action") or not purpose.OTHER["gives_way_to_charity"].match(page.lower[start:end]):
        return False
    left, right = page.sentence_around(start)
    return purpose.OTHER["charity"].search(page.lower, left, right) is not None


def _campaign_tags(page: Page, matcher: OwnMatcher, tags: Iterable[tuple[Tag, Hashtag]]) -> Iterator[Found]:
    spoken = [(t.lower, t.tag) for t in page.tokens if t.text[0].isalnum()]
    for index, (tag, read) in enumerate(tags):
        if read.topic and _solemn(read.topic):
            continue
        words = tuple(word.lower() for word in tag.words)
        if _carries_own_name(tag, matcher) or any(word in purpose.COMMERCE for word in words) or (len(words) >= 3 and _said(words, spoken, index)):
            yield "campaign_tag", tag.start, tag.end


def _solemn(topic: str) -> bool:
    """A tag of a listed cause or of mourning repeats the text because the cause is the text."""
    return top_of(topic) in ("remembrance", "movement", "tragedy", "terror", "death", "disaster", "religion", "hate")


def _carries_own_name(tag: Tag, matcher: OwnMatcher) -> bool:
    """A short name (Gap) must be a whole word of the tag; a longer one may stand anywhere in it (#TescoTweets)."""
    body = flat(tag.body)
    words = {word.lower() for word in tag.words}
    return any(own.kind != "competitor" and (own.flat in words or own.flat == body or (len(own.flat) >= 5 and own.flat in body)) for own in matcher.names)


def _said(words: tuple[str, ...], spoken: Sequence[tuple[str, int]], own_index: int) -> bool:
    text = [word for word, tag in spoken if tag != own_index]
    return any(tuple(text[i : i + len(words)]) == words for i in range(len(text) - len(words) + 1))


def _puns(page: Page, matcher: OwnMatcher, own: Sequence[OwnHit]) -> Iterator[Found]:
    """An own name grown into another word: KFCheese, Tescotastic. Plurals, possessives, links, handles and tags are no puns."""
    names = [name for name in matcher.names if name.kind != "competitor" and name.flat.isalpha() and len(name.flat) >= 3 and not name.is_handle]
    if not names:
        return
    taken = [(start, end) for start, end, _ in own]
    for token in page.tokens:
        if token.tag >= 0 or not token.text.isalpha() or len(token.text) < 5 or any(s < token.end and token.start < e for s, e in taken):
            continue
        if token.start > 0 and page.plain[token.start - 1] in "@/.":
            continue
        for name in names:
            rest = token.lower.replace(name.flat, "", 1)
            grown = token.lower.startswith(name.flat) and len(rest) >= 2 and not is_frequent(token.lower)
            if grown and (len(name.flat) >= 4 or (name.written.isupper() and token.text.startswith(name.written))):
                yield "pun", token.start, token.end
                break


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n\t:,.!":
        start += 1
    while start < end and text[end - 1] in " \n\t:,":
        end -= 1
    return start, end
