"""Values as the facts carry them: words, topics and codes as text, everything measured as whole numbers."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from rtm_gate.language.meaning.resolve import SORTS, Names
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.fact import Value
from rtm_gate.model.schema import Field, Type

_DESCRIBED = {
    Type.WORD: "a word", Type.TOPIC: "a topic", Type.REGION: "a region", Type.TEXT: "a text", Type.FLAG: "true or false", Type.COUNT: "a number",
    Type.INSTANT: "a time", Type.DURATION: "a duration", Type.RATIO: "a ratio", Type.LEVEL: "a level",
}  # fmt: skip
_EXAMPLE = {
    Type.COUNT: "write a number: 3",
    Type.INSTANT: "write a time: 2026-01-05T12:00Z, or a field such as draft.publish",
    Type.DURATION: "write a duration: 24 hours",
    Type.RATIO: "write a multiple or a percentage: 3x, 20%",
}
_FITS = {
    Type.COUNT: ("count", "characters"),
    Type.INSTANT: ("instant", "date"),
    Type.DURATION: ("duration",),
    Type.RATIO: ("multiple", "percent", "number", "count"),
}
_ROLES = frozenset({("approval", "role"), ("draft", "author_role")})
MILLION = 1_000_000

_T = TypeVar("_T")


class Quantities:
    def __init__(self, names: Names) -> None:
        self.names = names

    def described(self, field: Field) -> str:
        if field.words:
            return f"one of {', '.join(field.words)}"
        return _DESCRIBED[field.type]

    def value(self, kind: str, field: Field, value: nodes.Value) -> Value | None:
        """The constant a field is compared with, in the field's own unit; None where it does not fit (and is reported)."""
        if field.type is Type.TOPIC:
            return value.text if self._word(field, value) and self.names.topic(value) else None
        if field.type is Type.REGION:
            return value.text if value.sort == "region" else self._unfit(field, value, "write a code such as US or US-NY")
        if field.type is Type.WORD:
            return self._of_words(kind, field, value)
        if field.type is Type.LEVEL:
            return self._level(field, value)
        real = self.names.setting(value) if value.sort == "name" else value
        if real is None:
            return None
        if real.sort not in _FITS[field.type]:
            return self._unfit(field, value, _EXAMPLE[field.type], real)
        if real.sort == "date":
            # A day begins at midnight where the policy lives.
            return int(datetime.fromisoformat(real.text).replace(tzinfo=self.names.timezone).timestamp())
        return real.amount * MILLION if field.type is Type.RATIO and real.sort == "count" else real.amount

    def _word(self, field: Field, value: nodes.Value) -> bool:
        if value.sort in ("name", "path"):
            return True
        self._unfit(field, value, "write a name, without quotes")
        return False

    def _of_words(self, kind: str, field: Field, value: nodes.Value) -> str | None:
        if value.sort == "text" and not field.words:
            return value.text.lower()
        if not self._word(field, value):
            return None
        known = self.names.roles if (kind, field.name) in _ROLES else field.words
        if known and value.text not in known:
            self.names.error(
                "RTM203", f"`{field.name}` is never `{value.text}`", value.at, did_you_mean(value.text, known), f"it is one of: {listed(known, 30)}"
            )
            return None
        return value.text

    def _level(self, field: Field, value: nodes.Value) -> int | None:
        real = value
        if value.sort == "name" and value.text not in field.words and value.text in self.names.of("setting"):
            real = self.names.setting(value) or value
        if real.sort != "name":
            return self._unfit(field, value, f"write a level: {', '.join(field.words)}", real)
        if real.text not in field.words:
            self.names.error(
                "RTM203", f"`{field.name}` is never `{real.text}`", value.at, did_you_mean(real.text, field.words), f"levels: {', '.join(field.words)}"
            )
            return None
        return field.words.index(real.text)

    def _unfit(self, field: Field, value: nodes.Value, help_: str, real: nodes.Value | None = None) -> _T | None:
        """Reports, and is None."""
        sort = SORTS[(real or value).sort]
        self.names.error("RTM220", f"`{field.name}` is {_DESCRIBED[field.type]}, and `{value.text}` is {sort}", value.at, "", help_)
        return None
