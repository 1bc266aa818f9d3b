"""`rtm-gate images list`: the pictures that are known here."""

from __future__ import annotations

import json

import click
from rich.table import Table
from rich.text import Text

from rtm_gate.cli.images.project import own_images
from rtm_gate.cli.options import console


@click.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_(form: str) -> None:
    """List the pictures that are known: those that are shipped, and the project's own."""
    from rtm_gate.verdict.render.safe import safe
    from rtm_gate.vocabulary.images import with_own

    _, own = own_images(form == "json")
    ids = {image.id for image in own}
    known = with_own(own)
    if form == "json":
        click.echo(json.dumps([image.model_dump() | {"own": image.id in ids} for image in known], ensure_ascii=False, indent=1))
        return
    table = Table("id", "picture", "words", "files", "", box=None, pad_edge=False)
    for image in known:
        table.add_row(image.id, Text(safe(image.told)), str(len(image.words)), str(len(image.sha256)), "own" if image.id in ids else "")
    out = console()
    out.print(table)
    out.print(Text(f"\n{len(known)} pictures, {sum(len(image.sha256) for image in known)} files."))
