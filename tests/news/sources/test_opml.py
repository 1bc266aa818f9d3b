"""OPML: what other readers wrote is read with sense, and what this gate writes comes back whole."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.feeds import TRUSTS, Feed
from rtm_gate.model.topics import TOPICS
from rtm_gate.news.sources import CatalogError, bundled_catalog, read_catalog, read_opml, write_opml
from rtm_gate.news.text import fold

HERE = Path(__file__).parent
TABLE: dict[str, dict[str, Any]] = tomllib.loads((HERE / "opml.toml").read_text(encoding="utf-8"))

LINES = st.text(st.characters(codec="utf-8"), max_size=30).map(fold)
ADDRESSES = st.builds(
    lambda start, rest: start + rest,
    st.sampled_from(["https://a.example/", "http://b.example:8080/x?", "file:///srv/", "recorded/"]),
    st.text("abc/?&=%#.\"'<>;é日", min_size=1, max_size=12),
)
FEEDS = st.lists(
    st.builds(
        Feed,
        name=LINES.filter(bool),
        address=ADDRESSES,
        trust=st.sampled_from(TRUSTS),
        topics=st.lists(st.sampled_from([*TOPICS, "residues", "acme.rivers"]), max_size=3, unique=True).map(tuple),
        regions=st.lists(st.sampled_from(["US", "US-NY", "GB", "JP-13"]), max_size=3, unique=True).map(tuple),
        language=st.sampled_from(["", "en", "pt-BR"]),
        rhythm=st.sampled_from([0, 1, 900, 3600, 86_400, 864_000]),
        about=LINES,
    ),
    max_size=8,
    unique_by=(lambda feed: feed.name.casefold(), lambda feed: feed.address),
)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_lists_of_other_readers(name: str) -> None:
    read = read_opml((HERE / "opml" / name).read_bytes(), name)
    assert [[feed.name, feed.address, list(feed.topics)] for feed in read.feeds] == TABLE[name]["feeds"]
    assert list(read.skipped) == TABLE[name].get("skipped", [])
    assert read.repeated == TABLE[name].get("repeated", 0)
    assert {(feed.trust, feed.rhythm, feed.regions) for feed in read.feeds} == {("local", 0, ())}


def test_every_sample_is_in_the_table() -> None:
    assert {file.name for file in (HERE / "opml").iterdir()} == {*TABLE}


@given(feeds=FEEDS)
def test_out_and_in_again_loses_nothing(feeds: list[Feed]) -> None:
    read = read_opml(write_opml(feeds), "x")
    assert set(read.feeds) == set(feeds)
    assert (len(read.feeds), read.skipped, read.repeated) == (len(feeds), (), 0)


def test_the_bundled_catalog_goes_out_and_in_again(tmp_path: Path) -> None:
    feeds = bundled_catalog().feeds
    file = tmp_path / "feeds.opml"
    file.write_bytes(write_opml(feeds, title="Ours"))
    assert set(read_catalog(file).feeds) == set(feeds)


def test_a_feed_lies_in_the_folder_of_its_first_topic() -> None:
    written = write_opml([Feed("Quakes", "https://q.example/", topics=("disaster.quake", "health")), Feed("All", "https://a.example/")]).decode()
    assert written.index('text="All"') < written.index('<outline text="Earthquake or tsunami">') < written.index('text="Quakes"')
    # Whoever does not know our attributes still finds the topic by the folder.
    plain = written.replace("rtm:trust", "trust").replace("rtm:topics", "topics")
    assert [feed.topics for feed in read_opml(plain.encode(), "x").feeds] == [(), ("disaster.quake",)]


OURS = '<opml version="2.0" xmlns:rtm="urn:rtm-gate:opml:1"><body><outline text="A" xmlUrl="https://a.example/" {}/></body></opml>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("", "x: could not be read as XML (no element found: line 1, column 0)"),
        ("<opml><body>", "x: could not be read as XML (no element found: line 1, column 12)"),
        ("<rss><body/></rss>", "x: is no OPML: the outermost element is `rss`"),
        ("<opml version='2.0'><head/></opml>", "x: is no OPML: it has no body"),
        (OURS.format('rtm:trust="king"'), "x: `A`: rtm:trust: `king` is none of official, wire, local"),
        (OURS.format('rtm:trust="wire" rtm:topics="War"'), "x: `A`: `War` is not the name of a topic; those are lower case, like disaster.quake"),
        (OURS.format('rtm:trust="wire" rtm:regions="UK"'), "x: `A`: `UK` is not a region; write GB"),
        (OURS.format('rtm:trust="wire" rtm:rhythm="soon"'), 'x: `A`: `soon` is not a duration; write it with its unit, like "15 minutes"'),
    ],
)
def test_bad_files_are_refused(data: str, problem: str) -> None:
    with pytest.raises(CatalogError) as raised:
        read_opml(data.encode(), "x")
    assert raised.value.problems == [problem]


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://a.example/"/></body></opml>'
    outside = b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml><body><outline text="&a;" xmlUrl="https://a.example/"/></body></opml>'
    for data in (bomb, outside):
        with pytest.raises(CatalogError, match="could not be read as XML"):
            read_opml(data, "x")


def test_however_deep_a_feed_lies_it_is_found() -> None:
    deep = b"<opml><body>" + b'<outline text="Sports">' * 5000 + b'<outline text="A" xmlUrl="https://a.example/"/>' + b"</outline>" * 5000 + b"</body></opml>"
    assert read_opml(deep, "x").feeds == (Feed("A", "https://a.example/", topics=("sport",)),)


@given(data=st.binary(max_size=200), cut=st.integers(0, 900))
def test_whatever_the_bytes_it_is_a_list_or_a_catalog_error(data: bytes, cut: int) -> None:
    whole = (HERE / "opml" / "feedly.opml").read_bytes()
    for sent in (data, whole[:cut], whole[:cut] + data + whole[cut:]):
        with suppress(CatalogError):
            read_opml(sent, "x")


def test_each_known_folder_has_one_standard_topic() -> None:
    listed = tomllib.loads((files("rtm_gate.news.sources") / "folders.toml").read_text(encoding="utf-8"))
    assert {*listed} <= {*TOPICS}
    names = [name for names in listed.values() for name in names]
    assert len(names) == len(set(names))
    for topic, own in listed.items():
        outlines = "".join(f'<outline text="{name.upper()}"><outline text="{name}" xmlUrl="https://a.example/{n}"/></outline>' for n, name in enumerate(own))
        assert {feed.topics for feed in read_opml(f"<opml><body>{outlines}</body></opml>".encode(), "x").feeds} == {(topic,)}
