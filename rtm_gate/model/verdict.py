"""A verdict, version 1: the answer with its reasons. The field names are fixed; other people's programs read them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rtm_gate.model.source import At

VerdictWord = Literal["go", "hold", "no-go"]
HALT = "halt"
"""The rule that a halt's finding names."""
OF_THE_WORDS = ('"', "a text of", "a time that")
"""How `Lifts.missing` begins where no person can give it: another wording, a shorter text, a time that nobody knows."""
REJECTED = "rejected"
"""The rule that the finding of a rejection names."""
STRICTNESS: dict[str, int] = {"go": 0, "hold": 1, "no-go": 2}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlaceInPolicy(_Part):
    file: str
    line: int
    column: int

    @classmethod
    def of(cls, at: At) -> PlaceInPolicy:
        return cls(file=at.file, line=at.line, column=at.column)


class Lifts(_Part):
    """What ends a hold: the time, the tier, and what is missing, in words."""

    until: str | None = None
    tier: str | None = None
    missing: tuple[str, ...] = ()


class Finding(_Part):
    """`status` is active, lifted, shadow or superseded; `kind` rule, fault or advice. Evidence rows carry their own `kind`."""

    rule: str
    kind: Literal["rule", "fault", "advice"] = "rule"
    effect: Literal["go", "warn", "recommend", "hold", "no-go"]
    status: Literal["active", "lifted", "shadow", "superseded"] = "active"
    assumed: tuple[str, ...] = ()
    title: str
    because: str
    fix: str = ""
    owner: str = ""
    at: PlaceInPolicy | None = None
    evidence: tuple[dict[str, Any], ...] = ()
    lifts: Lifts = Lifts()

    @property
    def lacking(self) -> bool:
        """It holds only until somebody signs, looks, checks or answers: neither the words nor the world stand against it."""
        wanted = self.lifts.missing
        is_rule = self.kind == "rule" and self.effect == "hold" and self.status == "active"
        return is_rule and bool(wanted) and self.lifts.until is None and not any(words.startswith(OF_THE_WORDS) for words in wanted)


class NotEvaluated(_Part):
    check: str
    because: str


class RequiredTier(_Part):
    tier: str
    missing: tuple[str, ...] = ()


class IgnoredApproval(_Part):
    person: str
    because: str


class CountedApproval(_Part):
    person: str
    role: str
    at: str
    evidence: Literal["caller", "recorded"] = "caller"


class Approvals(_Part):
    required: tuple[RequiredTier, ...] = ()
    counted: tuple[CountedApproval, ...] = ()
    ignored: tuple[IgnoredApproval, ...] = ()


class Cut(_Part):
    """Words of the draft that an edit takes out; offsets count code points of the field."""

    field: str
    start: int
    end: int
    text: str


class ToGo(_Part):
    """A change that was tried, and the verdict the draft then has. `then` is what leads on from a hold: tried too, and a go after it;
    where it begins with "still: " nothing tried leads on, and it is what the findings that remain advise.

    `text` are the parts of the edited text where the change edits it, without what is `removed` and with what is `added` in front;
    `regions` those it is then shown in, empty where they stay.
    """

    change: str
    verdict: VerdictWord
    then: str = ""
    text: tuple[str, ...] = ()
    removed: tuple[Cut, ...] = ()
    added: str = ""
    regions: tuple[str, ...] = ()


class PolicyName(_Part):
    name: str
    digest: str


class ReadBy(_Part):
    """What read the words: the digest of the vocabulary, empty where none could be made ready; `standard` or the digest of the weights;
    name and version of the trained pipeline, empty where none is configured.
    """

    vocabulary: str = ""
    weights: str = "standard"
    pipeline: str = ""


class SourceAge(_Part):
    name: str
    age_seconds: int | None
    healthy: bool
    problem: str = ""


class NewsSeen(_Part):
    snapshot: str
    sources: tuple[SourceAge, ...] = ()


class Verdict(_Part):
    """Same draft, policy, news snapshot and time give the same verdict, byte for byte, but for `id` and `timings_ms`."""

    schema_: Literal["rtm-gate/verdict/1"] = Field(default="rtm-gate/verdict/1", alias="schema")
    id: str
    verdict: VerdictWord
    headline: str = Field(max_length=140)
    draft_id: str
    content_hash: str
    evaluated_at: str
    valid_until: str | None
    retry_after: str | None
    policy: PolicyName
    news: NewsSeen
    read_by: ReadBy = ReadBy()
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[dict[str, Any], ...] = ()
    inferred: dict[str, str] = {}
    warnings: tuple[str, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    approvals: Approvals = Approvals()
    to_go: tuple[ToGo, ...] = ()
    timings_ms: dict[str, float] = {}

    def to_json(self, indent: int | None = 1) -> str:
        return self.model_dump_json(by_alias=True, indent=indent)

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The active findings that have the verdict's own effect."""
        return tuple(f for f in self.findings if f.status == "active" and f.effect == self.verdict)

    @property
    def halted(self) -> bool:
        """A person stopped it, with `rtm-gate halt`."""
        return any(f.rule == HALT and f.kind == "rule" and f.status == "active" for f in self.findings)

    @property
    def sought(self) -> bool:
        """Whether a way to a go is looked for: nothing about the draft mends the gate, or ends a halt."""
        return self.verdict != "go" and not self.faulted and not self.halted

    @property
    def faulted(self) -> bool:
        """Something failed while judging: exit 30 where nothing is no-go."""
        return any(f.kind == "fault" and f.status == "active" for f in self.findings)
