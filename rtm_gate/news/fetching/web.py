"""Feeds from the web: one question and its answer, redirects included, within limits on time, size and address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

import httpx2
import stamina
import stamina.instrumentation

from rtm_gate.news.fetching import faults, headers
from rtm_gate.news.fetching.addresses import PUBLIC, Access
from rtm_gate.news.fetching.dial import NotAllowedError, guarded
from rtm_gate.news.fetching.fetched import Fetched
from rtm_gate.news.fetching.limits import AT_ONCE, DEADLINE, LIMIT, REDIRECTS, too_large, too_slow
from rtm_gate.news.fetching.unfold import ENCODINGS, Unfold, UnfoldError

AGENT = "rtm-gate/0.1 (feed reader of a posting gate)"
_ACCEPT = "application/atom+xml, application/rss+xml, application/cap+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
_ASKING = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": ", ".join(ENCODINGS), "A-IM": "feed", "Connection": "close"}

_PERMANENT = (301, 308)
_REDIRECTING = (301, 302, 303, 307, 308)
_FEED = (200, 226)
"""226 answers `A-IM: feed`: only what is new since the last time."""

# A second try is nobody's business: without this each one ends up on the terminal.
stamina.instrumentation.set_on_retry_hooks(())


class Fetcher:
    """Asks servers for feeds: many at a time, but each host one thing at a time.

    `deadline` is seconds for one feed from the look-up of its name to the last byte, redirects and the second try included; waiting for
    another request to the same host does not count. `limit` is bytes, unpacked. `pause` is seconds before the second try, which a server
    gets that could not be reached or answered 5xx. Cookies are not kept, and proxies of the environment not asked;
    the certificates it names (SSL_CERT_FILE) are trusted.
    """

    def __init__(self, access: Access = PUBLIC, *, deadline: float = DEADLINE, limit: int = LIMIT, pause: float = 0.5) -> None:
        self._access, self._deadline, self._limit, self._pause = access, deadline, limit, pause
        self._context = httpx2.create_ssl_context()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._hosts: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """The feed at an http(s) address. `etag` and `modified` are those of the last answer. Never raises: a fault is the `problem`."""
        url = web_address(None, address)
        if isinstance(url, str):
            return Fetched(b"", f"the address is {url}")
        etag, modified = headers.sendable(etag), headers.sendable(modified)
        asking = _ASKING | ({"If-None-Match": etag} if etag else {}) | ({"If-Modified-Since": modified} if modified else {})
        try:
            async with asyncio.timeout(self._deadline) as clock:
                async for attempt in stamina.retry_context(on=_HiccupError, attempts=2, wait_initial=self._pause, wait_jitter=0):
                    with attempt:
                        return await self._follow(url, asking, clock)
        except _HiccupError as hiccup:
            return hiccup.fetched
        except TimeoutError:
            pass
        return Fetched(b"", too_slow(self._deadline))

    async def _follow(self, url: httpx2.URL, asking: dict[str, str], clock: asyncio.Timeout) -> Fetched:
        moved, for_good = "", True
        async with guarded(self._access.for_host(url.raw_host.decode("ascii")), self._context) as transport:
            for _ in range(REDIRECTS + 1):
                async with self._turn(url.host, clock):
                    found = await self._ask(transport, url, asking)
                if isinstance(found, Fetched):
                    return found if found.problem else replace(found, moved=moved)
                status, url = found
                for_good = for_good and status in _PERMANENT
                moved = str(url) if for_good else moved
        return Fetched(b"", f"the server redirects more than {REDIRECTS} times")

    @asynccontextmanager
    async def _turn(self, host: str, clock: asyncio.Timeout) -> AsyncIterator[None]:
        """One request at a time to a host, a few in all. The clock stands still until it is our turn."""
        now = asyncio.get_running_loop().time
        left = (clock.when() or now()) - now()
        clock.reschedule(None)
        lock = self._hosts.setdefault(host, asyncio.Lock())
        async with lock, self._slots:
            clock.reschedule(now() + left)
            yield

    async def _ask(self, transport: httpx2.AsyncHTTPTransport, url: httpx2.URL, asking: dict[str, str]) -> Fetched | tuple[int, httpx2.URL]:
        """One request: what came of it, or where it is redirected."""
        request = httpx2.Request("GET", url, headers=asking)
        if url.username or url.password:
            request = next(httpx2.BasicAuth(url.username, url.password).auth_flow(request))
        try:
            answer = await transport.handle_async_request(request)
        except NotAllowedError as refusal:
            return Fetched(b"", str(refusal))
        except httpx2.ConnectError as error:
            raise _HiccupError(Fetched(b"", faults.unreached(error))) from error
        except httpx2.TimeoutException:
            return Fetched(b"", too_slow(self._deadline))
        except (httpx2.TransportError, OSError, ValueError) as error:
            return Fetched(b"", faults.unreached(error))
        try:
            if answer.status_code in _REDIRECTING and (location := answer.headers.get("location")):
                target = web_address(url, location)
                return Fetched(b"", f"the server redirects to {target}") if isinstance(target, str) else (answer.status_code, target)
            return await self._taken(answer, asking)
        finally:
            await answer.aclose()

    async def _taken(self, answer: httpx2.Response, asking: dict[str, str]) -> Fetched:
        told, status, served = answer.headers, answer.status_code, headers.served(answer.headers)
        etag, modified = headers.validators(told)
        if status == 304:
            given = asking.get("If-None-Match", ""), asking.get("If-Modified-Since", "")
            if not any(given):
                return Fetched(b"", "the server answered that nothing changed, but was asked for all of it", served)
            return Fetched(b"", "", served, True, etag or given[0], modified or given[1], fresh_for=headers.fresh_for(told))
        if status not in _FEED:
            wait = headers.wait(told)
            fetched = Fetched(b"", faults.answered(status, wait), served, wait=wait)
            if status >= 500 and wait is None:
                raise _HiccupError(fetched)
            return fetched
        data, problem = await self._body(answer)
        if problem:
            return Fetched(b"", problem, served)
        return Fetched(data, "", served, False, etag, modified, fresh_for=headers.fresh_for(told))

    async def _body(self, answer: httpx2.Response) -> tuple[bytes, str]:
        if (size := headers.size(answer.headers)) > self._limit:
            return b"", too_large(size, self._limit)
        try:
            unfold = Unfold(answer.headers.get("content-encoding", ""), self._limit)
            async for piece in answer.aiter_raw():
                unfold.take(piece)
            data = unfold.data()
        except UnfoldError as error:
            return b"", str(error)
        except (httpx2.TransportError, OSError) as error:
            return b"", faults.broken(error)
        return data, "" if data else "the server answered with nothing"


class _HiccupError(Exception):
    """A fault that may be gone in a moment; `fetched` says what it was."""

    def __init__(self, fetched: Fetched) -> None:
        super().__init__(fetched.problem)
        self.fetched = fetched


def web_address(base: httpx2.URL | None, text: str) -> httpx2.URL | str:
    """The address, seen from `base`; in words what it is where it is none of the web."""
    try:
        url = base.join(text) if base else httpx2.URL(text)
        known = bool(url.host) and (url.port is None or 0 < url.port < 65536)
    except (httpx2.InvalidURL, ValueError):
        return "no address"
    if url.scheme not in ("http", "https"):
        return f"a `{url.scheme[:20]}` address; only http and https are read"
    return url if known else "no address"
