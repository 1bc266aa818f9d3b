"""The directory of a project: who there is, and in which roles they may sign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from rtm_gate.facts.people import who
from rtm_gate.gate.toml import ProjectError, read_toml

Role = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Person(BaseModel):
    """`id` is what sign-offs carry; the same person is one entry, whatever the capitals."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=200)] = Field(description="What a sign-off carries as its person.")
    name: str = Field(default="", max_length=200, description="How people call them.")
    roles: tuple[Role, ...] = Field(default=(), strict=False, description="The roles they may sign in, as the policy names them.")
    logins: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        default=(),
        strict=False,
        description="Their accounts on the machines that run the gate: who is logged in as one of them, and nobody else, signs for them.",
    )


class People(BaseModel):
    """The keys of `people.toml`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="people.toml")

    people: tuple[Person, ...] = Field(strict=False, description="One entry a person.")


def read_people(file: Path) -> People:
    """Raises ProjectError that lists every problem."""
    return read_toml(file, People, _each_once)


class UnknownPersonError(ValueError):
    """Nobody in the directory is called so; says it in a sentence."""


def person_of(directory: Path, person: str) -> Person:
    """The entry of this person. UnknownPersonError; ProjectError where the directory cannot be read."""
    found = next((one for one in read_people(directory).people if who(one.id) == who(person)), None)
    if found is None:
        raise UnknownPersonError(f"`{person}` is none of the people in {directory.name}")
    return found


def strangers(directory: Path | None, person: str) -> list[str]:
    """Why this person may decide nothing here, in sentences: the project's directory, where it has one, does not know them."""
    if directory is None or not person.strip():
        return []
    try:
        person_of(directory, person)
    except ProjectError as error:
        return error.problems
    except UnknownPersonError as error:
        return [str(error)]
    return []


def _each_once(tables: dict[str, Any]) -> list[str]:
    """Who stands there twice, as the sign-offs are counted. Asked of the tables as they stand, so that no other fault hides it."""
    rows = tables.get("people")
    ids: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("id"), str) and row["id"]:
            ids.setdefault(who(row["id"]), []).append(row["id"])
    found = [f"`{same[0]}` stands {len(same)} times{_written(same)}; one person is one entry" for name, same in ids.items() if name and len(same) > 1]
    return found + (["an id is blank"] if "" in ids else [])


def _written(same: list[str]) -> str:
    forms = list(dict.fromkeys(same))
    return f" (written {', '.join(f'`{form}`' for form in forms)})" if len(forms) > 1 else ""
