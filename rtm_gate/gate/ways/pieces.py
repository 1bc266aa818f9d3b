"""What may be changed in a draft, read from what its findings rest on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.gate.ways.edits import Piece, Span, edited, has_words, listed
from rtm_gate.model.analysis import Hashtag
from rtm_gate.model.rule import UntilSaid
from rtm_gate.model.schema import SELLS
from rtm_gate.model.verdict import Finding, Verdict
from rtm_gate.verdict.exits import wanted
from rtm_gate.vocabulary.regions import ancestors, parts_of, touch

MOST_PIECES = 4
"""So many things are tried one by one; where there are more, those of a kind go together."""
SERVING_KINDS = frozenset({"reply", "statement", "transactional", "in_session"})
SERVING_CLASSES = frozenset({"service", "safety", "statement"})
HELPING = frozenset({"service", "problem", "safety", "sympathy", "closing"})
"""Signs of what a reply or a statement is for: a line that has one stays."""
_CLAUSES = re.compile(r"(?<=[:;])\s+|\s+[–—-]\s+")
_MEDIA = re.compile(r"media\[(\d+)\]")

Sentences = Callable[[str], Sequence[tuple[int, int]]]


def objections(verdict: Verdict) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.status == "active" and finding.effect in ("hold", "no-go")]


def pieces_of(verdict: Verdict, scene: Scene, sentences: Sentences) -> list[Piece]:
    """All but the regions, the smallest first, at most `MOST_PIECES`."""
    rows = [row for finding in objections(verdict) for row in finding.evidence]
    words = _words(verdict, scene)
    tags = _tags(rows, scene)
    lines = _lines(rows, tags, scene, sentences, serving=_serves(verdict, scene))
    media = _media(rows, scene)
    found = sorted([*words, *tags, *lines, *media], key=lambda piece: (*piece.size, piece.cuts, piece.media))
    found = [piece for piece in found if not _says_less(piece, scene)]
    for kind in ("tag", "line", "media", "words"):
        if len(found) > MOST_PIECES:
            found = _together(found, kind)
    return found[:MOST_PIECES]


def elsewhere(verdict: Verdict, scene: Scene) -> Piece | None:
    """Where it may be shown without the regions of the situations that object; None where nowhere is left, or none are named."""
    touched = {str(row["id"]) for f in objections(verdict) for row in f.evidence if row.get("kind") == "situation" and "region" in row.get("relation", ())}
    theirs = {code for situation in scene.news.situations if situation.id in touched for code in situation.regions}
    ours = scene.draft.regions or scene.policy.audience
    kept: list[str] = []
    left: set[str] = set()
    for code in ours:
        met = [other for other in theirs if touch(code, other)]
        left |= {other if code in ancestors(other) else code for other in met}
        if not met:
            kept.append(code)
        elif all(code in ancestors(other) for other in met):
            kept += [part for part in parts_of(code) if not any(touch(part, other) for other in met)]
    if not left or not kept:
        return None
    return Piece("regions", f"show it outside {', '.join(sorted(left))}", regions=tuple(dict.fromkeys(kept)))


def _serves(verdict: Verdict, scene: Scene) -> bool:
    return scene.draft.kind in SERVING_KINDS or verdict.inferred.get("class", "").partition(":")[0] in SERVING_CLASSES


def _words(verdict: Verdict, scene: Scene) -> Iterator[Piece]:
    """Words that have to be said: the first of those that will do, where a reader cannot miss them."""
    policy = scene.policy
    for finding in objections(verdict):
        exits = dict.fromkeys(e for rule in policy.rules if rule.block == finding.rule for e in rule.effect.exits if isinstance(e, UntilSaid))
        for exit_ in exits:
            if exit_.place != "picture" and wanted(exit_) in finding.lifts.missing:
                every = exit_.place == "every_post"
                yield Piece("words", f'begin {"every post " if every else ""}with "{exit_.texts[0]}"', words=exit_.texts[0], everywhere=every)


def _tags(rows: Sequence[Row], scene: Scene) -> list[Piece]:
    """Each tag that a finding rests on, wherever it stands in the text."""
    spans = [*_spans(rows, scene), *_selling(scene)]
    cuts: dict[str, list[Span]] = {}
    for tag in scene.analysis.hashtags:
        if tag.field in scene.draft.text_fields:
            cuts.setdefault(tag.tag.lower(), []).append((tag.field, _led_to(scene, tag), tag.end))
    written = {tag.tag.lower(): tag.tag for tag in reversed(scene.analysis.hashtags)}
    return [Piece("tag", f'"{written[tag]}"', tuple(places)) for tag, places in cuts.items() if any(_overlap(a, b) for a in places for b in spans)]


def _led_to(scene: Scene, tag: Hashtag) -> int:
    """Where the tag begins, with the small word before it that would lead nowhere without it."""
    text = scene.draft.text_fields[tag.field]
    leads = _leads().search(text, 0, tag.start) if scene.analysis.language in ("en", "und") and text[tag.end :].strip() else None
    return leads.start(1) if leads else tag.start


@cache
def _leads() -> re.Pattern[str]:
    words = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))["leads_to_a_tag"]
    return re.compile(rf"\w\s+((?:{'|'.join(words)})\s+)$", re.IGNORECASE)


def _lines(rows: Sequence[Row], tags: Sequence[Piece], scene: Scene, sentences: Sentences, *, serving: bool) -> list[Piece]:
    """The sentences of words that object, and those that sell. In what serves, only what sells and does not help may go."""
    outside = [cut for tag in tags for cut in tag.cuts]
    selling = _selling(scene)
    helping = [(i.field, i.start, i.end) for i in scene.analysis.intents if i.kind in HELPING]
    spans = [span for span in (selling if serving else [*_spans(rows, scene), *selling]) if not any(_inside(span, tag) for tag in outside)]
    found: dict[Span, Piece] = {}
    for field, text in scene.draft.text_fields.items():
        here = [span for span in spans if span[0] == field]
        bounds = sentences(text) if here else ()
        for start, end in bounds:
            line = field, start, end
            if any(_overlap(line, span) for span in here) and not (serving and any(_overlap(line, help_) for help_ in helping)):
                for piece in _line(line, text, here, scene):
                    found.setdefault(piece.cuts[0], piece)
    return list(found.values())


def _line(line: Span, text: str, here: Sequence[Span], scene: Scene) -> Iterator[Piece]:
    """The sentence; a clause of it where there is nothing else; a part of a thread by its number."""
    field, start, end = line
    parts = list(scene.draft.text_fields)
    if len(parts) > 1 and not has_words(text[:start] + text[end:]):
        yield Piece("line", f"part {parts.index(field) + 1}", ((field, 0, len(text)),))
        return
    piece = Piece("line", f'the line "{text[start:end]}"', (line,))
    if edited(scene.draft, [piece]) is not None:
        yield piece
        return
    edges = [start, *(start + cut for found in _CLAUSES.finditer(text[start:end]) for cut in found.span()), end]
    for first, last in list(pairwise(edges))[::2]:
        clause = field, first, last
        if any(_overlap(clause, span) for span in here):
            yield Piece("line", f'the words "{text[first:last]}"', (clause,))


def _media(rows: Sequence[Row], scene: Scene) -> Iterator[Piece]:
    numbers = {int(found[1]) for row in rows if (found := _MEDIA.match(str(row.get("field", ""))))}
    for n in sorted(number for number in numbers if number < len(scene.draft.media)):
        media = scene.draft.media[n]
        alone = len(scene.draft.media) == 1
        called = f'the {media.type} "{media.alt}"' if media.alt and not alone else f"the {media.type}" if alone else f"{media.type} {n + 1}"
        yield Piece("media", called, media=(n,))


def _says_less(piece: Piece, scene: Scene) -> bool:
    """It would leave no words, or take out what has to be said."""
    must = {text for rule in scene.policy.rules for exit_ in rule.effect.exits if isinstance(exit_, UntilSaid) for text in exit_.texts}
    told = [(i.field, i.start, i.end) for i in scene.analysis.intents if i.kind == "disclosure"]
    for cut in piece.cuts:
        words = scene.draft.text_fields[cut[0]][cut[1] : cut[2]].casefold()
        if any(_overlap(cut, span) for span in told) or any(text.casefold() in words for text in must):
            return True
    return edited(scene.draft, [piece]) is None


def _together(pieces: Sequence[Piece], kind: str) -> list[Piece]:
    """All of a kind as one piece, in the place of the first."""
    same = [piece for piece in pieces if piece.kind == kind]
    if len(same) < 2 or kind == "words":
        return list(pieces)
    one = Piece(same[0].kind, listed([p.name for p in same]), tuple(c for p in same for c in p.cuts), tuple(n for p in same for n in p.media))
    return [one if piece is same[0] else piece for piece in pieces if piece is same[0] or piece.kind != kind]


def _spans(rows: Sequence[Row], scene: Scene) -> list[Span]:
    """Where the evidence stands in the text; what could not be read is told by its words only."""
    fields = scene.draft.text_fields
    found = [(row["field"], row["start"], row["end"]) for row in rows if row.get("kind") == "text" and row["field"] in fields]
    for row in rows:
        if row.get("kind") == "language":
            words = str(row["text"])
            found += [(field, at, at + len(words)) for field, text in fields.items() if (at := text.find(words)) >= 0]
    return list(dict.fromkeys(found))


def _selling(scene: Scene) -> list[Span]:
    fields = scene.draft.text_fields
    return [(i.field, i.start, i.end) for i in scene.analysis.intents if i.kind in SELLS and i.field in fields]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _inside(one: Span, other: Span) -> bool:
    return one[0] == other[0] and other[1] <= one[1] and one[2] <= other[2]
