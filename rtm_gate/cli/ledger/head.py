"""`rtm-gate ledger head`: the signed head, to be kept elsewhere."""

from __future__ import annotations

import click

from rtm_gate.cli.ledger.project import faults, this_project
from rtm_gate.cli.options import refuse

NO_HEAD = "there is no head: nothing was recorded from this folder yet"


@click.command()
def head() -> None:
    """Print the signed head: which row is the last, and its hash. Keep it where nobody who may write here can reach it.

    `rtm-gate ledger verify --against FILE` reads it. Exit code 0, 2 there is none, 30 it cannot be read.
    """
    from rtm_gate.gate.record import heads_of

    with faults():
        last = heads_of(this_project(False)).last()
    if last is None:
        refuse([NO_HEAD], False)
    click.echo(last.text)
