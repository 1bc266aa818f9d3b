"""The posts under a tag, fetched from a server on loopback and from files, read, and kept as hashes and topics."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from rtm_gate import resources
from rtm_gate.model.feeds import Feed, TagContext
from rtm_gate.news import Reader
from rtm_gate.news.fetching import BY_HAND, PUBLIC
from rtm_gate.news.newsroom import Newsroom
from rtm_gate.news.polling import look_at_tag, read_tag
from rtm_gate.store import Store

HOUR = datetime.fromisoformat("2026-11-17T15:00:00+00:00")
DEMO = resources.path("feeds", "demo-tags")


def posts(*said: str, at: datetime = HOUR) -> bytes:
    date = format_datetime(at - timedelta(minutes=5))
    items = "".join(f"<item><guid>{n}</guid><pubDate>{date}</pubDate><description>{escape(text)}</description></item>" for n, text in enumerate(said))
    return f'<rss version="2.0"><channel><title>posts</title>{items}</channel></rss>'.encode()


@contextmanager
def served(**pages: bytes) -> Iterator[str]:
    """The address of a server on loopback that has these pages."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path.lstrip("/"))
            self.send_response(200 if page else 404)
            self.send_header("Content-Length", str(len(page or b"")))
            self.end_headers()
            self.wfile.write(page or b"")

        def log_request(self, code: object = "-", size: object = "-") -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "news.db")) as opened:
        yield opened


def kept(store: Store, reader: Reader, now: datetime) -> tuple[TagContext, ...]:
    """What a check at `now` knows of tags."""
    return Newsroom(store, (), reader).news(now, 1800).tags


def test_several_places_are_read_together_and_the_same_words_count_once(reader: Reader) -> None:
    here = posts("Parade at six #Lantern", "Bring gloves #lantern", "A lantern without its sign")
    there = posts("parade at six #LANTERN", "Soldiers shelled the town #Lantern")
    with served(here=here, there=there) as server:
        reading = look_at_tag("#Lantern", [Feed("Here", f"{server}/here"), Feed("There", f"{server}/there")], reader, BY_HAND, HOUR)
    assert reading.context == TagContext("#lantern", 3, 1, 1 / 3, ("war",), HOUR, HOUR)
    assert [(place.name, place.entries, place.new, place.problem) for place in reading.places] == [("Here", 3, 2, ""), ("There", 2, 2, "")]


def test_a_place_that_cannot_be_read_says_so_and_the_others_count(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with served(good=posts("Parade at six #Lantern"), page=b"<!doctype html><html><body>Please log in</body></html>") as server:
        wheres = [f"{server}/{page}" for page in ("good", "page", "gone")] + [str(tmp_path / name) for name in ("none.xml", "folder")]
        reading = look_at_tag("lantern", [Feed(where, where) for where in wheres], reader, BY_HAND, HOUR)
    assert reading.context.uses == 1
    good, *bad = reading.places
    assert good.healthy
    assert all(place.problem and place.new == 0 for place in bad)
    assert [place.url for place in reading.places] == wheres


def test_a_private_address_is_read_only_where_a_person_named_it(reader: Reader) -> None:
    with served(here=posts("Parade at six #Lantern")) as server:
        reading = look_at_tag("lantern", [Feed("Here", f"{server}/here")], reader, PUBLIC, HOUR)
    assert reading.uses == ()
    assert "loopback" in reading.places[0].problem


def test_what_is_kept_of_posts_is_no_word_of_theirs(store: Store, reader: Reader, tmp_path: Path) -> None:
    file = tmp_path / "posts.xml"
    file.write_bytes(posts("Xylophone parade, says @samuel #Lantern"))
    assert read_tag(store, "Lantern", [Feed(str(file), str(file))], reader, BY_HAND, HOUR).context.uses == 1
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.glob("news.db*")).lower()
    assert b"#lantern" in written
    assert not any(word in written for word in (b"xylophone", b"samuel"))


def test_a_reading_counts_for_an_hour_as_it_was_known_then(store: Store, reader: Reader) -> None:
    feed = [Feed("posts", str(DEMO / "whyistayed.xml"))]
    first = read_tag(store, "#WhyIStayed", feed, reader, BY_HAND, HOUR).context
    assert (first.uses, first.sensitive) == (13, 8)
    later = HOUR + timedelta(minutes=61)
    assert kept(store, reader, HOUR - timedelta(minutes=10)) == ()
    assert kept(store, reader, HOUR) == kept(store, reader, HOUR + timedelta(minutes=60)) == (first,)
    assert kept(store, reader, later) == ()
    again = read_tag(store, "#WhyIStayed", feed, reader, BY_HAND, later).context
    assert kept(store, reader, later) == (again,)
    assert again.oldest == later
    # What was read later changes nothing about what was known before.
    assert kept(store, reader, HOUR) == (first,)


def test_two_readings_within_the_hour_are_one_context(store: Store, reader: Reader, tmp_path: Path) -> None:
    for minute, said in enumerate((("One #Lantern", "Two #Lantern"), ("Two #Lantern", "Three #Lantern"))):
        file = tmp_path / f"{minute}.xml"
        file.write_bytes(posts(*said))
        context = read_tag(store, "lantern", [Feed(file.name, str(file))], reader, BY_HAND, HOUR + timedelta(minutes=minute)).context
    assert (context.uses, context.oldest, context.newest) == (3, HOUR, HOUR + timedelta(minutes=1))
    read_tag(store, "aurora", [Feed(file.name, str(file))], reader, BY_HAND, HOUR)
    assert kept(store, reader, HOUR + timedelta(minutes=1)) == (context,)


def test_readings_leave_the_snapshot_as_it_is(store: Store, reader: Reader) -> None:
    before = Newsroom(store, (), reader).news(HOUR, 1800)
    read_tag(store, "TuesdayTreads", [Feed("posts", str(DEMO / "tuesdaytreads.xml"))], reader, BY_HAND, HOUR)
    after = Newsroom(store, (), reader).news(HOUR, 1800)
    assert after.snapshot == before.snapshot
    assert after.tags != before.tags
