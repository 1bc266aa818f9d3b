"""Hate words in disguise: digits for letters, glued into handles and tags, or spelled by initials."""

from __future__ import annotations

import regex

from rtm_gate.analysis.senses.hits import Hit
from rtm_gate.analysis.senses.lexicon import Form, Lexicon
from rtm_gate.analysis.written.page import Page
from rtm_gate.vocabulary.splits import split_tag
from rtm_gate.vocabulary.words import is_common

_HANDLE = regex.compile(r"(?<![\w.@])@(\w{2,50})")
_MIXED = regex.compile(r"(?<![\w@#])(?=\w*\d)(?=\w*\p{L})[\w$!]{4,30}(?!\w)|(?<![\w@#$])\p{L}+[$!@]+\p{L}+(?!\w)")
_PIECES = regex.compile(r"[^_\W]+")
_DIGITS = regex.compile(r"\d+")
_LETTERS_FOR = (str.maketrans("0134578@$!", "oieastbasi"), str.maketrans("0134578@$!", "oleastbasl"))
_INITIALS = regex.compile(r"[^aeiou]{3,4}")
_LONG_ENOUGH = 5
"""A code shorter than this inside a longer handle is chance, not disguise."""


def disguised(page: Page, lexicon: Lexicon) -> list[Hit]:
    """Hits of `hate` that the plain matcher cannot see. A handle or tag is read in pieces: `@h1tler_fan88` is h1tler, fan, 88."""
    if not lexicon.codes:
        return []
    found: dict[tuple[int, int], Hit] = {}
    for start, end, body in _suspects(page):
        for form, how in _codes_in(body, lexicon):
            hit = Hit(form.term, form.topic, start, end, page.token_at(start), page.token_at(end - 1) + 1, False, how)
            found.setdefault((start, end), hit)
    for tag in page.tags:
        for form, how in _codes_in(tag.body, lexicon):
            start = tag.start + 1
            found.setdefault((start, tag.end), Hit(form.term, form.topic, start, tag.end, page.token_at(start), page.token_at(start) + 1, True, how))
    for hit in _initials(page, lexicon):
        found.setdefault((hit.start, hit.end), hit)
    return sorted(found.values(), key=lambda h: h.order)


def _suspects(page: Page) -> list[tuple[int, int, str]]:
    handles = [(m.start(1), m.end(1), m.group(1)) for m in _HANDLE.finditer(page.plain)] if "@" in page.plain else []
    return handles + [(m.start(), m.end(), m.group()) for m in _MIXED.finditer(page.plain)]


def _codes_in(body: str, lexicon: Lexicon) -> list[tuple[Form, str]]:
    found: list[tuple[Form, str]] = []
    lowered = body.lower()
    spelled = _PIECES.findall(lowered)
    for first in range(len(spelled)):
        for last in range(first + 2, min(first + 4, len(spelled)) + 1):
            joined = "".join(spelled[first:last])
            found.extend((form, f"reads as {' '.join(spelled[first:last])}") for form in lexicon.codes.get(joined, ()) if len(joined) >= _LONG_ENOUGH)
    for piece in sorted({lowered, *_PIECES.findall(lowered)}):
        bare = piece.strip("0123456789")
        for table in _LETTERS_FOR:
            for candidate in (piece.translate(table), bare.translate(table)):
                found.extend((form, f"reads as {candidate}") for form in lexicon.codes.get(candidate, ()))
        for digits in _DIGITS.findall(piece):
            found.extend((form, f"holds {digits}") for form in lexicon.codes.get(digits, ()) if len(digits) >= 4)
        found.extend(_glued(bare.translate(_LETTERS_FOR[0]), lexicon))
    return sorted(found, key=lambda row: (row[0].topic.name, row[0].term.id, row[1]))


def _glued(piece: str, lexicon: Lexicon) -> list[tuple[Form, str]]:
    """Codes among the words of a handle that splits into known words: `hitlerfan` is hitler, fan; `scunthorpe` is one word."""
    if len(piece) <= _LONG_ENOUGH or len(piece) > 50 or is_common(piece):
        return []
    words, known = split_tag(piece, lexicon.words)
    if not known:
        return []
    return [(form, f"reads as {' '.join(words)}") for word in words if len(word) >= _LONG_ENOUGH for form in lexicon.codes.get(word.lower(), ())]


def _initials(page: Page, lexicon: Lexicon) -> list[Hit]:
    """Three or four capitalised words in a row that spell a code without vowels by their first letters."""
    found: list[Hit] = []
    for length in (3, 4):
        for first in range(len(page.tokens) - length + 1):
            run = page.tokens[first : first + length]
            if any(len(t.text) < 2 or not t.text[0].isupper() or t.text.isupper() for t in run) or run[0].clause != run[-1].clause:
                continue
            code = "".join(t.lower[0] for t in run)
            if not _INITIALS.fullmatch(code):
                continue
            for form in lexicon.codes.get(code, ()):
                found.append(Hit(form.term, form.topic, run[0].start, run[-1].end, first, first + length, False, f"initials {code.upper()}"))
    return found
