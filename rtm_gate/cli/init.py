"""`rtm-gate init`: a project to start from."""

from __future__ import annotations

from pathlib import Path

import click

from rtm_gate.cli.options import refuse

NEXT = (
    ("rtm-gate check examples/no-go.json --now 2026-11-17T15:00:00Z", "one verdict, in the hour the sample feeds were recorded"),
    ("rtm-gate policy test policies --cases cases", "does the policy do what it should"),
    ("rtm-gate doctor", "what is missing before the first real post"),
)


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a project in DIR (default: here): the standard policy, settings, people and roles, the feed catalog,
    sample feeds, example drafts, cases, a CI workflow.

    Nothing is ever overwritten: where any of its files exists, all of those are named, nothing is changed, and the exit code is 2.
    """
    from rtm_gate.gate.scaffold import TakenError, lay_down, project_files

    try:
        made = lay_down(folder, project_files())
    except TakenError as taken:
        refuse([*(f"{path}: is there already" for path in taken.files), "nothing was changed; name another folder, or move these away"], False)
    except OSError as error:
        refuse([f"{error.filename or folder}: {error.strerror or error}; nothing was changed"], False)
    for path in made:
        click.echo(f"made {path}")
    click.echo("\nNext" + ("" if folder == Path() else f", in {folder}") + ":")
    width = max(len(command) for command, _ in NEXT)
    for command, purpose in NEXT:
        click.echo(f"  {command:<{width}}   # {purpose}")
    click.echo("\nThen choose your feeds in rtm-gate.toml (README.md says how), put your people into people.toml, and your names into policies/standard.rtm.")
