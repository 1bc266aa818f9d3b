"""The probe of the feeds: each is read once, now, whatever the store holds of it."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Reading, Subject
from rtm_gate.gate.scaffold import samples
from rtm_gate.model.moment import spell
from rtm_gate.news.fetching import NOT_ALLOWED
from rtm_gate.news.times import AHEAD, OLD

NAMED = "`feeds` in rtm-gate.toml"


def feeds(subject: Subject) -> Iterator[Row]:
    """Every feed: readable, and how old its newest entry is."""
    readings = subject.readings
    if not readings:
        yield warning("no feeds are named: `check` asks for --feed or --no-feeds, and without news reactive posts are held", f"name them: {NAMED}")
        return
    sampled = samples(reading.where for reading in readings)
    if sampled:
        yield warning(
            f"{len(sampled)} of {len(readings)} feeds are the recorded samples of a new project, not today's news", f"put addresses in their place: {NAMED}"
        )
    for reading in readings:
        if reading.where not in sampled or not reading.health.healthy:
            yield _feed(reading, subject)
    read = sum(reading.health.healthy for reading in readings)
    if 2 * read < len(readings):
        yield warning(f"only {read} of {len(readings)} feeds could be read now: if it stays so, promotional and reactive posts are held", "see the feeds above")


def _feed(reading: Reading, subject: Subject) -> Row:
    health, dated = reading.health, [story.updated for story in reading.stories if story.dated]
    if not health.healthy and health.problem.endswith(NOT_ALLOWED):
        host = health.problem.split()[0]
        return warning(f"{reading.shown}: {health.problem}", f'if it is a server of your own network, allow it in rtm-gate.toml: private = ["{host}"]')
    if not health.healthy and reading.from_web:
        return warning(f"{reading.shown}: {health.problem}", "check the address and this machine's way to the network")
    if not health.healthy:
        return failed(f"{reading.shown}: {health.problem}", f"mend the file, or take it out of {NAMED}")
    if not reading.stories:
        return ok(f"{health.name} can be read; nothing is in it at the moment")
    if not dated:
        return ok(f"{health.name}: {len(reading.stories)} entries without dates, taken as new")
    age = subject.now - max(dated)
    if age > OLD:
        # Without anything newer it says nothing of today.
        return warning(
            f"{health.name} ({reading.shown}): its newest entry is {spell(int(age.total_seconds()))} old",
            "a recorded file, or a feed that nobody fills: put a living one in its place, unless it is one that speaks rarely",
        )
    if -age > AHEAD:
        return warning(
            f"{health.name} ({reading.shown}): its newest entry is dated {spell(int(-age.total_seconds()))} ahead of this machine's clock",
            "check the clock; if it is right, the publisher's is wrong",
        )
    return ok(f"{health.name}: {len(reading.stories)} entries, the newest {spell(max(0, int(age.total_seconds())))} old")
