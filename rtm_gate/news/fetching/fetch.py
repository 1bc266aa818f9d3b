"""The one place where the news is fetched: a file or an http(s) address, with limits on size, time and redirects."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx2

from rtm_gate.news.fetching.limits import LIMIT, too_large
from rtm_gate.news.times import parse_time

TIMEOUT = 15.0
REDIRECTS = 5
AGENT = "rtm-gate/0.1 (feed reader of a posting gate)"
_ACCEPT = "application/atom+xml, application/rss+xml, application/cap+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Fetched:
    """`problem` is empty when `data` is all there is, else a sentence; `data` is then empty.

    `served` is the server's own clock (UTC), where one answered and said it.
    """

    data: bytes
    problem: str = ""
    served: datetime | None = None


def fetch(where: str, *, timeout: float = TIMEOUT, limit: int = LIMIT) -> Fetched:
    """The bytes at a path, a file: or an http(s) address. `timeout` is seconds for the whole transfer, `limit` bytes. Never raises."""
    scheme = urlsplit(where).scheme.lower() if "://" in where else ""
    if scheme in ("http", "https"):
        return _from_web(where, timeout, limit)
    if scheme not in ("", "file"):
        return Fetched(b"", f"`{scheme}` addresses are not read; give a file or an http(s) address")
    return _from_file(unquote(urlsplit(where).path) if scheme else where, limit)


def _from_file(where: str, limit: int) -> Fetched:
    try:
        path = Path(where)
        if path.is_dir():
            return Fetched(b"", "is a folder, not a feed")
        if path.is_file() and (size := path.stat().st_size) > limit:
            return Fetched(b"", too_large(size, limit))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return Fetched(b"", "there is no such file")
    except (OSError, ValueError) as error:
        return Fetched(b"", f"the file could not be read: {getattr(error, 'strerror', None) or error}")
    return Fetched(b"", too_large(len(data), limit)) if len(data) > limit else Fetched(data)


def _from_web(url: str, timeout: float, limit: int) -> Fetched:
    deadline = time.monotonic() + timeout
    # Proxies of the environment are not asked: what is fetched is what the user named.
    client = httpx2.Client(timeout=timeout, follow_redirects=True, max_redirects=REDIRECTS, trust_env=False)
    try:
        with client, client.stream("GET", url, headers={"User-Agent": AGENT, "Accept": _ACCEPT}) as answer:
            if answer.status_code != 200:
                return Fetched(b"", f"the server answered {answer.status_code}")
            told = answer.headers.get("content-length", "")
            if told.isdecimal() and int(told) > limit:
                return Fetched(b"", too_large(int(told), limit))
            # Decompressed bytes are counted, so that a small bomb stays small.
            data = bytearray()
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > limit:
                    return Fetched(b"", too_large(len(data), limit))
                if time.monotonic() > deadline:
                    return Fetched(b"", _too_slow(timeout))
            return Fetched(bytes(data), served=parse_time(answer.headers.get("date")))
    except httpx2.TooManyRedirects:
        return Fetched(b"", f"the server redirects more than {REDIRECTS} times")
    except httpx2.TimeoutException:
        return Fetched(b"", _too_slow(timeout))
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError) as error:
        return Fetched(b"", f"the server could not be reached: {str(error) or type(error).__name__}")


def _too_slow(timeout: float) -> str:
    return f"the server took longer than {timeout:g} seconds"
