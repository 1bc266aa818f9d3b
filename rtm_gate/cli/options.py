"""Options that several verbs share, and what they mean."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console

from rtm_gate.model.moment import parse_instant

F = TypeVar("F", bound=Callable[..., Any])

FAULT = 30
"""Exit code: something in the gate failed."""
INVALID = 2
"""Exit code: the call or the draft is invalid."""
FINDINGS = 1
"""Exit code of the policy verbs where something is wrong with the policy."""
WORD_STYLES = {"go": "green", "hold": "yellow", "no-go": "red"}
"""In which colour the verbs that list verdicts show each word."""
NO_WORLD = (
    "nothing says what is happening in the world: name feeds with --feed, or a headline with --story; "
    "or work in a project whose rtm-gate.toml lists feeds; or say --no-feeds to judge without news"
)
STORY = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>minute|hour|day)s? ago:\s*(?P<text>.+)", re.DOTALL | re.IGNORECASE)
UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


class _Moment(click.ParamType[datetime]):
    name = "RFC3339"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return parse_instant(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Story(click.ParamType[tuple[timedelta, str]]):
    """`2 hours ago: headline` as (age, headline)."""

    name = '"2 hours ago: headline"'

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[timedelta, str]:
        found = STORY.fullmatch(str(value).strip())
        if not found:
            self.fail(f'`{value}` is not like "2 hours ago: headline"', param, ctx)
        return int(found["count"]) * UNITS[found["unit"].lower()], found["text"]


MOMENT = _Moment()
FEED_SUFFIXES = (".xml", ".rss", ".atom", ".rdf", ".cap")
PLAIN_WIDTH = 120
"""Columns where there is no terminal to ask."""


def policy_option(command: F) -> F:
    return click.option(
        "--policy",
        type=click.Path(exists=True, path_type=Path),
        help="A policy file, or a folder with a standard.rtm. Default: the project's, else the bundled standard policy.",
    )(command)


def world_options(command: F) -> F:
    """--feed, --no-feeds, --story, --now, --fetched-at."""
    for option in (
        click.option("--fetched-at", type=MOMENT, help="When the feeds were fetched, if not at --now: the news is that old."),
        click.option("--now", type=MOMENT, help="The moment to judge at. Default: the clock."),
        click.option("--story", "stories", multiple=True, type=_Story(), help="A headline to judge against, as if an outlet had it. Repeatable."),
        click.option("--no-feeds", is_flag=True, help="Judge without news: reactive posts are held, planned ones judged on their words."),
        click.option(
            "--feed",
            "feeds",
            multiple=True,
            metavar="FILE_OR_URL",
            help="RSS, Atom, RDF, CDF, JSON Feed, CAP, EDXL, MeteoAlarm, NWS, GDACS or USGS; a folder stands for its files. Repeatable.",
        ),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class World:
    """What the world options say."""

    feeds: tuple[str, ...]
    no_feeds: bool
    stories: tuple[tuple[timedelta, str], ...]
    now: datetime
    fetched_at: datetime

    @classmethod
    def of(cls, given: dict[str, Any]) -> World:
        """Takes the world options out of a command's keyword arguments. Raises click.UsageError where they contradict."""
        now = given.pop("now") or datetime.now(UTC)
        fetched = given.pop("fetched_at") or now
        feeds, no_feeds, stories = given.pop("feeds"), given.pop("no_feeds"), given.pop("stories")
        if fetched > now:
            raise click.UsageError("--fetched-at is after --now: news cannot have been read in the future")
        if no_feeds and (feeds or stories):
            raise click.UsageError("--no-feeds contradicts --feed and --story")
        return cls(tuple(file for feed in feeds for file in _files(feed)), no_feeds, stories, now, fetched)


def _files(feed: str) -> list[str]:
    folder = Path(feed)
    if "://" in feed or not folder.is_dir():
        return [feed]
    found = sorted(str(file) for file in folder.iterdir() if file.is_file() and file.suffix.lower() in FEED_SUFFIXES)
    if not found:
        raise click.UsageError(f"--feed {feed}: the folder has no feeds ({', '.join(FEED_SUFFIXES)})")
    return found


def console(stream: Any = None) -> Console:
    """Colour only on a terminal, and never where NO_COLOR is set: rich sees to both. A file or a pipe gets a fixed width, and all of the text."""
    out = stream or sys.stdout
    return Console(file=out, highlight=False, width=None if out.isatty() else PLAIN_WIDTH)


def refuse(problems: list[str], as_json: bool) -> NoReturn:
    """Everything wrong with the call at once, and exit 2."""
    if as_json:
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(f"error: {problem}", err=True)
    raise SystemExit(INVALID)
