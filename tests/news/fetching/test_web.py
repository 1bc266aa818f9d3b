"""Fetching from a server that behaves as badly as servers do, and from nobody at all."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.news import read_feed
from rtm_gate.news.fetching import BY_HAND, PUBLIC, Access, Fetched, headers
from rtm_gate.news.fetching.dial import guarded
from rtm_gate.news.fetching.web import Fetcher, web_address

from .badserver import BEHAVIOURS, CASES, FEED, HERE, BadServer

NAMES = ("retry-after", "date", "expires", "cache-control", "age", "etag", "last-modified", "content-length")
HERE_ONLY = Access(("127.0.0.1",))


@pytest.fixture(scope="module")
def server() -> Iterator[BadServer]:
    with BadServer() as running:
        yield running


def ask(url: str, access: Access = HERE_ONLY, etag: str = "", modified: str = "", **limits: Any) -> Fetched:
    async def once() -> Fetched:
        return await Fetcher(access, pause=0.01, **limits).fetch(url, etag=etag, modified=modified)

    return asyncio.run(once())


# ---- the table ----------------------------------------------------------------------------------------------------------


def test_every_behaviour_is_in_the_table() -> None:
    assert sorted(BEHAVIOURS.keys() - CASES.keys()) == []


@pytest.mark.parametrize("name", CASES)
def test_a_misbehaviour(server: BadServer, noon: datetime, name: str) -> None:
    case = CASES[name]
    slow = "longer than" in case.get("problem", "")
    fetched = ask(server.url(name), deadline=0.5 if slow else 20)
    assert fetched.problem == case.get("problem", "")
    assert bool(fetched.data) is not bool(fetched.problem)
    assert fetched.wait == case.get("wait")
    assert fetched.fresh_for == case.get("fresh_for", 0)
    assert fetched.moved == (server.url(case["moved"][1:]) if "moved" in case else "")
    if "reading" in case or "entries" in case:
        health, _ = read_feed(fetched.data, server.url(name), noon, noon)
        assert health.problem == case.get("reading", "")
        assert health.entries == case.get("entries", health.entries)


# ---- what is asked ------------------------------------------------------------------------------------------------------


def test_the_gate_says_who_it_is(server: BadServer) -> None:
    ask(server.url("plain?who"))
    asked = server.asked[-1].headers
    assert asked["user-agent"].startswith("rtm-gate/")
    assert asked["a-im"] == "feed"
    assert not {"if-none-match", "if-modified-since", "cookie", "authorization"} & asked.keys()


def test_validators_go_to_and_fro(server: BadServer) -> None:
    first = ask(server.url("unchanged-forever"))
    assert (first.etag, first.modified) == ('"1"', "Mon, 02 Mar 2026 11:00:00 GMT")
    second = ask(server.url("unchanged-forever"), etag=first.etag, modified=first.modified)
    assert (second.unchanged, second.data, second.problem) == (True, b"", "")
    # What the 304 says replaces what was known; what it does not say stays.
    assert (second.etag, second.modified) == ('"2"', first.modified)
    asked = server.asked[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (first.etag, first.modified)


@pytest.mark.parametrize("name", ["no-store", "expired-at-once"])
def test_validators_of_an_answer_that_is_to_be_forgotten(server: BadServer, name: str) -> None:
    assert ask(server.url(name)).etag == ""


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "caf\u00e9", "x" * 1000])
def test_validators_that_no_header_can_carry(server: BadServer, etag: str) -> None:
    assert ask(server.url("plain"), etag=etag).data == FEED
    assert "if-none-match" not in server.asked[-1].headers


def test_no_cookie_is_kept(server: BadServer) -> None:
    ask(server.url("cookies-at-every-step"))
    ask(server.url("cookies-at-every-step"))
    assert not any("cookie" in asked.headers for asked in server.asked)


def test_a_name_and_password_in_the_address(server: BadServer) -> None:
    for name, told in (("plain", True), ("redirect-for-now", True), ("redirect-to-another-host", False)):
        assert ask(server.url(name).replace("://", "://ann:secret@")).data == FEED
        assert (server.asked[-1].headers.get("authorization") == "Basic YW5uOnNlY3JldA==") is told, name


def test_a_second_try_and_no_third(server: BadServer, caplog: pytest.LogCaptureFixture) -> None:
    for name, tries in (("unavailable", 2), ("unavailable-in-seconds", 1), ("not-found", 1)):
        before = len(server.asked)
        ask(server.url(name))
        assert len(server.asked) - before == tries, name
    assert caplog.records == []


# ---- nobody there -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1:9/feed", "the server could not be reached: the connection was refused"),
        ("http://no-such-host.invalid/feed", "the server could not be reached: its name could not be resolved"),
        ("http://10.0.0.1/feed", "10.0.0.1 is a private address, which is not allowed"),
        ("ftp://127.0.0.1/feed", "the address is a `ftp` address; only http and https are read"),
        ("http://", "the address is no address"),
        ("http://127.0.0.1:99999/", "the address is no address"),
        ("http://[::1", "the address is no address"),
    ],
)
def test_nobody_there(address: str, problem: str) -> None:
    assert ask(address).problem == problem


def test_a_name_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def look_up(*_: object, **__: object) -> None:
        over.wait()
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    # Whoever waited for the look-up would wait for ever: it ends after this.
    assert ask("http://wire.example/feed", deadline=0.2).problem == "the server took longer than 0.2 seconds"
    over.set()


@given(st.text() | st.text("0123456789.:/?#[]@%x-").map("http://".__add__), st.booleans())
def test_any_address(text: str, redirected: bool) -> None:
    url = web_address(httpx2.URL("http://wire.example/feed") if redirected else None, text)
    assert isinstance(url, str) or (url.scheme in ("http", "https") and url.host)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(max_codepoint=255)) | st.text("0123456789-=, ")))
def test_any_headers(told: dict[str, str]) -> None:
    assert 0 <= (headers.wait(told) or 0) <= 86400
    assert 0 <= headers.fresh_for(told) <= 86400
    assert headers.size(told) >= 0
    assert all(value.isascii() and value.isprintable() for value in headers.validators(told))


def test_encryption(server: BadServer, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / "feeds.example.pem")
    plain = server.url("plain").replace("http:", "https:")
    assert ask(plain).problem == "the server could not be reached: no encrypted connection came about"
    with BadServer(context) as secret:
        # The rest is OpenSSL's own words, which change with its version.
        assert ask(secret.url("plain")).problem.startswith("the server's certificate is not trusted: self")
        monkeypatch.setenv("SSL_CERT_FILE", str(HERE / "feeds.example.pem"))
        assert ask(secret.url("plain")).problem.startswith("the server's certificate is not trusted: IP address mismatch")


# ---- which addresses ----------------------------------------------------------------------------------------------------


def test_the_library_still_takes_the_guard() -> None:
    """The guard sits on a private attribute of httpx2's transport. Without it a private address would be called."""
    assert ask("http://127.0.0.1:9/", PUBLIC).problem == "127.0.0.1 is a loopback address, which is not allowed"
    transport = guarded(PUBLIC, ssl.create_default_context())
    assert type(transport._pool._network_backend).__name__ == "Guard"


