"""What `halt` and `resume` share: what is refused, and a halt as people and programs see it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.text import Text

from rtm_gate.cli.options import FAULT, refuse
from rtm_gate.model.halt import Halt
from rtm_gate.model.moment import stamp


@contextmanager
def deciding(form_is_json: bool) -> Iterator[None]:
    """What is refused exits with 2, all of it said; a head that cannot be signed ends in a sentence and the exit code of a fault."""
    from rtm_gate.desk.ledger import HeadError
    from rtm_gate.desk.refused import RefusedError

    try:
        yield
    except RefusedError as error:
        refuse(error.problems, form_is_json)
    except HeadError as error:
        click.echo(f"error: it is written and counts, but its row is not signed: {error}", err=True)
        sys.exit(FAULT)


def as_json(one: Halt) -> dict[str, Any]:
    until = stamp(one.until) if one.until else None
    return {"row": one.number, "scope": str(one.scope), "reason": one.reason, "person": one.person, "at": stamp(one.at), "until": until, "proven": one.proven}


def lines(word: str, one: Halt) -> Text:
    from rtm_gate.verdict.render.safe import safe

    end = f"until {stamp(one.until)}" if one.until else "until it is resumed"
    about = f" by {one.person or 'somebody'} at {stamp(one.at)}, {end}, row {one.number}: {one.reason}"
    return Text(f"{word}: {safe(one.scope.spoken)}", style="bold") + Text(safe(about if word == "halted" else f" (halted{about})"), style="not bold")
