"""Files and addresses alike, for a caller that waits."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest

from rtm_gate.news.fetching import PUBLIC, fetch, fetch_all

from .badserver import FEED, BadServer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a feed.xml"
    path.write_bytes(FEED)
    return path


def test_a_file(file: Path) -> None:
    assert fetch(str(file)).data == FEED
    assert fetch(file.as_uri()).data == FEED
    assert fetch(str(file), limit=10).problem == f"too large: {len(FEED)} bytes, at most 10 bytes are read"


def test_what_is_no_feed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        problems = {name: fetch(str(tmp_path / name)).problem for name in ("", "none.xml", "pipe", "socket")}
    assert problems == {
        "": "is a folder, not a feed",
        "none.xml": "there is no such file",
        "pipe": "is not an ordinary file",
        "socket": "the file could not be read: No such device or address",
    }
    assert fetch("/dev/zero").problem == "is not an ordinary file"
    assert fetch("a\0b").problem.startswith("the file could not be read: ")
    assert fetch("gopher://old.example/feed").problem == "`gopher` addresses are not read; give a file or an http(s) address"


def test_all_in_their_order(file: Path) -> None:
    with BadServer() as server:
        wheres = [server.url("gone"), str(file), server.url("plain"), "none.xml", server.url("gone")]
        found = fetch_all(wheres)
    assert [fetched.problem for fetched in found] == ["the server answered 410 (gone)", "", "", "there is no such file", "the server answered 410 (gone)"]
    assert [bool(fetched.data) for fetched in found] == [False, True, True, False, False]
    assert fetch_all([]) == []


def test_inside_a_running_loop() -> None:
    """As in a notebook."""

    async def cell(url: str) -> bytes:
        return fetch(url).data

    with BadServer() as server:
        assert asyncio.run(cell(server.url("plain"))) == FEED


def test_those_that_are_late() -> None:
    with BadServer() as server:
        found = fetch_all([server.url("plain"), server.url("silence")], longest=0.3)
    assert [fetched.problem for fetched in found] == ["", "no answer within 0.3 seconds"]


def test_what_the_configuration_names_is_not_named_by_hand() -> None:
    with BadServer() as server:
        assert fetch(server.url("plain"), PUBLIC).problem == "127.0.0.1 is a loopback address, which is not allowed"
        assert server.asked == []
