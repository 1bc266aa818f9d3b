"""Which small changes make a go of a draft: each is judged anew, and those that lead nowhere are not told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rtm_gate.facts.scene import Scene
from rtm_gate.gate.ways.edits import KINDS, Piece, change_of, edited, removed
from rtm_gate.gate.ways.pieces import Sentences, elsewhere, objections, pieces_of
from rtm_gate.gate.ways.waits import Wait, waited, waited_for
from rtm_gate.model.draft import Draft
from rtm_gate.model.moment import stamp
from rtm_gate.model.verdict import ToGo, Verdict, VerdictWord

MOST_TRIED = 12
"""Drafts judged anew for one verdict."""
MOST_SAID = 3
"""Findings whose advice is told where nothing tried leads on."""
STILL = "still: "
"""Begins what was not tried."""
GO, PEOPLE, TIME, STUCK, NO_GO = range(5)
"""How far a verdict is from a go: a hold that people end, one that takes time, one that neither ends."""

Judge = Callable[[Draft, datetime], Verdict | None]


@dataclass(frozen=True, slots=True)
class Tried:
    pieces: tuple[Piece, ...]
    scene: Scene
    verdict: Verdict
    wait: Wait | None

    @property
    def rank(self) -> int:
        if self.verdict.verdict != "hold":
            return GO if self.verdict.verdict == "go" else NO_GO
        return STUCK if self.wait is None else TIME if self.wait.until else PEOPLE


Step = tuple[Draft, datetime, VerdictWord]


@dataclass(frozen=True, slots=True)
class Way:
    """`steps` are what was judged, in order: a draft, the moment, and the verdict it then has."""

    told: ToGo
    steps: tuple[Step, ...]
    order: tuple[object, ...]


def ways_to_go(verdict: Verdict, scene: Scene, judge: Judge, sentences: Sentences) -> tuple[Way, ...]:
    """The ways, the smallest first (docs/verdict.md has the order). None for a go, for a verdict with a fault and under a halt: nothing
    of the draft mends the gate or ends the halt. `judge` may raise; `sentences` says where those of a text stand.
    """
    if not verdict.sought:
        return ()
    return _Search(verdict, scene, judge).run(pieces_of(verdict, scene, sentences), elsewhere(verdict, scene))


class _Search:
    def __init__(self, verdict: Verdict, scene: Scene, judge: Judge) -> None:
        self._judge = judge
        self._left = MOST_TRIED
        self._scene = scene
        self._start = Tried((), scene, verdict, waited_for(verdict, scene))
        self._known: dict[frozenset[Piece], Tried | None] = {}

    def run(self, pieces: Sequence[Piece], regions: Piece | None) -> tuple[Way, ...]:
        tried = self._smallest(pieces)
        if regions is not None:
            tried += self._elsewhere(regions, tried[-1] if tried else None)
        found = [self._told(one) for one in tried]
        if self._start.wait is not None:
            found.append(self._waiting(self._start, self._start.wait))
        ways = sorted((way for way in found if way is not None), key=lambda way: way.order)
        # What merely leaves a hold is told where nothing reaches a go.
        return tuple(way for way in ways if _reached(way.told)) or tuple(ways[:1])

    def _smallest(self, pieces: Sequence[Piece]) -> list[Tried]:
        """The piece that comes nearest to a go, and where all together come nearer, the fewest of them that do."""
        singles = []
        for piece in pieces:
            one = self._try((piece,))
            if one is not None:
                singles.append(one)
                if one.rank == GO:
                    return [one]
        found = sorted((one for one in singles if one.rank < self._start.rank), key=lambda one: one.rank)[:1]
        least = found[0].rank if found else self._start.rank
        together = self._together(pieces)
        return [*found, self._fewest(together)] if together is not None and together.rank < least else found

    def _fewest(self, tried: Tried) -> Tried:
        """The same without the pieces that it does not take, the largest tried first."""
        for piece in reversed(tried.pieces):
            fewer = self._try(tuple(other for other in tried.pieces if other is not piece))
            if fewer is not None and fewer.rank <= tried.rank:
                tried = fewer
        return tried

    def _elsewhere(self, regions: Piece, words: Tried | None) -> list[Tried]:
        """Other regions alone; where those are not enough, with the words changed as well."""
        there = self._try((regions,))
        if (there is not None and there.rank == GO) or words is None or words.rank == GO:
            return [there] if there is not None and there.rank < self._start.rank else []
        both = self._try((*words.pieces, regions))
        return [both] if both is not None and both.rank < words.rank else []

    def _together(self, pieces: Sequence[Piece]) -> Tried | None:
        """All that can go at once: where nothing would be left, as many as can, the smallest first."""
        kept: list[Piece] = []
        for piece in pieces:
            if edited(self._scene.draft, [*kept, piece]) is not None:
                kept.append(piece)
        return self._try(tuple(kept)) if kept else None

    def _try(self, pieces: tuple[Piece, ...]) -> Tried | None:
        """None where nothing would be left to say, and where enough was tried."""
        key = frozenset(pieces)
        if key not in self._known:
            draft = edited(self._scene.draft, pieces)
            if not pieces or draft is None or draft == self._scene.draft:
                self._known[key] = None
            elif (verdict := self._judged(draft, self._scene.now)) is None:
                return None
            else:
                scene = replace(self._scene, draft=draft)
                self._known[key] = Tried(pieces, scene, verdict, waited_for(verdict, scene))
        return self._known[key]

    def _judged(self, draft: Draft, now: datetime) -> Verdict | None:
        if self._left == 0:
            return None
        self._left -= 1
        return self._judge(draft, now)

    def _told(self, tried: Tried) -> Way | None:
        """The change with its verdict, and what leads on from a hold; None where that leads to no go and the draft was on hold before."""
        change = change_of(tried.pieces)
        if tried.wait is not None and tried.rank != GO and (way := self._waiting(tried, tried.wait, change)) is not None:
            return way
        if tried.rank != GO and self._start.rank != NO_GO:
            return None
        told = self._row(tried, change, "" if tried.rank == GO else _still(tried.verdict))
        return Way(told, (self._step(tried),), self._order(tried, 0, told))

    def _waiting(self, tried: Tried, wait: Wait, change: str = "") -> Way | None:
        """What leads on from a hold, where it was tried and does. Without a `change` it is the change itself."""
        draft, then, takes = waited(tried.scene, wait)
        verdict = self._judged(draft, then)
        if verdict is None or verdict.verdict != "go":
            return None
        signs = takes.signs if change or not takes.signs else f"get {takes.signs}"
        time = f"wait until {stamp(then)}, if nothing new happens" if wait.until else ""
        step = ", and ".join(part for part in (signs, *takes.others, time) if part)
        told = self._row(tried, change, step) if change else ToGo(change=step, verdict="go")
        steps = (*((self._step(tried),) if change else ()), (draft, then, verdict.verdict))
        return Way(told, steps, self._order(tried, 2 if wait.until else 1, told))

    def _step(self, tried: Tried) -> Step:
        return tried.scene.draft, self._scene.now, tried.verdict.verdict

    def _row(self, tried: Tried, change: str, then: str) -> ToGo:
        draft, before = tried.scene.draft, self._scene.draft
        return ToGo(
            change=change,
            verdict=tried.verdict.verdict,
            then=then,
            text=draft.text if draft.text != before.text else (),
            removed=removed(before, tried.pieces),
            added=next((piece.words for piece in tried.pieces if piece.words), ""),
            regions=draft.regions if draft.regions != before.regions else (),
        )

    def _order(self, tried: Tried, wait: int, told: ToGo) -> tuple[object, ...]:
        """A go that was reached before what merely remains a hold; then fewer pieces, what the author can do before what takes people and
        then time, and fewer characters taken out.
        """
        kinds = tuple(sorted(KINDS.index(piece.kind) for piece in tried.pieces))
        return not _reached(told), len(tried.pieces) + bool(wait), wait, kinds, sum(piece.size[1] for piece in tried.pieces), told.change


def _reached(told: ToGo) -> bool:
    return told.verdict == "go" or not told.then.startswith(STILL)


def _still(verdict: Verdict) -> str:
    """What the findings that remain advise; nothing of it was tried."""
    advice = list(dict.fromkeys(finding.fix or f"{finding.title}." for finding in objections(verdict)))
    more = f" And {len(advice) - MOST_SAID} more." if len(advice) > MOST_SAID else ""
    return f"{STILL}{' '.join(advice[:MOST_SAID])}{more}"
