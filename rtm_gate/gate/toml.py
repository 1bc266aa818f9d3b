"""TOML files read into a model strictly: whatever is wrong is listed at once, in the author's words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from rtm_gate.language.syntax.words import did_you_mean, listed

M = TypeVar("M", bound=BaseModel)
LARGEST = 1_000_000
"""Bytes of a file that people write by hand."""


class ProjectError(ValueError):
    """A file of the project cannot be used; `problems` lists everything wrong with it, each with the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_toml(file: Path, model: type[M], also: Callable[[dict[str, Any]], list[str]] = lambda _: []) -> M:
    """The file as a `model`. Raises ProjectError that lists every problem; `also` finds more of them in the tables as they stand."""
    tables = read_tables(file)
    problems = also(tables)
    try:
        read = model.model_validate(tables)
    except ValidationError as error:
        raise ProjectError([f"{file}: {problem}" for problem in [*_problems(error, model), *problems]]) from None
    if problems:
        raise ProjectError([f"{file}: {problem}" for problem in problems])
    return read


def read_tables(file: Path) -> dict[str, Any]:
    """What the file says, whatever it may say. Raises ProjectError."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise ProjectError([f"{file}: {error.strerror or error}"]) from None
    if len(data) > LARGEST:
        raise ProjectError([f"{file}: is larger than {LARGEST // 1_000_000} MB"])
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ProjectError([f"{file}: is not UTF-8 text"]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProjectError([f"{file}: is not TOML: {error}"]) from None


def _problems(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    for row in error.errors(include_url=False):
        place = _spelled(row["loc"])
        message, given = str(row["msg"]), row.get("input")
        match row["type"]:
            case "extra_forbidden":
                known = _keys(model, row["loc"][:-1])
                hint = did_you_mean(str(row["loc"][-1]), known) or f"keys are {listed(known)}"
                where = f" in {_spelled(row['loc'][:-1])}" if row["loc"][:-1] else ""
                yield f"there is no key `{row['loc'][-1]}`{where}; {hint}"
            case "missing":
                yield f"{place}: is required"
            case "tuple_type":
                yield f"{place}: is a list: write [ … ]" + (f" (given: `{given}`)" if isinstance(given, str | int | float) else "")
            case "value_error":
                yield f"{place}: {message.removeprefix('Value error, ')}"
            case _:
                shown = f" (given: `{given}`)" if isinstance(given, str | int | float) else ""
                yield f"{place}: {message[:1].lower()}{message[1:]}{shown}"


def _spelled(loc: Sequence[str | int]) -> str:
    """`team.size`, `people entry 2, roles`: the first entry is 1, as a person counts."""
    return ", ".join(_entries(loc))


def _entries(loc: Sequence[str | int]) -> Iterator[str]:
    begun: list[str] = []
    for part in loc:
        if isinstance(part, int):
            yield f"{'.'.join(begun)} entry {part + 1}"
            begun = []
        else:
            begun.append(part)
    if begun:
        yield ".".join(begun)


def _keys(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys of the table at `loc`."""
    inner = model
    for part in loc:
        if isinstance(part, str):
            inner = next(_models(inner.model_fields[part].annotation))
    return list(inner.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
