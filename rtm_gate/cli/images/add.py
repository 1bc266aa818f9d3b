"""`rtm-gate images add`: files of a picture, by their hashes, into the project's list."""

from __future__ import annotations

from pathlib import Path

import click

from rtm_gate.cli.images.project import hashed, own_images
from rtm_gate.cli.options import refuse


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "name", required=True, help="Lower case, like market_fire. The id of a shipped picture adds the files to it.")
@click.option("--title", help="What the picture is called. Required, but for a shipped one.")
@click.option("--event", help="What it shows. Required, but for a shipped one.")
@click.option("--year", type=int, help="When that was.")
def add(files: tuple[Path, ...], name: str, title: str | None, event: str | None, year: int | None) -> None:
    """Add FILES, copies of one picture, to the project's list: a draft whose media have their SHA-256 is held for it.

    Exit code 0, 2 nothing was added.
    """
    from rtm_gate.gate.images import DEFAULT, add_image, shipped
    from rtm_gate.gate.project import CONFIGURATION, open_project
    from rtm_gate.gate.toml import ProjectError
    from rtm_gate.verdict.render.safe import safe

    file, own = own_images(False, DEFAULT)
    assert file is not None
    hashes = list(dict.fromkeys(hashed(files, False)))
    base = shipped(name)
    given = {"title": title or (base.title if base else None), "event": event or (base.event if base else None), "year": year or (base.year if base else None)}
    missing = [f"--{option} is required: `{name}` is no shipped picture" for option in ("title", "event") if given[option] is None]
    if missing:
        refuse(missing, False)
    try:
        made = add_image(file, own, {"id": name, **given, "sha256": hashes})
        named = open_project().images is not None
    except ProjectError as error:
        refuse(error.problems, False)
    click.echo(f"Added to {file}: {safe(made.told)}, {len(hashes)} file{'' if len(hashes) == 1 else 's'}.")
    if not named:
        click.echo(f'It counts once {CONFIGURATION} says, above any [table]: images = "{DEFAULT}"')
