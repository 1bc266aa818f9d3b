"""The probe of the store: whether it can be opened, what it holds, and whether somebody fills it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rtm_gate.facts.world import trusted
from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.gate.news import ProjectNews
from rtm_gate.model.moment import spell
from rtm_gate.model.news import News
from rtm_gate.news import health_of
from rtm_gate.store import StoreError
from rtm_gate.store.schema import KNOWN

WATCH = "keep `rtm-gate feeds watch` running; `rtm-gate feeds status` says how each feed stands"


def store(subject: Subject) -> Iterator[Row]:
    """Nothing is made here: before there is a store, that is what is said."""
    with subject.gate() as gate:
        news, stale_after = gate.project_news, gate.policy.stale_after
        if not news.is_kept():
            yield _none(subject)
            return
        try:
            yield from _kept(subject, news, stale_after)
        except StoreError as error:
            yield failed(str(error), "mend it, or name another one: `store` in rtm-gate.toml; until then everything is held")


def _none(subject: Subject) -> Row:
    unread = sum(feed.on_web for feed in subject.project.feeds)
    if not unread:
        return ok("there is no store yet: files are read as they lie")
    return warning(f"there is no store yet: for a check, {unread} of {len(subject.project.feeds)} feeds were never read", "read them: rtm-gate feeds pull")


def _kept(subject: Subject, news: ProjectNews, stale_after: int) -> Iterator[Row]:
    kept = news.store()
    with kept.reading() as tx:
        stories, last, states = tx.news.count(), tx.news.last_poll_at(), tx.news.states()
    yield ok(f"{kept.shown} has schema {KNOWN[-1]} and {stories} stories, {_polled(last, subject.now)}")
    # Files are read as they lie; only what is on the web has to have been read before.
    web = [feed for feed in subject.project.feeds if feed.on_web]
    sources = tuple(health_of(feed, states.get(feed.name), subject.now, stale_after) for feed in web)
    bad = [source for source in sources if not source.healthy]
    if bad:
        trust = "" if trusted(News(True, (), sources, ""), subject.now, stale_after) else ", and what is on the web is not trusted"
        yield warning(f"by what the store holds, {len(bad)} of {len(web)} feeds of the web are not in order{trust}: {bad[0].name}: {bad[0].problem}", WATCH)


def _polled(last: datetime | None, now: datetime) -> str:
    return "never polled" if last is None else f"last polled {spell(max(0, int((now - last).total_seconds())))} ago"
