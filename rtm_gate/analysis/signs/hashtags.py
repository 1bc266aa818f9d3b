"""What a hashtag is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rtm_gate.analysis.senses.lexicon import Lexicon
from rtm_gate.analysis.signs.tongues import tag_language
from rtm_gate.analysis.written.page import Page, Tag
from rtm_gate.model.analysis import Hashtag, Mention


def read_tag(page: Page, tag: Tag, lexicon: Lexicon, mentions: Sequence[tuple[Mention, bool]]) -> Hashtag:
    """`mentions` of the field, each with whether its topic is a contrast topic. A listed tag goes before the words of a tag."""
    start, end, text = page.place(tag.start, tag.end)
    topic, source = _topic(tag, lexicon, [row for row in mentions if row[0].in_hashtag and start <= row[0].start and row[0].end <= end])
    return Hashtag(text, page.field, start, end, tuple(word.lower() for word in tag.words), tag.known, tag_language(tag), topic, source)


def _topic(tag: Tag, lexicon: Lexicon, inside: Sequence[tuple[Mention, bool]]) -> tuple[str, Literal["", "tag", "words"]]:
    listed = lexicon.tags.topic_of(tag.body.lower())
    if listed is not None:
        return listed.name, "tag"
    literal = [(contrast, -(m.end - m.start), m.topic) for m, contrast in inside if m.literal]
    return (min(literal)[2], "words") if literal else ("", "")
