"""`rtm-gate situations open|extend|close`: what a person decides, with name and reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rtm_gate.cli.feeds.desk import project_gate
from rtm_gate.cli.options import MOMENT, console, refuse
from rtm_gate.cli.situations.shown import lines
from rtm_gate.model.news import SEVERITIES, Change, Severity
from rtm_gate.model.topics import TOPICS

if TYPE_CHECKING:
    from rtm_gate.gate import Gate

F = TypeVar("F", bound=Callable[..., Any])


def _decided(command: F) -> F:
    for option in (
        click.option("--now", type=MOMENT, help="The moment of the decision. Default: the clock."),
        click.option("--reason", required=True, help="Why; it shows in every verdict that rests on it."),
        click.option("--as", "person", required=True, metavar="PERSON", help="Who decides; one of the project's people, where it lists them."),
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

    _decide(lambda gate, at: opened(title, topic, severity, regions, person, reason, at, until, (*TOPICS, *(topic.name for topic in gate.policy.topics))), now)


@click.command()
@click.argument("situation")
@click.option("--until", type=MOMENT, help="How long, at most a week. Default: a day.")
@_decided
def extend(situation: str, until: datetime | None, person: str, reason: str, now: datetime | None) -> None:
    """Keep a SITUATION active, whatever the news says."""
    from rtm_gate.news import extended

    _decide(lambda gate, at: extended(gate.project_news.called(situation, at), person, reason, at, until), now)


@click.command()
@click.argument("situation")
@_decided
def close(situation: str, person: str, reason: str, now: datetime | None) -> None:
    """Close a SITUATION: what is known of it now stops nothing any more. New corroborated news opens it again."""
    from rtm_gate.news import closed

    _decide(lambda gate, at: closed(gate.project_news.called(situation, at), person, reason, at), now)


def _decide(change: Callable[[Gate, datetime], Change], now: datetime | None) -> None:
    at = now or datetime.now(UTC)
    with project_gate(False) as gate:
        try:
            made = change(gate, at)
            gate.project_news.decide(made)
        except ValueError as error:
            refuse(str(error).split("; "), False)
        for one in gate.news(now=at).situations:
            if one.id == made.situation:
                console().print(lines(one))
