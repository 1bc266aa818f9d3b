"""Feeds together: health, snapshot, and independence from order."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from rtm_gate.news import Reader, gather


def test_every_recorded_feed_at_once_in_any_order(feeds: Path, noon: datetime, nothing: Reader) -> None:
    paths = [str(path) for path in sorted(feeds.iterdir())]
    one = gather(paths, now=noon, fetched_at=noon, read=nothing)
    other = gather(paths[::-1], now=noon, fetched_at=noon, read=nothing)
    assert one == other
    assert len(one.sources) == len(paths)


def test_the_snapshot_follows_what_is_said(feeds: Path, noon: datetime, nothing: Reader, tmp_path: Path) -> None:
    here, there, edited = (tmp_path / name for name in ("a.xml", "b.xml", "c.xml"))
    for path in (here, there):
        shutil.copy(feeds / "rss20.xml", path)
    edited.write_bytes(here.read_bytes().replace(b"rye bread", b"rye loaf"))
    snapshots = [gather([str(path)], now=noon, fetched_at=noon, read=nothing).snapshot for path in (here, there, edited)]
    assert snapshots[0] == snapshots[1] != snapshots[2]


def test_two_files_of_one_name_are_both_told(feeds: Path, noon: datetime, nothing: Reader, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xml"
    shutil.copy(feeds / "rss20.xml", copy)
    news = gather([str(feeds / "rss20.xml"), str(copy)], now=noon, fetched_at=noon, read=nothing)
    assert [source.name for source in news.sources] == ["Harbour Post", "Harbour Post"]
    assert len({source.url for source in news.sources}) == 2
    assert sum(len(situation.stories) for situation in news.situations) == 2


def test_a_missing_feed_is_told_and_the_others_count(feeds: Path, noon: datetime, nothing: Reader, tmp_path: Path) -> None:
    news = gather([str(tmp_path / "gone.xml"), str(feeds / "rss20.xml")], now=noon, fetched_at=noon, read=nothing)
    assert [(source.name, source.healthy, source.problem) for source in news.sources] == [
        ("Harbour Post", True, ""),
        ("gone.xml", False, "there is no such file"),
    ]


def test_news_read_too_long_ago_is_not_trusted(feeds: Path, noon: datetime, nothing: Reader) -> None:
    feed = str(feeds / "rss20.xml")
    fresh = gather([feed], now=noon, fetched_at=noon - timedelta(minutes=30), read=nothing)
    stale = gather([feed], now=noon, fetched_at=noon - timedelta(minutes=47), read=nothing)
    assert fresh.sources[0].healthy
    assert stale.sources[0].problem == "was read 47 minutes ago; at most 30 minutes are trusted"
