"""Feeds pulled from servers that behave badly, lie, stand still or ask to wait; what is kept of them is the same in both databases."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest

from rtm_gate.model.feeds import Feed, FeedState
from rtm_gate.model.news import News, SourceHealth
from rtm_gate.news import Reader, health_of
from rtm_gate.news.newsroom import Newsroom
from rtm_gate.news.polling import Desk, ingest, pull
from rtm_gate.news.polling.odd import BELIEVED, HIDDEN
from rtm_gate.store import Store
from tests.databases import Server
from tests.news.fetching.badserver import CASES, BadServer
from tests.news.polling.conftest import desk_of
from tests.news.polling.served import Page, Site, rss

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SLOW = "longer than"
DEAD = ("Bridge collapse in Ohio kills six", "Six dead in Ohio bridge collapse")


class Clock:
    """The time at which feeds are asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOON
        monkeypatch.setattr(import_module("rtm_gate.news.polling.pull"), "clock", lambda: self.now)

    def on(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def states_of(desk: Desk) -> dict[str, FeedState]:
    with desk.store.reading() as tx:
        return tx.news.states()


def health(desk: Desk, feed: Feed, now: datetime) -> SourceHealth:
    return health_of(feed, states_of(desk).get(feed.name), now, desk.stale_after)


def told(desk: Desk) -> list[str]:
    with desk.store.reading() as tx:
        return sorted(kept.read.story.title for _, kept in tx.news.stories())


def news(desk: Desk, feeds: list[Feed], now: datetime) -> News:
    return Newsroom(desk.store, feeds, desk.read).news(now, desk.stale_after, everything=True)


def test_every_misbehaviour_at_once_is_survived_and_named(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> None:
    with BadServer() as server, Store.open(tmp_path_factory.mktemp("bad") / "gate.db") as store:
        desk = desk_of(store, reader)
        feeds = [Feed(name, server.url(name)) for name in CASES]
        states = {state.feed: state for state in pull(desk, feeds)}
        now = datetime.now(UTC)
        for feed in feeds:
            case, found = CASES[feed.name], health(desk, feed, now)
            wrong = case.get("problem", "").replace("0.5 seconds", f"{desk.deadline:g} seconds") or case.get("reading", "")
            assert found.problem == wrong, feed.name
            assert found.healthy is not bool(wrong)
            if not wrong:
                assert found.entries == case.get("entries", found.entries) > 0, feed.name
                assert found.new == found.entries
            due = states[feed.name].due
            assert due is not None
            assert due - now >= timedelta(seconds=case.get("wait") or 0) - timedelta(minutes=1)
        kept = told(desk)
        again = pull(desk, [feed for feed in feeds if SLOW not in CASES[feed.name].get("problem", "")])
        assert [state.feed for state in again if state.new] == []
        assert told(desk) == kept


def test_a_server_that_says_for_ever_that_nothing_changed_is_found_out(desk: Desk, site: Site, clock: Clock) -> None:
    feed = Feed("liar", site.url("liar"))
    site.pages["liar"] = Page(rss("Liar", ("1", "All is well", NOON)), etag='"1"')
    pull(desk, [feed])
    site.pages["liar"].body = rss("Liar", ("2", DEAD[0], NOON + timedelta(minutes=5)))
    for _ in range(BELIEVED - 1):
        clock.on(10)
        (state,) = pull(desk, [feed])
        assert (state.problem, state.notice, state.new) == ("", "", 0)
    clock.on(10)
    (state,) = pull(desk, [feed])
    assert (state.notice, state.new) == (HIDDEN, 1)
    asked = site.conditional["liar"]
    clock.on(10)
    (state,) = pull(desk, [feed])
    assert state.notice == HIDDEN
    assert site.conditional["liar"] == asked


def test_a_server_that_sends_the_same_again_hides_nothing(desk: Desk, site: Site, clock: Clock) -> None:
    """What a newsroom dates back is no lie of its server, which never said that nothing had changed."""
    feed = Feed("wire", site.url("wire"))
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", NOON)))
    for _ in range(BELIEVED):
        pull(desk, [feed])
        clock.on(30)
    site.pages["wire"].body = rss("Wire", ("1", "All is well", NOON), ("2", "Dated back", NOON - timedelta(hours=2)))
    (state,) = pull(desk, [feed])
    assert (state.notice, state.new) == ("", 1)


def test_a_feed_that_stands_still_is_a_problem_in_the_end(desk: Desk, site: Site, clock: Clock) -> None:
    feed = Feed("wire", site.url("wire"), rhythm=3600)
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", NOON)), etag='"1"')
    pull(desk, [feed])
    clock.on(4 * 60)
    (state,) = pull(desk, [feed])
    assert (state.problem, state.notice) == ("", "nothing new for 4 hours; something is usual within 1 hour")
    clock.on(9 * 60)
    pull(desk, [feed])
    assert health(desk, feed, clock.now).problem == "frozen: nothing new for 13 hours; something is usual within 1 hour"
    site.pages["wire"] = Page(rss("Wire", ("2", "And it moves", clock.now)), etag='"2"')
    pull(desk, [feed])
    assert health(desk, feed, clock.now).healthy


def test_old_entries_dated_anew_are_told_and_change_nothing(desk: Desk, site: Site, clock: Clock) -> None:
    feeds = [Feed(name, site.url(name)) for name in ("a", "b")]
    for feed, title in zip(feeds, DEAD, strict=True):
        site.pages[feed.name] = Page(rss(feed.name, ("1", title, NOON)))
    pull(desk, feeds)
    before = news(desk, feeds, clock.now)
    for feed, title in zip(feeds, DEAD, strict=True):
        site.pages[feed.name] = Page(rss(feed.name, ("1", title, NOON + timedelta(minutes=30))))
    clock.on(30)
    states = pull(desk, feeds)
    assert {state.notice for state in states} == {"1 known entry is dated anew, without new words"}
    assert {state.new for state in states} == {0}
    after = news(desk, feeds, clock.now)
    assert [one.updated for one in after.situations] == [one.updated for one in before.situations] == [NOON]
    assert after.snapshot == before.snapshot


def test_a_page_instead_of_a_feed(desk: Desk, site: Site, clock: Clock) -> None:
    feed = Feed("wire", site.url("wire"))
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", NOON)))
    pull(desk, [feed])
    site.pages["wire"] = Page("<!doctype html><html><body>Please log in</body></html>")
    clock.on(10)
    (state,) = pull(desk, [feed])
    assert (state.problem, state.failures, state.read) == ("the server sent an HTML page, not a feed", 1, NOON)
    assert health(desk, feed, clock.now).healthy  # what was read ten minutes ago is still good
    clock.on(60)
    assert "HTML page" in health(desk, feed, clock.now).problem
    assert told(desk) == ["All is well"]


def test_a_feed_that_is_cut_off_stays_so_until_it_is_whole(desk: Desk, site: Site, clock: Clock) -> None:
    """A server's word that nothing changed is no word that all is well."""
    feed = Feed("wire", site.url("wire"))
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", NOON)).removesuffix("</channel></rss>") + "<item><title>And th", etag='"1"')
    for _ in range(3):
        (state,) = pull(desk, [feed])
        assert "cut off" in state.problem
        clock.on(10)
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", NOON)), etag='"2"')
    assert pull(desk, [feed])[0].problem == ""


@pytest.mark.parametrize("wait", ["120", "7200"])
def test_who_asks_to_wait_is_not_asked_before(desk: Desk, site: Site, clock: Clock, wait: str) -> None:
    site.pages["wire"] = Page("", status=429, headers=(("Retry-After", wait),))
    (state,) = pull(desk, [Feed("wire", site.url("wire"))])
    assert state.due is not None
    assert state.due - clock.now >= timedelta(seconds=int(wait))


def test_an_edited_headline_is_one_story_in_a_new_version(desk: Desk, site: Site, clock: Clock) -> None:
    feed = Feed("wire", site.url("wire"))
    for title in ("Bridge closed in Ohio", DEAD[0]):
        site.pages["wire"] = Page(rss("Wire", ("1", title, NOON)))
        (state,) = pull(desk, [feed])
        assert state.new == 1
        clock.on(10)
    assert told(desk) == [DEAD[0]]
    with desk.store.reading() as tx:
        assert [kept.read.story.title for kept in tx.news.versions(clock.now)] == ["Bridge closed in Ohio", DEAD[0]]


def test_a_feed_that_moved_in_the_configuration_is_read_from_its_new_place(desk: Desk, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> None:
    folder = tmp_path_factory.mktemp("files")
    for name in ("old", "new"):
        (folder / f"{name}.xml").write_text(rss("Wire", (name, f"The {name} one", NOON)))
        feed = Feed("wire", str(folder / f"{name}.xml"))
        room = Newsroom(desk.store, [feed], desk.read)
        for _ in range(2):
            clock.on(1)
            (source,) = room.news(clock.now, desk.stale_after).sources
            assert (source.problem, source.fetched) == ("", clock.now)
    with desk.store.reading() as tx:
        assert len(tx.news.polls()) == 2  # a file that lies as it was read is not read again


def test_a_file_that_is_not_there_is_told_once(desk: Desk, clock: Clock) -> None:
    room = Newsroom(desk.store, [Feed("gone", "/no/such/file.xml")], desk.read)
    for _ in range(3):
        clock.on(1)
        (source,) = room.news(clock.now, desk.stale_after).sources
        assert source.problem == "there is no such file"
    with desk.store.reading() as tx:
        assert len(tx.news.polls()) == 1


CAP = """<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>urn:1</identifier><sender>x@nws.example</sender>
<sent>2026-03-02T11:00:00+00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>{}</alert>"""
INFO = """<info><category>Met</category><event>{}</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
<expires>2026-03-02T18:00:00+00:00</expires><headline>{}</headline><area><areaDesc>Ohio</areaDesc></area></info>"""


def test_an_alert_of_several_parts_is_kept_whole(desk: Desk, site: Site, clock: Clock) -> None:
    feed = Feed("alerts", site.url("alerts"), "official")
    infos = "".join(INFO.format(event, f"{event} for Ohio") for event in ("Tornado Warning", "Flash Flood Warning"))
    site.pages["alerts"] = Page(CAP.format(infos))
    (state,) = pull(desk, [feed])
    assert (state.entries, state.new) == (2, 2)
    assert told(desk) == ["Flash Flood Warning for Ohio", "Tornado Warning for Ohio"]
    assert pull(desk, [feed])[0].new == 0


def test_each_feed_is_asked_once(desk: Desk, site: Site) -> None:
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", NOON)))
    states = pull(desk, [Feed("wire", site.url("wire")), Feed("lost", site.url("lost"))])
    assert [state.feed for state in states] == ["wire", "lost"]
    assert site.asked == {"wire": 1, "lost": 1}


def test_the_same_polls_give_the_same_bytes_in_both_databases(postgresql: Server, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("both")
    titles = [*DEAD, "Élysée: trois morts à Paris", "Zürich \U0001f525 fire kills 12", "a lower-case headline", "Ohio bridge: seven dead now"]
    files = []
    for number in range(4):
        entries = [(f"e{n}", title, NOON + timedelta(minutes=7 * n)) for n, title in enumerate(titles) if (n + number) % 3]
        entries.append(("edited", f"Fire in Denver kills {number}", NOON))
        files.append(folder / f"{number}.xml")
        files[-1].write_text(rss("Wire", *entries))
    address = postgresql.new()
    said = []
    for where in (str(folder / "gate.db"), address):
        with Store.open(where) as store:
            desk = desk_of(store, reader)
            for number, file in enumerate(files):
                for source in ("wire", "Äther", "b"):
                    ingest(desk, [], [file], source, NOON + timedelta(minutes=30 + 10 * number))
            room = Newsroom(store, [], reader)
            given = [room.news(NOON + timedelta(minutes=minutes), 1800, everything=True) for minutes in (45, 70, 60 * 24)]
            said.append([json.dumps(asdict(one), default=lambda value: sorted(value) if isinstance(value, frozenset) else str(value)) for one in given])
            states = {name: replace(state, modified="") for name, state in states_of(desk).items()}
            said[-1].append(repr(states))
    postgresql.drop(address)
    assert said[0] == said[1]
    assert "Äther" in said[0][0] or "\\u00c4ther" in said[0][0]
