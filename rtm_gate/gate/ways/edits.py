"""Pieces of a draft that a change takes out, puts in or moves, and the draft that is left. Nothing is reworded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rtm_gate.model.draft import LINK, Draft
from rtm_gate.model.verdict import Cut

Kind = Literal["words", "tag", "line", "media", "regions"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which a change is small: words are put in, a tag goes, a line goes, a picture goes, it is shown elsewhere."""
Span = tuple[str, int, int]
"""Field, start and end."""

_ALONE = re.compile(r"[#@]\w+")
_CLOSES = re.compile(r"[ \t]*[,;:.!?…)]")
_JOINS = re.compile(r"[ \t]*[,;:][ \t]*")
_BLANKS = " \t"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a change does. `name` is how it is called in the sentence of the change; `cuts` is what it takes out of the text."""

    kind: Kind
    name: str
    cuts: tuple[Span, ...] = ()
    media: tuple[int, ...] = ()
    words: str = ""
    everywhere: bool = False
    regions: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        return KINDS.index(self.kind), sum(end - start for _, start, end in self.cuts)


def edited(draft: Draft, pieces: Sequence[Piece]) -> Draft | None:
    """The draft after the change; None where it would say nothing more."""
    cuts = merged(pieces)
    fields = draft.text_fields
    text = [without(part, [(start, end) for field, start, end in cuts if field == name]) for name, part in fields.items()]
    kept = [part for part, before in zip(text, fields.values(), strict=True) if has_words(part) or part == before]
    if cuts and not any(map(has_words, kept)):
        return None
    gone = {n for piece in pieces for n in piece.media}
    if gone and not any(map(has_words, kept)):
        return None
    for piece in pieces:
        if piece.words:
            kept = [f"{piece.words} {part}" if n == 0 or piece.everywhere else part for n, part in enumerate(kept)]
    changes: dict[str, object] = {"text": tuple(kept), "media": tuple(media for n, media in enumerate(draft.media) if n not in gone)}
    regions = next((piece.regions for piece in pieces if piece.regions), ())
    return draft.model_copy(update=changes | ({"regions": regions} if regions else {}))


def merged(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    """All that is taken out, in the order of the draft, what overlaps as one."""
    found: list[Span] = []
    for field, start, end in sorted(cut for piece in pieces for cut in piece.cuts):
        if found and found[-1][0] == field and start <= found[-1][2]:
            found[-1] = field, found[-1][1], max(end, found[-1][2])
        else:
            found.append((field, start, end))
    return tuple(found)


def removed(draft: Draft, pieces: Iterable[Piece]) -> tuple[Cut, ...]:
    fields = draft.text_fields
    return tuple(Cut(field=field, start=start, end=end, text=fields[field][start:end]) for field, start, end in merged(pieces))


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without these spans, the last first; blanks and commas that then stand alone go with them."""
    for start, end in sorted(spans, reverse=True):
        left, right = text[:start], text[end:]
        opens = not left.strip() or left.rstrip(_BLANKS).endswith(("\n", ".", "!", "?", "…", ":"))
        if opens and (comma := _JOINS.match(right)):
            right = right[comma.end() :]
        if not right.strip() or right.lstrip(_BLANKS).startswith("\n"):
            left = left.rstrip(_BLANKS + ",;:–—-")
        if not right.strip(_BLANKS) or right.lstrip(_BLANKS).startswith("\n") or _CLOSES.match(right):
            left, right = left.rstrip(_BLANKS), right.lstrip(_BLANKS)
        elif not left or left[-1] in _BLANKS + "\n":
            right = right.lstrip(_BLANKS)
        if (not left or left.endswith("\n")) and right.startswith("\n"):
            right = right[1:]
        text = left + right
    return text.strip() if spans else text


def has_words(text: str) -> bool:
    """Whether anything is said beside tags, names of accounts and links."""
    return any(char.isalpha() for char in _ALONE.sub("", LINK.sub("", text)))


def change_of(pieces: Sequence[Piece]) -> str:
    """The change as one plain phrase."""
    cut = [piece for piece in pieces if piece.kind in ("tag", "line", "media") and not _within(piece, pieces)]
    said = [f"without {listed([piece.name for piece in cut])}"] if cut else []
    said += [piece.name for piece in pieces if piece.kind in ("words", "regions")]
    return ", and ".join(said)


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _within(piece: Piece, pieces: Iterable[Piece]) -> bool:
    """Goes with a line that goes."""
    others = [cut for other in pieces if other is not piece and other.kind == "line" for cut in other.cuts]
    return piece.kind == "tag" and all(any(f == field and a <= start and end <= b for f, a, b in others) for field, start, end in piece.cuts)
