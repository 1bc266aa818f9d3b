"""`rtm-gate policy`: is it right, is it well laid out, and does it do what it should. One file a verb."""

from __future__ import annotations

import click

from rtm_gate.cli.policy.check import check
from rtm_gate.cli.policy.diff import diff
from rtm_gate.cli.policy.explain import explain
from rtm_gate.cli.policy.fmt import fmt
from rtm_gate.cli.policy.test import test


@click.group()
def policy() -> None:
    """Check, lay out, explain, test and compare policies."""


for verb in (check, fmt, explain, test, diff):
    policy.add_command(verb)
