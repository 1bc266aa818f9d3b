"""`rtm-gate queue`: drafts that wait to be published. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.queue.add import add
from rtm_gate.cli.queue.answer import answer
from rtm_gate.cli.queue.handed import handed
from rtm_gate.cli.queue.list import list_
from rtm_gate.cli.queue.sweep import sweep
from rtm_gate.cli.queue.withdraw import withdraw


@click.group()
def queue() -> None:
    """Drafts that wait to be published: judged when they come in, and again whenever the news changes."""


for verb in (add, list_, answer, sweep, handed, withdraw):
    queue.add_command(verb)
