"""`rtm-gate images`: pictures known from a catastrophe, by their words and by the hashes of their files. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.images.add import add
from rtm_gate.cli.images.find import find
from rtm_gate.cli.images.list import list_


@click.group()
def images() -> None:
    """Pictures known from a catastrophe: list them, add files to them, ask which one a file is."""


for verb in (list_, find, add):
    images.add_command(verb)
