"""`rtm-gate policy explain`: what a block became, what a fact offers, what a code means."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from rtm_gate.cli.options import FINDINGS, console


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH | CODE]")
@click.argument("name", required=False)
@click.option("--fields", metavar="FACT", help="Instead: what a policy may ask of a fact (draft, situation, hashtag …).")
def explain(path: Path | None, name: str | None, fields: str | None) -> None:
    """Say in words what the block (or brand) NAME of the policy PATH became, what a fact has to offer, or what a CODE such as RTM204 means."""
    if fields is not None:
        _explain_fields(fields)
        return
    if path is not None and name is None and re.fullmatch(r"(?i)rtm\d{3}", str(path)):
        _explain_code(str(path).upper())
        return
    if path is None or name is None:
        raise click.UsageError("give a policy and the name of a block, a code such as RTM204, or --fields FACT")
    if not path.exists():
        raise click.UsageError(f"`{path}` is not there")
    from rtm_gate.cli.world import show_errors
    from rtm_gate.gate.policy import load_policy
    from rtm_gate.language.explain import brand_said, summarise

    loaded = load_policy(path)
    if loaded.policy is None:
        show_errors(loaded)
        sys.exit(FINDINGS)
    if name in loaded.policy.blocks:
        click.echo(summarise(loaded.policy, name))
        return
    said = brand_said(loaded.policy, name)
    if not said:
        known = (*sorted(loaded.policy.blocks), *sorted(brand.own.name for brand in loaded.policy.brands))
        raise click.UsageError(f"the policy has no block `{name}`; it has {', '.join(known)}")
    click.echo(said)


def _explain_code(code: str) -> None:
    from rich.markdown import Markdown

    from rtm_gate.language.diagnostics.codes import codes, page_of

    page = page_of(code)
    if page is None:
        raise click.UsageError(f"there is no code `{code}`; codes are {', '.join(codes())}")
    out = console()
    if out.is_terminal:
        out.print(Markdown(page.text))
    else:
        click.echo(page.text, nl=False)


def _explain_fields(kind: str) -> None:
    from rtm_gate.model.schema import SCHEMA

    known = [fact.name for fact in SCHEMA.values() if not fact.internal]
    if kind not in known:
        raise click.UsageError(f"there is no fact `{kind}`; facts are {', '.join(known)}")
    fact = SCHEMA[kind]
    click.echo(f"{kind}: {fact.doc}" + ("; a check has one" if fact.single else ""))
    for field in fact.fields.values():
        words = f" ({', '.join(field.words)})" if field.words else ""
        sort = ("set of " if field.many else "") + field.type.value + (", may be unknown" if field.observed else "")
        click.echo(f"  {field.name:<20} {sort:<28} {field.doc}{words}")
