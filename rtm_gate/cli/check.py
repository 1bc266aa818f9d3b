"""`rtm-gate check`: one verdict."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rtm_gate.cli.options import FAULT, World, console, policy_option, refuse, world_options
from rtm_gate.cli.reading import text_of

CODES = {"go": 0, "hold": 10, "no-go": 20}


@click.command()
@click.argument("draft", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text", help="The post itself, instead of a draft file.")
@click.option("--platform", default="x", show_default=True, help="With --text: where it is to appear.")
@click.option("--kind", default="planned", show_default=True, help="With --text: planned, reactive, reply, statement, transactional or in_session.")
@policy_option
@world_options
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "markdown"]), default="text", show_default=True)
def check(draft: Path | None, text: str | None, platform: str, kind: str, policy: Path | None, form: str, **given: Any) -> None:
    """Judge one draft: DRAFT is a JSON file, or - for standard input.

    Exit code 0 go, 10 hold, 20 no-go, 30 hold because something failed, 2 the call or the draft is invalid.
    Everything but 0 means: do not post.
    """
    world = World.of(given)
    as_json = form == "json"
    value = _value(draft, text, platform, kind, as_json)

    from rtm_gate.cli.world import news_of, open_gate
    from rtm_gate.gate.drafts import accept, parse
    from rtm_gate.model.draft import InvalidDraftError
    from rtm_gate.verdict.render import to_markdown, to_text

    with open_gate(policy, as_json) as gate:
        try:
            read, warnings = accept(parse(value) if isinstance(value, str) else value, gate.policy)
        except InvalidDraftError as error:
            refuse([f"{draft}: {problem}" if problem.startswith("is not JSON") else problem for problem in error.problems], as_json)
        verdict = gate.check(read, news_of(gate, world, as_json), world.now, warnings)
    if as_json:
        click.echo(verdict.to_json())
    elif form == "html":
        click.echo(verdict.to_html(), nl=False)
    elif form == "markdown":
        click.echo(to_markdown(verdict, read), nl=False)
    else:
        console().print(to_text(verdict, read))
    sys.exit(exit_code(verdict.verdict, verdict.faulted))


def exit_code(word: str, faulted: bool) -> int:
    return FAULT if faulted and word != "no-go" else CODES[word]


def _value(draft: Path | None, text: str | None, platform: str, kind: str, as_json: bool) -> str | dict[str, str]:
    """The draft as JSON text, or as the options give it."""
    if text is not None and draft is not None:
        refuse(["give a draft file or --text, not both"], as_json)
    if text is not None:
        return {"text": text, "platform": platform, "kind": kind}
    if draft is None:
        refuse(["give a draft file, - for standard input, or --text"], as_json)
    return text_of(draft, as_json)
