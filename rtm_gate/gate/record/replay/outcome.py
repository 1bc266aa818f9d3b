"""What came of one recorded verdict."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rtm_gate.model.verdict import STRICTNESS

MASKED = "masked"
CHANGED = "changed since it was written"
NO_NEWS = "the news it was judged against is missing"
BAD_NEWS = "the news it was judged against cannot be read"
BAD_ROW = "the row cannot be read"
BAD_DRAFT = "the draft cannot be read"
FAILED = "the gate failed"
FAULTY = "something failed when it was judged first, and what the policy said is not known"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`old` and `new` are words of verdicts; `came` are the rules that decide now and did not, `gone` those that did and do not.

    `stopped`: people had stopped it, by a halt or a rejection; the words and rules are those without what people said.
    Where it could not be judged again, `why` is one of the sentences above, `detail` says more, and there is no new word.
    """

    row: int
    hash: str
    draft: str
    text: str = ""
    old: str = ""
    new: str = ""
    old_headline: str = ""
    new_headline: str = ""
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    stopped: bool = False
    why: str = ""
    detail: str = ""

    @property
    def judged(self) -> bool:
        return not self.why

    @property
    def changed(self) -> bool:
        """Another word, or the same one decided by other rules."""
        return self.judged and (self.old != self.new or bool(self.came or self.gone))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, value: dict[str, Any]) -> Outcome:
        """ValueError for what is none."""
        try:
            fields: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in value.items()}
            found = cls(**fields)
        except TypeError as fault:
            raise ValueError("is no outcome") from fault
        words = (found.hash, found.draft, found.text, found.old, found.new, found.old_headline, found.new_headline, found.why, found.detail)
        lists = (found.came, found.gone)
        known = not found.judged or {found.old, found.new} <= set(STRICTNESS)
        right = (
            type(found.row) is int
            and type(found.stopped) is bool
            and known
            and all(isinstance(word, str) for word in words)
            and all(isinstance(one, tuple) for one in lists)
        )
        if not right or not all(isinstance(rule, str) for one in lists for rule in one):
            raise ValueError("is no outcome")
        return found
