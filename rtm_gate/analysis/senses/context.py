"""What stands around a hit and speaks for or against its literal sense, found once a field.

The patterns are about the form of reports (how many were killed, who said so, where) and of play (scores, percentages,
hyperbole); words that belong to one topic stand in the lexicon's own rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from rtm_gate.analysis.patterns import Patterns, words_of
from rtm_gate.analysis.senses.circumstances import Circumstances, circumstances_of
from rtm_gate.analysis.senses.cues import Cue, cues_of
from rtm_gate.analysis.written.page import Page
from rtm_gate.analysis.written.pipeline import PLACES

_FORMS = Patterns(("context", "context"))
_NAMED_STORM = regex.compile(r"\b(?:[Hh]urricane|[Tt]yphoon|[Cc]yclone|[Tt]ropical [Ss]torm|[Ss]uperstorm|HURRICANE|TYPHOON|CYCLONE)\s+#?(\p{Lu}[\p{L}]{2,})")
_NOT_A_STORM_NAME = words_of("lists")["not_a_storm_name"]

_UNITS = r"people|dead|years?|yrs?|hours?|hrs?|days?|minutes?|mins?|weeks?|months?|miles?|km|%|injured|killed|am|pm|mph|magnitude|inches|degrees|acres"
_SCORE = regex.compile(rf"(?<![\w$£€.,/-])(\d{{1,3}})\s?[-–]\s?(\d{{1,3}})(?![\w/-]|[.,]\d|\s*(?:{_UNITS}))")
_ADDRESSED = regex.compile(r"\b(?:your|you|you're|you'll|yourself)\b")
_QUOTED = regex.compile(r'"([^"\n]{1,60})"|(?<!\w)\'([^\'\n]{2,60})\'(?!\w)')
_PLACED = regex.compile(
    r"\b(?:in|at|near|outside|across|around|off|hits?|strikes?|struck|rock(?:s|ed)|from|of|to|over|through)\s+"
    r"(?:the |a |(?:central|southern|northern|eastern|western|downtown|north|south|east|west) |coast of )*$"
)
"""What stands before a place where something happens."""


_DEATHS = regex.compile(r"kill|dead|die|death|injur|wound|fatal|bodies|drown|casualt")
_COUNT = regex.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds|thousands|several)\b")


@dataclass(frozen=True, slots=True)
class Context:
    casualties: tuple[Cue, ...]
    reports: tuple[Cue, ...]
    measured: tuple[Cue, ...]
    aged: tuple[Cue, ...]
    storms: tuple[Cue, ...]
    negations: tuple[Cue, ...]
    no_one: tuple[Cue, ...]
    scores: tuple[Cue, ...]
    percents: tuple[Cue, ...]
    hyperbole: tuple[Cue, ...]
    quantities: tuple[Cue, ...]
    addressed: tuple[Cue, ...]
    quoted: tuple[Cue, ...]
    places: tuple[Cue, ...]
    places_after_preposition: tuple[Cue, ...]
    circumstances: Circumstances

    @property
    def deaths(self) -> tuple[tuple[int, int], ...]:
        """Where dead or injured are counted: casualties without the missing, trapped, evacuated."""
        return tuple((c.start, c.end) for c in self.casualties if _DEATHS.search(c.text) and _COUNT.search(c.text))


def context_of(page: Page, places: tuple[tuple[int, int], ...]) -> Context:
    """`places` are spans of the plain text where a place is named."""
    lower, plain = page.lower, page.plain
    places = tuple(sorted({*places, *((start, end) for start, end, _ in page.spoken.named(PLACES))}))
    no_one = cues_of(_FORMS["no_one"], lower)
    spared = [(m.start(), m.end()) for m in _FORMS["not_a_negation"].finditer(lower)]
    return Context(
        casualties=tuple(c for c in cues_of(_FORMS["casualties"], lower) if not any(n.start < c.end and c.start < n.end for n in no_one)),
        reports=cues_of(_FORMS["report"], lower),
        measured=cues_of(_FORMS["measured"], lower),
        aged=cues_of(_FORMS["aged"], lower),
        storms=tuple(
            Cue(m.start(), m.end(), m.group()) for m in _NAMED_STORM.finditer(plain) if m.group(1).lower() not in _NOT_A_STORM_NAME and not page.title_case
        ),
        negations=tuple(c for c in cues_of(_FORMS["negation"], lower) if not any(start <= c.start < end for start, end in spared)),
        no_one=no_one,
        scores=tuple(Cue(m.start(), m.end(), m.group()) for m in _SCORE.finditer(lower) if m.groups() != ("9", "11")),
        percents=cues_of(_FORMS["percent"], lower),
        hyperbole=cues_of(_FORMS["hyperbole"], lower),
        quantities=cues_of(_FORMS["quantity"], lower),
        addressed=cues_of(_ADDRESSED, lower),
        quoted=cues_of(_QUOTED, plain),
        places=tuple(Cue(start, end, plain[start:end]) for start, end in places),
        places_after_preposition=tuple(Cue(start, end, plain[start:end]) for start, end in places if _PLACED.search(lower, max(0, start - 40), start)),
        circumstances=circumstances_of(page),
    )
