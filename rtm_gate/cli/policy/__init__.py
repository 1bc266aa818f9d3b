"""`rtm-gate policy`: is it right, and does it do what it should. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.policy.check import check
from rtm_gate.cli.policy.explain import explain
from rtm_gate.cli.policy.test import test


@click.group()
def policy() -> None:
    """Check, explain and test a policy."""


for verb in (check, explain, test):
    policy.add_command(verb)
