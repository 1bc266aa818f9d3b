"""`rtm-gate schema`: JSON Schemas for programs and editors."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("what", type=click.Choice(["draft", "verdict", "configuration"]))
def schema(what: str) -> None:
    """Print the JSON Schema (2020-12) of a draft, a verdict or rtm-gate.toml."""
    from rtm_gate.gate.schemas import schema_of

    click.echo(json.dumps(schema_of(what), ensure_ascii=False, indent=1))
