"""The language of a draft and what in it the team may not be able to read."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.analysis.written.page import Page, Tag
from rtm_gate.vocabulary.languages import foreign_runs, language_of
from rtm_gate.vocabulary.splits import foreign_words_in

_LONGEST = 80
"""Characters shown of a text that is foreign as a whole."""


def tag_language(tag: Tag) -> str:
    """`foreign` for a tag with letters of another script, or in another language by its function words; `und` where its words are unknown."""
    if foreign_runs(tag.body):
        return "foreign"
    # A word list that is long enough has words of every language: where the writer parted them, they are looked at all the same.
    parted = tag.body[1:] != tag.body[1:].lower()
    if (parted or not tag.known) and foreign_words_in(tag.body):
        return "foreign"
    return "en" if tag.known else "und"


def language_of_all(pages: Sequence[Page]) -> tuple[str, tuple[str, ...]]:
    """The language of all texts together (en, foreign or und) and the unfamiliar pieces: texts, tags and runs, as written."""
    unfamiliar: list[str] = []
    found: set[str] = set()
    for page in pages:
        if page.field.startswith("links"):
            continue
        language = language_of(page.plain)
        found.add(language)
        if language == "foreign":
            unfamiliar.append(page.folded.source[:_LONGEST])
            continue
        strange = [(tag.start, tag.end) for tag in page.tags if tag_language(tag) == "foreign"]
        for start, end in sorted({*foreign_runs(page.plain), *strange}):
            tag = next((t for t in page.tags if t.start <= start < t.end), None)
            first, last = (tag.start, tag.end) if tag else (start, end)
            unfamiliar.append(page.place(first, last)[2])
    language = next((name for name in ("foreign", "en") if name in found), "und")
    return language, tuple(dict.fromkeys(unfamiliar))
