"""The directory of a project: who there is, and in which roles they may sign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rtm_gate.facts.people import who
from rtm_gate.gate.toml import read_toml

Role = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Person(BaseModel):
    """`id` is what sign-offs carry; the same person is one entry, whatever the capitals."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=200)] = Field(description="What a sign-off carries as its person.")
    name: str = Field(default="", max_length=200, description="How people call them.")
    roles: tuple[Role, ...] = Field(default=(), strict=False, description="The roles they may sign in, as the policy names them.")


class People(BaseModel):
    """The keys of `people.toml`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="people.toml")

    people: tuple[Person, ...] = Field(strict=False, description="One entry a person.")

    @model_validator(mode="after")
    def _each_once(self) -> People:
        ids: dict[str, list[str]] = {}
        for person in self.people:
            ids.setdefault(who(person.id), []).append(person.id)
        found = [f"`{same[0]}` stands {len(same)} times" + _written(same) for same in ids.values() if len(same) > 1]
        found += ["an id is blank"] if "" in ids else []
        if found:
            raise ValueError("; ".join(found))
        return self


def read_people(file: Path) -> People:
    """Raises ProjectError that lists every problem."""
    return read_toml(file, People)


def _written(same: list[str]) -> str:
    forms = list(dict.fromkeys(same))
    return f" (written {', '.join(f'`{form}`' for form in forms)})" if len(forms) > 1 else ""
