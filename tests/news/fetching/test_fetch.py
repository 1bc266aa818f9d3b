"""Fetching from files and from a server on this machine that behaves as badly as servers do."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rtm_gate.news import fetch

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Served</title></channel></rss>'


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path
        if path == "/feed":
            self._answer(200, FEED)
        elif path == "/gone":
            self._answer(404, b"<html>not here</html>")
        elif path == "/loop":
            self._answer(302, b"", Location="/loop")
        elif path == "/moved":
            self._answer(301, b"", Location="/feed")
        elif path == "/away":
            self._answer(302, b"", Location="file:///etc/hostname")
        elif path == "/large":
            self._answer(200, b"x" * 5000)
        elif path == "/bomb":
            self._answer(200, gzip.compress(b"\0" * 500_000), **{"Content-Encoding": "gzip"})
        elif path == "/drip":
            self._drip()

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        """A byte at a time: every read is quick, the whole never ends."""
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.03)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name of the base class)
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize("path", ["/feed", "/moved"])
def test_a_feed(server: str, path: str) -> None:
    fetched = fetch(server + path)
    assert (fetched.data, fetched.problem) == (FEED, "")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/gone", "the server answered 404"),
        ("/loop", "the server redirects more than 5 times"),
        ("/large", "too large: 5000 bytes, at most 1000 bytes are read"),
        ("/drip", "the server took longer than 0.5 seconds"),
    ],
)
def test_a_bad_server(server: str, path: str, problem: str) -> None:
    fetched = fetch(server + path, timeout=0.5, limit=1000)
    assert (fetched.data, fetched.problem) == (b"", problem)


def test_compressed_bytes_are_counted_as_they_unfold(server: str) -> None:
    assert fetch(server + "/bomb", limit=10_000).problem.startswith("too large")


def test_a_redirect_never_leads_to_a_file(server: str) -> None:
    fetched = fetch(server + "/away")
    assert fetched.data == b""
    assert fetched.problem


def test_nobody_there(server: str) -> None:
    assert fetch("http://127.0.0.1:9/feed", timeout=2).problem.startswith("the server could not be reached")


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "a feed.xml"
    path.write_bytes(FEED)
    assert fetch(str(path)).data == FEED
    assert fetch(path.as_uri()).data == FEED
    assert fetch(str(path), limit=10).problem == f"too large: {len(FEED)} bytes, at most 10 bytes are read"
    assert fetch(str(tmp_path)).problem == "is a folder, not a feed"
    assert fetch(str(tmp_path / "none.xml")).problem == "there is no such file"
    assert fetch("a\0b").problem
    assert fetch("gopher://old.example/feed").problem == "`gopher` addresses are not read; give a file or an http(s) address"
