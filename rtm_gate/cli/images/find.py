"""`rtm-gate images find`: which known picture a file is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from rtm_gate.cli.images.project import hashed, own_images
from rtm_gate.cli.options import FINDINGS


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def find(files: tuple[Path, ...], form: str) -> None:
    """Say which known picture each of FILES is, by the SHA-256 of its bytes. A copy that was encoded anew has another one, and is not found.

    Exit code 0 where one is known, 1 where none is, 2 a file or the list cannot be read.
    """
    from rtm_gate.verdict.render.safe import safe
    from rtm_gate.vocabulary.images import with_own

    as_json = form == "json"
    by_hash = {digest: image for image in with_own(own_images(as_json)[1]) for digest in image.sha256}
    found = [(file, digest, by_hash.get(digest)) for file, digest in zip(files, hashed(files, as_json), strict=True)]
    if as_json:
        rows = [
            {"file": str(file), "sha256": digest, "id": image.id if image else None, "title": image.title if image else None} for file, digest, image in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for file, _, image in found:
            click.echo(f"{safe(str(file))}: {safe(f'{image.id}, {image.told}') if image else 'not listed'}")
    sys.exit(0 if any(image for *_, image in found) else FINDINGS)
