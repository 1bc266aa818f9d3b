"""The probe of what feeds are said to be: their topics, their trust, and how far into the own network they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

from rtm_gate.gate.doctor.row import Row, ok, warning
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.topics import GRAVE, TOPICS
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.sources import bundled_catalog, lists_named, read_catalog

_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?")


def sources(subject: Subject) -> Iterator[Row]:
    """Nothing of it stops a check; each may leave the gate blind to something, or make it believe too much."""
    rows = [*_unknown_topics(subject), *_claims(subject), *_private(subject), *_untold(subject)]
    yield from rows or [ok("every grave topic has feeds that tell of it")] if subject.project.feeds else rows


def _untold(subject: Subject) -> Iterator[Row]:
    feeds = subject.project.feeds
    untold = sorted(top for top in GRAVE if not any(not feed.topics or top in map(top_of, feed.topics) for feed in feeds))
    if feeds and untold:
        yield warning(f"no feed tells of {listed(untold)}: the gate is blind to it", "name one: rtm-gate feeds list --catalog --topic TOPIC")


def _unknown_topics(subject: Subject) -> Iterator[Row]:
    policy = subject.loaded.policy
    if policy is None:
        return
    known = sorted({*TOPICS, *(topic.name for topic in policy.topics)})
    listing: dict[str, list[str]] = {}
    for feed in dict.fromkeys((*subject.project.feeds, *subject.project.catalog.feeds)):
        for topic in feed.topics:
            if topic not in known:
                listing.setdefault(topic, []).append(f"`{feed.name}`")
    for topic, names in sorted(listing.items()):
        hint = did_you_mean(topic, known)
        yield warning(f"the policy has no topic `{topic}`, which is listed for {listed(names)}" + (f"; {hint}" if hint else ""), "correct it in the catalog")


def _claims(subject: Subject) -> Iterator[Row]:
    """A list of another reader may say of any feed that it is official: then one story of it is enough for a blackout."""
    vouched = {feed.address for feed in bundled_catalog().feeds if feed.trust == "official"}
    for file in _opml(subject):
        claimed = [f"`{feed.name}`" for feed in read_catalog(file).feeds if feed.trust == "official" and feed.address not in vouched]
        if claimed:
            yield warning(
                f"{file} says of {listed(claimed)} that it is official: one story of it is enough to stop posts",
                "leave it so only where it is an authority's own feed; else change `rtm:trust` to wire or local",
            )


def _opml(subject: Subject) -> Iterator[Path]:
    said = subject.project.configuration
    for file in lists_named((*said.feeds, *filter(None, (said.catalog,))), subject.folder):
        if file.suffix.lower() == ".opml":
            yield file


def _private(subject: Subject) -> Iterator[Row]:
    for entry in subject.project.configuration.private:
        if not _is_place(entry):
            yield warning(
                f"`private`: `{entry}` is no network, no address and no name of a host, so it allows nothing",
                'write it like "10.0.0.0/8", "192.168.1.5" or "intranet.example"',
            )


def _is_place(entry: str) -> bool:
    try:
        ip_network(entry, strict=False)
    except ValueError:
        return _HOST.fullmatch(entry) is not None
    return True
