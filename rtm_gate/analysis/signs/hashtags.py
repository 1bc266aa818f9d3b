"""What a hashtag is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rtm_gate.analysis.senses.lexicon import Lexicon
from rtm_gate.analysis.signs.tongues import tag_language
from rtm_gate.analysis.written.page import Page, Tag
from rtm_gate.model.analysis import Hashtag, Mention

MISREAD = frozenset({"profanity", "sex", "hate", "drugs", "tragedy", "terror", "death", "gender"})
"""Families whose words, read by mistake, make a laughing stock of a tag or hurt."""
ITSELF = 0.3
"""The least base of a row whose bare word is heard as what it says."""


def read_tag(page: Page, tag: Tag, lexicon: Lexicon, mentions: Sequence[tuple[Mention, bool]]) -> Hashtag:
    """`mentions` of the field, each with whether its topic is a contrast topic. A listed tag goes before the words of a tag."""
    start, end, text = page.place(tag.start, tag.end)
    topic, source = _topic(tag, lexicon, [row for row in mentions if row[0].in_hashtag and start <= row[0].start and row[0].end <= end])
    words = tuple(word.lower() for word in tag.words)
    return Hashtag(text, page.field, start, end, words, tag.known, tag_language(tag), topic, source, tag.others, _misread(words, tag.others, lexicon))


def _misread(words: Sequence[str], others: Sequence[Sequence[str]], lexicon: Lexicon) -> str:
    """What a reader finds in another way of parting the tag that its words do not say: obscene or tragic, nearest reading first."""
    said = _painful(words, lexicon)
    return next((topic for way in others for topic in sorted(_painful(way, lexicon) - said)), "")


def _painful(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    rows = (form for word in words for form in lexicon.forms.get(word, ()))
    return {row.topic.name for row in rows if row.topic.top in MISREAD and row.term.base >= ITSELF}


def _topic(tag: Tag, lexicon: Lexicon, inside: Sequence[tuple[Mention, bool]]) -> tuple[str, Literal["", "tag", "words"]]:
    listed = lexicon.tags.topic_of(tag.body.lower())
    if listed is not None:
        return listed.name, "tag"
    literal = [(contrast, -(m.end - m.start), m.topic) for m, contrast in inside if m.literal]
    return (min(literal)[2], "words") if literal else ("", "")
