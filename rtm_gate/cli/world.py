"""A gate and its news, from what the options say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from rtm_gate import news as newsroom
from rtm_gate.cli.options import NO_WORLD, World, refuse
from rtm_gate.gate import Gate, LoadedPolicy, ProjectError
from rtm_gate.gate.gate import NO_NEWS
from rtm_gate.language.diagnostics.text import report
from rtm_gate.model.news import News


def open_gate(policy: Path | None, as_json: bool) -> Gate:
    """The gate of the policy named, else of the project here. A policy that does not load, weights or a list of pictures that cannot be
    used, are shown on stderr; their gate holds everything.
    """
    try:
        gate = Gate.open(policy=policy)
    except ProjectError as error:
        refuse(error.problems, as_json)
    show_errors(gate.loaded)
    for problem in (*gate.weights_problems, *gate.images_problems):
        click.echo(f"error: {problem}", err=True)
    return gate


def show_errors(loaded: LoadedPolicy) -> None:
    """Why a policy does not load, on stderr."""
    if loaded.errors:
        click.echo(report(loaded.errors, loaded.sources), err=True)


def news_of(gate: Gate, world: World, as_json: bool, *, everything: bool = False) -> News:
    """The feeds and stories named, else the project's feeds. Refuses the call where nothing says what is happening."""
    if world.no_feeds:
        return NO_NEWS
    if not world.feeds and not world.stories and not gate.project_news.is_told():
        refuse([NO_WORLD], as_json)
    stories = [newsroom.headline(text, "story", world.now - age) for age, text in world.stories]
    feeds = world.feeds if world.feeds or world.stories else None
    read = gate.news(feeds, now=world.now, fetched_at=world.fetched_at, stories=stories, everything=everything)
    if not world.stories:
        return read
    # A headline given by hand is news the caller vouches for: it counts as a feed just read.
    return replace(read, sources=(*read.sources, newsroom.healthy("story", world.now)))
