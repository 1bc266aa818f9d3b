"""A draft, version 1: what a caller hands to the gate. Unknown keys are warnings, wrong types are errors listed all at once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal
from urllib.parse import unquote

import rfc8785
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, WithJsonSchema
from pydantic.config import JsonDict

from rtm_gate.model.moment import WRITTEN, parse_instant

PLATFORMS = (
    "x", "linkedin", "instagram_feed", "instagram_stories", "tiktok", "facebook", "threads", "bluesky", "email", "push", "sms", "web", "blog",
)  # fmt: skip


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if not isinstance(value, str):
        raise ValueError("a time is text like 2026-01-05T12:00:00Z")
    return parse_instant(value)


def _parts(value: object) -> object:
    """A text is a string, or the list of the parts of a thread."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(value)
    raise ValueError("a text is a string, or a list of strings for a thread")


def _whole(value: object) -> object:
    """JSON has one sort of number: 12.0 is 12."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "pattern": WRITTEN, "description": "RFC 3339 with an offset", "examples": ["2026-01-05T12:00:00Z"]}),
]
QUESTIONS = (
    "facts_verified", "hashtag_context", "not_tragedy_linked", "sense_in_six_hours", "serves_brand_values", "audience_cares", "unique_value",
    "ceo_defensible", "misinterpretation_read", "legal_cleared", "opt_out_plan", "two_people", "within_window", "reply_monitoring", "best_use_now",
)  # fmt: skip
"""The questions of the standard checklist (rulings: names)."""
MANY = 1_000_000_000
"""No count in a draft is larger; the engine compares whole numbers up to 2**53."""
LONGEST_TEXT = 100_000
"""Characters over all parts of a thread: ten times the longest newsletter."""
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
Name = Annotated[str, Field(min_length=1, max_length=200)]
Count = Annotated[int, Field(ge=0, le=MANY), BeforeValidator(_whole)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, allow_inf_nan=False)


class Account(_Part):
    id: Name
    brand: str = ""
    industry: str = ""
    products: tuple[str, ...] = Field(default=(), strict=False)
    competitors: tuple[str, ...] = Field(default=(), strict=False)
    regulated: bool = False
    b2b_enterprise: bool = False
    core_issues: tuple[str, ...] = Field(default=(), strict=False)
    stance_published: bool = False
    track_record: bool = False
    action_plan: bool = False


class Author(_Part):
    id: Name
    role: str = ""


class Rights(_Part):
    holder: str = ""
    permission: str | bool = ""


class Media(_Part):
    """`alt` describes it; `text` is the words that are shown or spoken in it: a caption burnt in, a title card, subtitles."""

    type: str = "image"
    alt: str | None = None
    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    origin: Literal["own", "stock", "ugc", "reblog", "generated"] = "own"
    previewed_by: tuple[str, ...] = Field(default=(), strict=False)
    reverse_searched: bool = False
    rights: Rights | None = None
    people_verified: bool = False
    ai_generated: bool = False
    sha256: str = ""

    @property
    def content(self) -> str | list[Any]:
        """What of it a sign-off is bound to."""
        seen = self.sha256 or [self.alt or "", self.origin]
        return [seen, unicodedata.normalize("NFC", self.text)] if self.text else seen


class Trigger(_Part):
    category: str = ""
    detected_at: Instant | None = None
    mentions_per_hour: float | None = Field(default=None, ge=0, le=MANY)
    baseline_per_hour: float | None = Field(default=None, ge=0, le=MANY)


class Template(_Part):
    id: Name
    slots: dict[str, str] = {}


class Cascade(_Part):
    lead: str = ""
    platforms: tuple[str, ...] = Field(default=(), strict=False)
    lead_engagement_ratio: float | None = Field(default=None, ge=0, le=MANY)


class Sponsored(_Part):
    partner: str = ""


class DraftClaim(_Part):
    text: str
    kind: Literal["comparative", "medical", "financial", "environmental", "superlative"] = "superlative"
    substantiation: str | None = None


class StatedFact(_Part):
    text: str
    source: str = ""


class Impact(_Part):
    who: str
    evidence: str


class Approval(_Part):
    person: Name
    role: Name
    at: Instant
    checks: tuple[str, ...] = Field(default=(), strict=False)


class Check(_Part):
    person: Name
    at: Instant | None = None


class Score(_Part):
    person: Name
    relevance: float = Field(ge=0, le=10)
    interest: float = Field(ge=0, le=10)


class Answer(_Part):
    answer: Literal["yes", "no", "unsure", "na"]
    person: str = ""


class TagContext(_Part):
    uses_read: Count
    person: str = ""
    at: Instant | None = None
    sensitive_share: float | None = Field(default=None, ge=0, le=1)


class OptOut(_Part):
    owner: Name
    minutes: Count | None = None


class Monitoring(_Part):
    owner: Name
    until: Instant | None = None


class Audience(_Part):
    segments: tuple[str, ...] = Field(default=(), strict=False)
    engaged_days: Annotated[int, Field(ge=0, le=36_500), BeforeValidator(_whole)] | None = None
    detractors_excluded: bool = False


_SAYS: JsonDict = {"type": "string", "pattern": r"\S"}
_SAYS_OR_SHOWS: JsonDict = {
    "anyOf": [
        {"properties": {"text": {"anyOf": [_SAYS, {"type": "array", "contains": _SAYS}]}}},
        {"properties": {"media": {"minItems": 1}}, "required": ["media"]},
    ]
}
_WORDS = {"type": "string", "maxLength": LONGEST_TEXT}
_TEXT = {"anyOf": [_WORDS, {"type": "array", "items": _WORDS, "minItems": 1}], "description": "a string, or the parts of a thread"}


class Draft(_Part):
    """Required: text, platform, kind. `text` is a tuple of the parts of a thread."""

    model_config = ConfigDict(json_schema_extra=_SAYS_OR_SHOWS)

    id: str = ""
    text: Annotated[tuple[str, ...], BeforeValidator(_parts), WithJsonSchema(_TEXT)] = Field(min_length=1)
    platform: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60, examples=list(PLATFORMS))]
    kind: Literal["planned", "reactive", "reply", "statement", "transactional", "in_session"]
    account: Account = Account(id="main")
    author: Author = Author(id="unknown")
    origin: str = "human"
    message_class: Literal["promotional", "service", "safety", "editorial", "statement"] | None = None
    language: str = ""
    regions: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")], ...] = Field(default=(), strict=False)
    submitted_at: Instant | None = None
    scheduled_at: Instant | None = None
    shelf_life_hours: float | None = Field(default=None, gt=0, le=10_000)
    media: tuple[Media, ...] = Field(default=(), strict=False)
    queued: bool = False
    trending: tuple[str, ...] = Field(default=(), strict=False)
    audience: Audience | None = None
    stage: str = ""
    links: tuple[str, ...] = Field(default=(), strict=False)
    trigger: Trigger | None = None
    template: Template | None = None
    campaign: str = ""
    cascade: Cascade | None = None
    sponsored: Sponsored | None = None
    claims: tuple[DraftClaim, ...] = Field(default=(), strict=False)
    facts: tuple[StatedFact, ...] = Field(default=(), strict=False)
    directly_impacted: Impact | None = None
    approvals: tuple[Approval, ...] = Field(default=(), strict=False)
    checks: dict[str, Check] = {}
    scores: tuple[Score, ...] = Field(default=(), strict=False)
    checklist: dict[str, Answer] = {}
    hashtag_context: dict[str, TagContext] = {}
    opt_out: OptOut | None = None
    monitoring: Monitoring | None = None
    similar_posts: Count = 0

    @property
    def text_fields(self) -> dict[str, str]:
        """The text by the name of its field in evidence: `text`, or `text[0]`, `text[1]` … for the parts of a thread."""
        return {f"text[{n}]" if len(self.text) > 1 else "text": part for n, part in enumerate(self.text)}

    @property
    def pieces(self) -> dict[str, str]:
        """Every piece that is read, by the name of its field in evidence: the text, what media show and say, links beside it and in it.

        Links are read as a person reads them, percent signs decoded; offsets of evidence count in that form.
        """
        found = dict(self.text_fields)
        found |= {f"media[{n}].alt": media.alt for n, media in enumerate(self.media) if media.alt}
        found |= {f"media[{n}].text": media.text for n, media in enumerate(self.media) if media.text}
        spoken = [link for part in self.text for link in LINK.findall(part)]
        return found | {f"links[{n}]": unquote(link) for n, link in enumerate((*self.links, *spoken))}

    def content_hash(self) -> str:
        """SHA-256 over what a reader would see: text, platform, account, kind, media, links, template, regions, sponsored, claims.

        Ids, times, sign-offs, scores and answers are left out, so collecting them never voids a sign-off.
        """
        content = {
            "text": [unicodedata.normalize("NFC", part) for part in self.text],
            "platform": self.platform,
            "account": self.account.id,
            "kind": self.kind,
            "media": [m.content for m in self.media],
            "links": list(self.links),
            "template": self.template.id if self.template else None,
            "regions": sorted(self.regions),
            "sponsored": self.sponsored.partner if self.sponsored else None,
            "claims": [[c.text, c.kind] for c in self.claims],
        }
        return "sha256:" + hashlib.sha256(rfc8785.dumps(content)).hexdigest()


class InvalidDraftError(ValueError):
    """`problems` are sentences, each beginning with the path of the value it speaks of."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_draft(value: Any) -> tuple[Draft, list[str]]:
    """A draft and the warnings about keys it does not have. Raises InvalidDraftError that lists every problem."""
    if not isinstance(value, dict):
        raise InvalidDraftError(["a draft is a JSON object with at least text, platform and kind"])
    problems: list[str] = []
    draft: Draft | None = None
    try:
        draft = Draft.model_validate(value)
    except ValidationError as error:
        for row in error.errors(include_url=False):
            path = ".".join(str(step) for step in row["loc"])
            problems.append(f"{path}: {_sentence(row)}")
    text = value.get("text")
    parts = [text] if isinstance(text, str) else text if isinstance(text, list) else []
    problems += [f"{path}: holds a broken character (a lone surrogate)" for path in _broken(value, "")]
    length = sum(len(part) for part in parts if isinstance(part, str))
    if length > LONGEST_TEXT:
        problems.append(f"text: has {length:,} characters; at most {LONGEST_TEXT:,} are judged")
    if parts and all(isinstance(part, str) and not part.strip() for part in parts) and not value.get("media"):
        problems.append("text: is empty, and there are no media")
    if problems or draft is None:
        raise InvalidDraftError(problems)
    return draft, _unknown_keys(value, Draft, "")


