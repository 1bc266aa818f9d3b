"""`rtm-gate feeds tag`: what people post under a hashtag, read now."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from rtm_gate.cli.feeds.desk import NO_PROJECT, format_option
from rtm_gate.cli.options import FAULT, FINDINGS, MOMENT, console, refuse
from rtm_gate.model.moment import stamp

if TYPE_CHECKING:
    from rtm_gate.news.polling import TagReading


@click.command()
@click.argument("tags", nargs=-1, required=True)
@click.option("--feed", "feeds", multiple=True, metavar="FILE_OR_URL", help="Where the posts are listed. Default: where the catalog says. Repeatable.")
@click.option("--at", type=MOMENT, help="As if it were read then. Default: now.")
@format_option
def tag(tags: tuple[str, ...], feeds: tuple[str, ...], at: datetime | None, form: str) -> None:
    """Read the recent posts under TAGS (`#name` or `name`), and say how many there are and how many of them are sensitive.

    In a project the reading counts for an hour, in every check; no post is kept, only its hash and topic. Exit code 0 ten or more posts
    were read of each tag, 1 fewer, 30 the store failed.
    """
    from rtm_gate.cli.world import open_gate
    from rtm_gate.facts.tags import ENOUGH_USES
    from rtm_gate.news.sources.tags import bare_tag
    from rtm_gate.store import StoreError

    as_json = form == "json"
    if wrong := [f"`{tag}` is no tag: a tag is letters, digits and _, with or without its #" for tag in tags if not bare_tag(tag)]:
        refuse(wrong, as_json)
    moment = at or datetime.now(UTC)
    with open_gate(None, as_json) as gate:
        if gate.project.root is None and not feeds:
            refuse([f"{NO_PROJECT}; or name with --feed where the posts are listed"], as_json)
        try:
            readings = [gate.project_news.tag(tag, moment, feeds) for tag in tags]
        except StoreError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(FAULT)
    if as_json:
        click.echo(json.dumps([_row(reading) for reading in readings], ensure_ascii=False, indent=1))
    else:
        out = console()
        for reading in readings:
            for line in _lines(reading, ENOUGH_USES):
                out.print(line)
    sys.exit(0 if all(reading.context.uses >= ENOUGH_USES for reading in readings) else FINDINGS)


def _row(reading: TagReading) -> dict[str, Any]:
    found = reading.context
    return {
        "tag": found.tag,
        "uses": found.uses,
        "sensitive": found.sensitive,
        "sensitive_share": round(found.share, 4),
        "topics": found.topics,
        "oldest": stamp(found.oldest) if found.oldest else None,
        "newest": stamp(found.newest) if found.newest else None,
        "places": [{"name": place.name, "url": place.url, "posts": place.entries, "uses": place.new, "problem": place.problem} for place in reading.places],
    }


def _lines(reading: TagReading, enough: int) -> Iterator[Text]:
    from rtm_gate.verdict.render.safe import safe

    found = reading.context
    few = found.uses < enough
    mark = Text("! ", "yellow") if few or found.sensitive else Text("✔ ", "green")
    said = f"{found.uses} post{'' if found.uses == 1 else 's'} read, {found.sensitive or 'none'} of them sensitive"
    share = f" ({found.share:.0%})" if found.sensitive else ""
    lacking = f"; {enough} are needed to know a tag" if few else ""
    yield mark + Text(safe(found.tag), "bold") + Text(f"  {said}{share}{lacking}", "not bold")
    if found.topics:
        yield Text(f"  they speak of {', '.join(found.topics)}")
    for place in reading.places:
        came = f"{place.new} of {place.entries} posts count" if place.fetched else ""
        told = "; ".join(filter(None, (came, place.problem)))
        mark = Text("  ✖ ", "red") if place.problem else Text("  ✔ ", "green")
        yield mark + Text(f"{safe(place.name)}  ", "not bold") + Text(safe(told), "dim")
