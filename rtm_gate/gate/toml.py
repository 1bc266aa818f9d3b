"""TOML files read into a model strictly: whatever is wrong is listed at once, in the author's words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
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


def read_toml(file: Path, model: type[M]) -> M:
    """The file as a `model`. Raises ProjectError that lists every problem."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise ProjectError([f"{file}: {error.strerror or error}"]) from None
    if len(data) > LARGEST:
        raise ProjectError([f"{file}: is larger than {LARGEST // 1_000_000} MB"])
    try:
        return model.model_validate(tomllib.loads(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise ProjectError([f"{file}: is not UTF-8 text"]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProjectError([f"{file}: is not TOML: {error}"]) from None
    except ValidationError as error:
        raise ProjectError([f"{file}: {problem}" for problem in _problems(error, model)]) from None


def _problems(error: ValidationError, model: type[BaseModel]) -> Iterator[str]:
    for row in error.errors(include_url=False):
        place = _spelled(row["loc"])
        message, given = str(row["msg"]), row.get("input")
        match row["type"]:
            case "extra_forbidden":
                known = _keys(model, row["loc"][:-1])
                hint = did_you_mean(str(row["loc"][-1]), known) or f"keys are {listed(known)}"
                yield f"there is no key `{place}`; {hint}"
            case "missing":
                yield f"{place}: is required"
            case "value_error":
                yield ": ".join(filter(None, (place, message.removeprefix("Value error, "))))
            case _:
                shown = f" (given: `{given}`)" if isinstance(given, str | int | float) else ""
                yield f"{place}: {message[:1].lower()}{message[1:]}{shown}"


def _spelled(loc: Sequence[str | int]) -> str:
    """`people[2].roles`, as a person counts: the first row is 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


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
