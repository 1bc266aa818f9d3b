"""Names, phrases and things that a draft may share with the news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from rtm_gate.analysis.patterns import words_of
from rtm_gate.analysis.signs.own import Spelling
from rtm_gate.analysis.written.page import Page, Token
from rtm_gate.analysis.written.pipeline import NAMES
from rtm_gate.model.analysis import Name
from rtm_gate.vocabulary.splits import split_tag
from rtm_gate.vocabulary.things import things_in
from rtm_gate.vocabulary.words import is_common, is_frequent

_WORDS = words_of("lists")
_STOP = _WORDS["function_words"]
_AREAS = _WORDS["areas"]
_JOINS = frozenset({"of", "the", "de", "la", "du", "van", "von", "bin", "al", "el", "and", "&"})
_HONORIFICS = _WORDS["honorifics"]
_EVERYDAY_HEADS = _WORDS["everyday_heads"]
_EVERYDAY_TAILS = _WORDS["everyday_tails"]
_NUMERAL = regex.compile(r"[IVX]+")
_HANDLE = regex.compile(r"(?<![\w.@])@(\w{5,50})")
_LONGEST_RUN = 6
_SHORTEST_LONE = 5


def names_of(page: Page, own: Sequence[tuple[int, int, Spelling]], places: Iterable[tuple[int, int]]) -> list[Name]:
    """Sorted by place. Places are left to `places`; a name inside them, or inside an own name, is not repeated here."""
    found: set[tuple[int, int, str, str]] = set()
    taken = list(places)
    for start, end, name in own:
        found.add((start, end, name.kind, _key(name.name)))
    taken += [(start, end) for start, end, _ in own]
    found.update(_proper_names(page, taken))
    found.update(_tag_names(page))
    ours = {(start, end) for start, end, _ in own}
    found.update(row for row in _handle_names(page) if row[:2] not in ours)
    found.update(_phrases(page.tokens))
    found.update(_spoken_of(page, taken))
    found.update(_things(page, [(start, end) for start, end, name in own if name.kind == "brand"]))
    names = []
    for start, end, kind, key in sorted(found):
        first, last, text = page.place(start, end)
        names.append(Name(key, kind, text, page.field, first, last))
    return names


def _things(page: Page, brands: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, str]]:
    """Things by which an accident may be told. Who speaks is no thing: a brand that is called Bridge has to sign its posts."""
    for first, last, family in things_in([token.lower for token in page.tokens]):
        start, end = page.tokens[first].start, page.tokens[last - 1].end
        if not any(begins <= start and end <= ends for begins, ends in brands):
            yield start, end, "thing", family


def _spoken_of(page: Page, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, str]]:
    """People, organisations and works that a trained pipeline names; a lone one has to be as long as any other."""
    for start, end, _ in page.spoken.named(NAMES):
        key = _key(page.plain[start:end])
        inside = any(first <= start and end <= last for first, last in taken)
        if not inside and (" " in key or len(key) >= _SHORTEST_LONE):
            yield start, end, "name", key


def _key(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c in "'&.-" else " " for c in text.lower()).split())


def _proper_names(page: Page, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str, str]]:
    for run in _runs(page):
        if len(run) > _LONGEST_RUN:
            continue
        for first in range(len(run)):
            for last in range(first + 1, len(run) + 1):
                part = run[first:last]
                whole = (first, last) == (0, len(run))
                if _is_place(part, places) or not _is_name(part, whole, page):
                    continue
                yield part[0].start, part[-1].end, "name", _key(page.plain[part[0].start : part[-1].end])


def _is_place(part: Sequence[Token], places: Sequence[tuple[int, int]]) -> bool:
    """Nothing but a place (or an own name) and where in it: Central London."""
    rest = [t for t in part if not any(start <= t.start and t.end <= end for start, end in places)]
    return len(rest) < len(part) and all(t.lower in _AREAS or t.lower in _JOINS for t in rest)


def _is_name(part: Sequence[Token], whole: bool, page: Page) -> bool:
    words = [t for t in part if t.lower not in _JOINS]
    if not words or part[0].lower in _JOINS or part[-1].lower in _JOINS:
        return False
    strange = [t for t in words if not is_common(t.lower) and t.lower not in _STOP]
    if len(words) == 1:
        return len(part) == 1 and len(part[0].text) >= _SHORTEST_LONE and bool(strange) and part[0].text.isalpha()
    if part[0].lower in _HONORIFICS and not whole:
        return False
    if page.title_case or page.all_caps:
        # Capitals say nothing here: a name ends in an uncommon word (or a numeral) and begins with one, or has a single word before it.
        ends = part[-1] in strange or (_NUMERAL.fullmatch(part[-1].text) is not None and bool(strange))
        return ends and (part[0] in strange or len(words) == 2)
    return whole or bool(strange)


def _runs(page: Page) -> Iterator[list[Token]]:
    """Capitalised words in a row. An everyday word that only begins a sentence is left out."""
    run: list[Token] = []
    sentence = -1
    for token in page.tokens:
        begins = token.sentence != sentence
        sentence = token.sentence
        capital = token.text[0].isupper() and token.tag < 0 and token.text.replace("'", "").replace("-", "").replace(".", "").isalpha()
        if run and (token.clause != run[-1].clause or token.start > run[-1].end + 1):
            yield from _closed(run)
            run = []
        only_begins = begins and (is_frequent(token.lower) or token.lower in _STOP)
        function_word = token.lower in _STOP and not _NUMERAL.fullmatch(token.text)
        if (capital and not only_begins and not function_word) or (run and token.lower in _JOINS):
            run.append(token)
        else:
            yield from _closed(run)
            run = []
    yield from _closed(run)


def _closed(run: list[Token]) -> Iterator[list[Token]]:
    while run and run[-1].lower in _JOINS:
        run.pop()
    if run:
        yield run


def _tag_names(page: Page) -> Iterator[tuple[int, int, str, str]]:
    for tag in page.tags:
        body = tag.body.lower()
        if len(body) >= _SHORTEST_LONE and not is_common(body):
            yield tag.start, tag.end, "name", body
        words = [w.lower() for w in tag.words]
        if tag.known and len(words) >= 2:
            yield tag.start, tag.end, "name", " ".join(words)


def _handle_names(page: Page) -> Iterator[tuple[int, int, str, str]]:
    """`@BarackObama` is Barack Obama: a handle of several words names a person as a tag does."""
    for match in _HANDLE.finditer(page.plain):
        words, known = split_tag(match.group(1).replace("_", " ").title().replace(" ", "") if "_" in match.group(1) else match.group(1), frozenset())
        if known and len(words) >= 2:
            yield match.start(), match.end(), "name", " ".join(word.lower() for word in words)


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Three content words in a row with what stands between them, inside a clause; and idioms of the shape `boots on the ground`."""
    for first, token in enumerate(tokens):
        if not _is_content(token):
            continue
        content = [first]
        for at in range(first + 1, min(first + 7, len(tokens))):
            other = tokens[at]
            if other.clause != token.clause or other.tag != token.tag or not (other.text[0].isalnum() or other.lower in _STOP):
                break
            if _is_content(other):
                content.append(at)
            if len(content) == 3:
                part = tokens[first : at + 1]
                yield part[0].start, part[-1].end, "phrase", " ".join(t.lower for t in part)
                break
        idiom = tokens[first : first + 4]
        if (
            len(idiom) == 4
            and idiom[1].lower in {"on", "in", "under", "at", "behind", "against", "to", "over"}
            and idiom[2].lower in {"the", "a"}
            and _is_idiom(idiom)
        ):
            yield idiom[0].start, idiom[-1].end, "phrase", " ".join(t.lower for t in idiom)


def _is_idiom(part: Sequence[Token]) -> bool:
    same = all(t.clause == part[0].clause and t.tag == part[0].tag for t in part)
    return same and _is_content(part[3]) and part[0].lower not in _EVERYDAY_HEADS and part[3].lower not in _EVERYDAY_TAILS


def _is_content(token: Token) -> bool:
    return len(token.text) >= 3 and token.text.isalpha() and token.lower not in _STOP
