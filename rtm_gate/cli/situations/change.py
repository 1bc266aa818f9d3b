"""`rtm-gate situations open|extend|close`: what a person decides, with name and reason."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rtm_gate.cli.feeds.desk import project_gate, written_down
from rtm_gate.cli.halts import deciding
from rtm_gate.cli.options import FAULT, MOMENT, console, refuse
from rtm_gate.cli.situations.shown import lines
from rtm_gate.model.news import SEVERITIES, Change, Severity
from rtm_gate.model.topics import TOPICS

if TYPE_CHECKING:
    from rtm_gate.gate import Gate

F = TypeVar("F", bound=Callable[..., Any])


def _decided(command: F) -> F:
    for option in (
        click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock."),
        click.option("--reason", default="", help="Why (required); it shows in every verdict that rests on it."),
        click.option("--as", "person", default="", metavar="PERSON", help="Who decides (required); one of the project's people, where it lists them."),
    ):
        command = option(command)
    return command


@click.command("open")
@click.argument("title")
@click.option("--topic", required=True, help="What it is about, for example disaster.flood; `rtm-gate policy explain topics` lists them.")
@click.option("--severity", type=click.Choice(SEVERITIES), default="major", show_default=True)
@click.option(
    "--region", "regions", multiple=True, help="Where: ISO 3166 (US, US-NY), or `worldwide`. Repeatable. None: unknown area, so it may concern any post."
)
@click.option("--until", type=MOMENT, help="How long, at most a week. Default: a day.")
@_decided
def open_(title: str, topic: str, severity: Severity, regions: tuple[str, ...], until: datetime | None, person: str, reason: str, now: datetime | None) -> None:
    """Open a situation by hand: something happens that no feed tells of yet."""
    from rtm_gate.news import opened

    _decide(
        lambda gate, _, at: opened(title, topic, severity, regions, person, reason, at, until, (*TOPICS, *(topic.name for topic in gate.policy.topics))),
        person,
        now,
    )


@click.command()
@click.argument("situation")
@click.option("--until", type=MOMENT, help="How long, at most a week. Default: a day.")
@_decided
def extend(situation: str, until: datetime | None, person: str, reason: str, now: datetime | None) -> None:
    """Keep a SITUATION active, whatever the news says."""
    from rtm_gate.news import extended

    _decide(lambda _, one, at: extended(one, person, reason, at, until), person, now, situation)


@click.command()
@click.argument("situation")
@_decided
def close(situation: str, person: str, reason: str, now: datetime | None) -> None:
    """Close a SITUATION: what is known of it now stops nothing any more. New corroborated news opens it again."""
    from rtm_gate.news import closed

    _decide(lambda _, one, at: closed(one, person, reason, at), person, now, situation)


def _decide(make: Callable[[Gate, str, datetime], Change], person: str, now: datetime | None, beginning: str | None = None) -> None:
    """Keeps the change that `make` makes of the situation whose id begins so, and shows what became of it; or says all that is wrong."""
    at = now or datetime.now(UTC)
    with project_gate(False) as gate, deciding(False):
        news, problems, made = gate.project_news, [], None
        situation = beginning or ""
        if beginning is not None:
            try:
                situation = news.called(beginning, at)
            except ValueError as error:
                problems.append(str(error))
        try:
            made = make(gate, situation, at)
        except ValueError as error:
            problems += str(error).split("; ")
        problems += news.strangers(person)
        if made is None or problems:
            refuse(problems, False)
        news.decide(made)
        for one in gate.news(now=at).situations:
            if one.id == made.situation:
                console().print(lines(one))
        if not written_down(gate, at):
            sys.exit(FAULT)
