"""`rtm-gate ledger`: the record of what was decided, looked at, verified, taken along, marked, masked and judged again. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.ledger.export import export
from rtm_gate.cli.ledger.head import head
from rtm_gate.cli.ledger.mark import mark
from rtm_gate.cli.ledger.mask import mask
from rtm_gate.cli.ledger.replay import replay
from rtm_gate.cli.ledger.show import show
from rtm_gate.cli.ledger.verify import verify


@click.group()
def ledger() -> None:
    """The record of what was decided: rows that follow from one another, and a signed head that says which was the last."""


for verb in (show, verify, export, head, mark, mask, replay):
    ledger.add_command(verb)
