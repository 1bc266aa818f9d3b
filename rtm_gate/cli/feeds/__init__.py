"""`rtm-gate feeds`: where the news comes from, and how reading it goes. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.feeds.ingest import ingest
from rtm_gate.cli.feeds.list import list_
from rtm_gate.cli.feeds.pull import pull
from rtm_gate.cli.feeds.status import status
from rtm_gate.cli.feeds.tag import tag
from rtm_gate.cli.feeds.watch import watch


@click.group()
def feeds() -> None:
    """Read the news of this project's feeds into its store, and say how that goes."""


for verb in (list_, pull, watch, status, ingest, tag):
    feeds.add_command(verb)
