"""Places of a field, also in its tags."""

from __future__ import annotations

from rtm_gate.analysis.written.page import Page, Tag
from rtm_gate.model.analysis import PlaceMention
from rtm_gate.vocabulary.places import places_in, regions_in_tag

Found = tuple[int, int, tuple[str, ...]]


def places_of(page: Page) -> list[Found]:
    """Spans of the plain text with region codes, sorted. A tag whose words name places (#PrayForBoston) is looked into as well."""
    found = list(places_in(page.plain))
    for tag in page.tags:
        if not any(tag.start <= start < tag.end for start, _, _ in found):
            found.extend(_in_tag(tag))
    return sorted(found)


def mentions_of(page: Page, found: list[Found]) -> list[PlaceMention]:
    mentions = []
    for start, end, regions in found:
        first, last, text = page.place(start, end)
        mentions.append(PlaceMention(text, page.field, first, last, tuple(regions)))
    return mentions


def _in_tag(tag: Tag) -> list[Found]:
    """The words of the tag that name places one by one; the whole tag where only several words together do (#NewYorkStrong)."""
    together = regions_in_tag(tag.words)
    singly = []
    if len(tag.pieces) == len(tag.words):
        singly = [(start, end, regions_in_tag([word])) for word, (start, end) in zip(tag.words, tag.pieces, strict=True)]
    if together and {code for _, _, codes in singly for code in codes} >= set(together):
        return [row for row in singly if row[2]]
    return [(tag.start, tag.end, together)] if together else []
