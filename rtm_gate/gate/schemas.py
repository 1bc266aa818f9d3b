"""JSON Schemas (2020-12) of what goes in and out: a draft, a verdict, a configuration. Made from the classes that read them.

What a schema cannot say, the reader asks for all the same: at most 100,000 characters over the parts of a thread, no lone
surrogates, a year that has the 29 February it names, regions that exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from rtm_gate.gate.configuration import Configuration
from rtm_gate.gate.project import CONFIGURATION
from rtm_gate.model.draft import Draft
from rtm_gate.model.verdict import Verdict

_ABOUT: Mapping[str, tuple[type[BaseModel], str]] = MappingProxyType(
    {
        "draft": (Draft, "A draft, version 1: what the gate judges. Other keys are ignored, with a warning."),
        "verdict": (Verdict, "A verdict, version 1. Keys may be added to it; a reader ignores those it does not know."),
        "configuration": (Configuration, f"{CONFIGURATION}: what a project uses. Other keys are errors."),
    }
)
NAMES = tuple(_ABOUT)


class _Plain(GenerateJsonSchema):
    """No titles that only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(name: str) -> dict[str, Any]:
    """The schema of one of NAMES; raises KeyError for another. Keys with a default may be missing, in old verdicts too."""
    model, description = _ABOUT[name]
    made = model.model_json_schema(by_alias=True, schema_generator=_Plain)
    head = {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"urn:rtm-gate:{name}:1", "title": name.capitalize(), "description": description}
    whole = head | {key: value for key, value in made.items() if key not in head}
    return whole if model is not Verdict else _lasting(whole)


def _lasting(schema: dict[str, Any]) -> dict[str, Any]:
    """Without the ban on further keys: a program that keeps this schema goes on reading verdicts of a later gate."""
    for part in (schema, *schema["$defs"].values()):
        part.pop("additionalProperties", None)
    return schema | {"required": ["schema", *schema["required"]]}