def problem_with(part: type[BaseModel], key: str, value: Any) -> str:
    """What is wrong with one value of a draft, or of a part of one, in words; empty when nothing is."""
    try:
        _adapter(part, key).validate_python(value)
    except ValidationError as error:
        return _sentence(error.errors(include_url=False)[0])
    return ""


@cache
def _adapter(part: type[BaseModel], key: str) -> TypeAdapter[Any]:
    """Kept: a policy's tests state hundreds of values of a few dozen fields."""
    info = part.model_fields[key]
    kept: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return TypeAdapter(kept, config=ConfigDict(strict=True, allow_inf_nan=False))


def _broken(value: Any, path: str) -> list[str]:
    """Paths of strings, and of keys, that are no text."""
    if isinstance(value, str):
        return [path or "draft"] if any(0xD800 <= ord(char) <= 0xDFFF for char in value) else []
    if isinstance(value, dict):
        inner = [found for key, one in value.items() for found in _broken(one, f"{path}.{key}".lstrip("."))]
        return inner + [f"{path or 'draft'}: a key" for key in value if isinstance(key, str) and _broken(key, "")]
    if isinstance(value, list):
        return [found for n, one in enumerate(value) for found in _broken(one, f"{path}[{n}]")]
    return []


def _sentence(row: Any) -> str:
    kind, message, given = row["type"], str(row["msg"]), row.get("input")
    if kind == "missing":
        return "is required"
    if kind == "literal_error":
        return f"is `{given}`; expected {message.removeprefix('Input should be ')}"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:] + (f" (given: `{given}`)" if isinstance(given, str | int | float) else "")


def _unknown_keys(value: dict[str, Any], model: type[BaseModel], path: str) -> list[str]:
    found = []
    for key, inner in value.items():
        field = model.model_fields.get(key)
        if field is None:
            found.append(f"{path}{key}: the gate does not know this key; it is ignored")
            continue
        for part in _models(field.annotation):
            if isinstance(inner, dict):
                found += _unknown_keys(inner, part, f"{path}{key}.")
            elif isinstance(inner, list):
                for n, item in enumerate(inner):
                    if isinstance(item, dict):
                        found += _unknown_keys(item, part, f"{path}{key}[{n}].")
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    arguments = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is dict:
        return []
    return [model for inner in arguments for model in _models(inner)]
