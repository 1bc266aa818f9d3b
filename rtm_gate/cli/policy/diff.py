"""`rtm-gate policy diff`: what two policies say differently, and what that does to verdicts that were recorded."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from rtm_gate.cli.feeds.desk import format_option
from rtm_gate.cli.options import FINDINGS, console
from rtm_gate.cli.replaying import How, ended, judge_again, loaded_or_refused, replay_options

if TYPE_CHECKING:
    from rtm_gate.gate.comparison import Difference

_MARKS = {"added": ("+", "green"), "taken out": ("-", "red"), "changed": ("~", "yellow")}


@click.command()
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="LEDGER",
    help="Judge what is recorded there by both: a project's folder, or rows exported as JSON Lines, whose news lies in the project here.",
)
@replay_options
@format_option
def diff(old: Path, new: Path, against: Path | None, since: datetime | None, last: int | None, workers: int | None, dask: str | None, form: str) -> None:
    """Name the blocks, settings, topics, tiers and so on that were added, taken out or changed from OLD to NEW; layout and comments do not count.

    Exit code 0 they say the same, 1 they do not; with --against 0 no verdict changes, 1 one does. 2 the call is invalid or a policy does not
    load, 30 the gate or the store failed, a row was changed, or not one verdict could be judged again.
    """
    from rtm_gate.gate.comparison import differences

    as_json = form == "json"
    before, after = loaded_or_refused(old, as_json), loaded_or_refused(new, as_json)
    found = differences(before, after)
    same = before.digest == after.digest
    summary = None
    if against is not None and not same:
        summary = judge_again(against, new, after, How(since, last, workers, dask), as_json, (old, before))
    if as_json:
        named = {key: {"name": policy.name, "digest": policy.digest} for key, policy in (("old", before), ("new", after))}
        told = named | {"same": same, "differences": [asdict(one) for one in found]}
        click.echo(json.dumps(told | ({"against": summary.as_json()} if summary else {}), ensure_ascii=False, indent=1))
    elif not same:
        _show(found)
        if summary is not None:
            from rtm_gate.cli.replayed import shown

            click.echo()
            shown(summary, after, before)
    if summary is not None:
        ended(summary)
    sys.exit(0 if same else FINDINGS)


def _show(found: Sequence[Difference]) -> None:
    from rtm_gate.verdict.render.safe import safe

    out = console()
    for one in found:
        mark, style = _MARKS[one.how]
        values = f"{one.old} → {one.new}" if one.old and one.new else one.new or one.old
        out.print(Text(f"{mark} {one.sort} {safe(one.name)}", style=style) + Text(f"  {' '.join(safe(values).split())}" if values else ""), soft_wrap=True)
    if not found:
        out.print("they differ in their words, and in nothing that has a name", markup=False)