def test_a_proxy_of_the_environment_is_not_asked(server: BadServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(server.url("plain")).data == FEED


def test_an_address_given_by_hand_may_be_private_where_it_leads_may_not(server: BadServer) -> None:
    assert ask(server.url("plain"), BY_HAND).data == FEED
    assert ask(server.url("redirect-for-good"), BY_HAND).data == FEED
    assert ask(server.url("redirect-to-private"), BY_HAND).problem == "10.0.0.1 is a private address, which is not allowed"
    assert ask(server.url("redirect-to-another-loopback"), BY_HAND).problem == "127.0.0.2 is a loopback address, which is not allowed"
    named = ask(server.url("redirect-for-now").replace("127.0.0.1", "2130706433"), BY_HAND)
    assert named.data == FEED


def test_one_address_by_hand_opens_no_door_for_another(server: BadServer) -> None:
    """The first may be read; a redirect of the second to it may not be followed."""

    async def both() -> tuple[Fetched, Fetched]:
        fetcher = Fetcher(BY_HAND, deadline=1)
        there = f"http://127.0.0.2:{elsewhere.getsockname()[1]}/"
        return await asyncio.gather(fetcher.fetch(server.url("slow-body")), fetcher.fetch(there))

    with socket.create_server(("127.0.0.2", 0)) as elsewhere:
        answer = f"HTTP/1.1 302 Found\r\nLocation: {server.url('plain')}\r\nContent-Length: 0\r\n\r\n"

        def once() -> None:
            talk, _ = elsewhere.accept()
            with talk:
                talk.recv(4096)
                talk.sendall(answer.encode())

        threading.Thread(target=once, daemon=True).start()
        ask_both = asyncio.run(both())
    assert ask_both[1].problem == "127.0.0.1 is a loopback address, which is not allowed"


# ---- many at a time -----------------------------------------------------------------------------------------------------


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    """Five that take all the time they have: waiting for one another does not count."""

    async def all_of_them(server: BadServer) -> list[Fetched]:
        fetcher = Fetcher(HERE_ONLY, deadline=0.4)
        return await asyncio.gather(*(fetcher.fetch(server.url(f"takes-its-time?{number}")) for number in range(5)))

    with BadServer() as server:
        found = asyncio.run(all_of_them(server))
    assert [fetched.data for fetched in found] == [FEED] * 5
    assert server.most == 1
