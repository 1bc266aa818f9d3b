"""What came of all rows together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rtm_gate.gate.record.replay.outcome import CHANGED, FAILED, Outcome

SAMPLES = 5
"""Drafts shown of each sort of change."""
Change = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""Old word, new word, the rules that came, the rules that went."""


@dataclass(slots=True)
class Summary:
    """`words` counts old word and new word, changed or not; `rows` are the numbers of those that change; `came` and `gone` count rules;
    `stopped` counts those that people had stopped; `missed` has all that could not be judged.
    """

    words: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: dict[Change, list[int]] = field(default_factory=dict)
    samples: dict[Change, list[Outcome]] = field(default_factory=dict)
    came: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    stopped: int = 0
    missed: dict[str, list[Outcome]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        if not outcome.judged:
            self.missed.setdefault(outcome.why, []).append(outcome)
            return
        self.words[outcome.old, outcome.new] += 1
        self.stopped += outcome.stopped
        if not outcome.changed:
            return
        change = outcome.old, outcome.new, outcome.came, outcome.gone
        self.rows.setdefault(change, []).append(outcome.row)
        self.came.update(outcome.came)
        self.gone.update(outcome.gone)
        kept = self.samples.setdefault(change, [])
        if len(kept) < SAMPLES:
            kept.append(outcome)

    @property
    def judged(self) -> int:
        return self.words.total()

    @property
    def changes(self) -> dict[Change, int]:
        """How often each sort of change."""
        return {change: len(rows) for change, rows in self.rows.items()}

    @property
    def unjudged(self) -> int:
        return sum(map(len, self.missed.values()))

    @property
    def changed(self) -> int:
        """Verdicts of another word."""
        return sum(count for (old, new), count in self.words.items() if old != new)

    @property
    def otherwise(self) -> int:
        """Verdicts of the same word that other rules decide."""
        return sum(count for (old, new, _, _), count in self.changes.items() if old == new)

    @property
    def failed(self) -> bool:
        """The gate failed, a row was changed past it, or there were rows and none could be judged: then what is said is no answer."""
        return FAILED in self.missed or CHANGED in self.missed or (bool(self.missed) and not self.judged)

    @property
    def by_rule(self) -> list[tuple[str, int, int]]:
        """A rule, how often it decides now and did not, how often it did and does not; the most first."""
        return sorted(((rule, self.came[rule], self.gone[rule]) for rule in {*self.came, *self.gone}), key=lambda row: (-row[1] - row[2], row[0]))

    @property
    def by_change(self) -> list[tuple[Change, int]]:
        """The most first."""
        return sorted(self.changes.items(), key=lambda row: (-row[1], row[0]))

    def as_json(self) -> dict[str, Any]:
        return {
            "verdicts": self.judged + self.unjudged,
            "judged": self.judged,
            "changed": self.changed,
            "by_other_rules": self.otherwise,
            "stopped_by_people": self.stopped,
            "words": [{"old": old, "new": new, "count": count} for (old, new), count in sorted(self.words.items())],
            "rules": [{"rule": rule, "decides_now": came, "decides_no_longer": gone} for rule, came, gone in self.by_rule],
            "changes": [
                {"old": old, "new": new, "decide_now": came, "decide_no_longer": gone, "count": count, "rows": self.rows[old, new, came, gone]}
                | {"samples": [_sample(one) for one in self.samples[old, new, came, gone]]}
                for (old, new, came, gone), count in self.by_change
            ],
            "not_judged": [
                {"why": why, "count": len(rows), "rows": [{"row": one.row, "draft": one.draft, "detail": one.detail} for one in rows]}
                for why, rows in sorted(self.missed.items())
            ],
        }


def _sample(outcome: Outcome) -> dict[str, Any]:
    return {"row": outcome.row, "draft": outcome.draft, "text": outcome.text, "old": outcome.old_headline, "new": outcome.new_headline}
