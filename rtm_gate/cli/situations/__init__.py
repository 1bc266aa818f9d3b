"""`rtm-gate situations`: what the gate believes is going on, and what people decide about it. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.situations.change import close, extend, open_
from rtm_gate.cli.situations.list import list_
from rtm_gate.cli.situations.show import show


@click.group()
def situations() -> None:
    """What is happening, as the gate reads it in the news, and what people decided about it."""


for verb in (list_, show, open_, extend, close):
    situations.add_command(verb)
