"""`rtm-gate ledger show --near-misses`: a line a near miss, and which rules and templates they have to do with."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from rtm_gate.cli.ledger.project import progress, project_ledger
from rtm_gate.cli.options import console
from rtm_gate.model.moment import stamp

if TYPE_CHECKING:
    from rtm_gate.desk.misses import Miss, Missed

_NONE = "none"


def show_misses(since: datetime | None, draft: str | None, form: str) -> None:
    """Prints them, newest first. They are found by reading the record from its first row on."""
    from rtm_gate.desk.misses import near_misses

    with project_ledger(form == "json") as ledger, progress() as bar:
        missed = near_misses(bar.track(ledger.rows(), total=ledger.count(), description="rows"), since, draft)
    if form == "json":
        click.echo(json.dumps(_json(missed), indent=1))
        return
    out = console()
    for miss in missed.misses:
        out.print(_line(miss), soft_wrap=True)
    count, verdicts = len(missed.misses), missed.verdicts
    out.print(f"{count:,} near miss{'' if count == 1 else 'es'} in {verdicts:,} verdict{'' if verdicts == 1 else 's'}", markup=False)
    for name, counted in (("rule", missed.by(_rules)), ("template", missed.by(_template))) if count else ():
        out.print(f"by {name}: {', '.join(f'{one} {number:,}' for one, number in counted.items()) or _NONE}", markup=False, soft_wrap=True)


def _line(miss: Miss) -> Text:
    from rtm_gate.verdict.render.safe import one_line

    draft, rules, said = map(one_line, (miss.draft, ", ".join(miss.rules), miss.said))
    line = Text(f"{stamp(miss.at)}  ", style="dim") + Text(f"{draft}  ") + Text(", ".join(miss.kinds), style="bold")
    return line + Text(f"  {rules}" if rules else "") + Text(f"  {said}", style="dim")


def _json(missed: Missed) -> dict[str, Any]:
    rows = [
        {"row": one.row, "at": stamp(one.at), "draft": one.draft, "kinds": one.kinds, "verdict": one.verdict, "rules": one.rules, "template": one.template}
        | {"said": one.said}
        for one in missed.misses
    ]
    by = {"by_kind": missed.by(lambda one: one.kinds), "by_rule": missed.by(_rules), "by_template": missed.by(_template)}
    return {"verdicts": missed.verdicts, "misses": rows, **by}


def _rules(miss: Miss) -> tuple[str, ...]:
    return miss.rules


def _template(miss: Miss) -> tuple[str, ...]:
    return (miss.template,)
