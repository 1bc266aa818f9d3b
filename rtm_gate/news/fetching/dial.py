"""How a connection is made: the name is looked up, each address it has is judged, and one of those very addresses is called."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from threading import Thread

import httpcore2
import httpx2

from rtm_gate.news.fetching.addresses import Access

_PATIENCE = 4.0
"""Seconds for one address of several."""
_TRIED = 4


class NotAllowedError(Exception):
    """The connection must not be made; the message says why."""


class Guard(httpcore2.AsyncNetworkBackend):
    """Makes the connections of a transport, to allowed addresses only."""

    def __init__(self, access: Access, inner: httpcore2.AsyncNetworkBackend) -> None:
        self._access, self._inner = access, inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Raises NotAllowedError when any address of the host is not allowed: which one is called must not be a matter of luck."""
        addresses = await _resolve(host, port)
        for address in addresses:
            if refusal := self._access.refusal(host, address):
                raise NotAllowedError(refusal)
        *first, last = _mixed(addresses)[:_TRIED]
        for address in first:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return await self._inner.connect_tcp(address, port, _PATIENCE, local_address, socket_options)
        return await self._inner.connect_tcp(last, port, timeout, local_address, socket_options)


def guarded(access: Access, context: ssl.SSLContext) -> httpx2.AsyncHTTPTransport:
    """A transport that asks no proxy and keeps no connection: each one is judged anew."""
    transport = httpx2.AsyncHTTPTransport(verify=context, trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0))
    # No public door leads to the backend. Should the attribute go, this raises: there is no transport without a guard.
    pool = transport._pool
    pool._network_backend = Guard(access, pool._network_backend)
    return transport


async def _resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system prefers them. Raises httpcore2.ConnectError.

    On a thread that nobody waits for: a look-up takes as long as the system likes, and no one can interrupt it.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str], error: Exception | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(addresses)
        else:
            found.set_exception(error)

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            say = partial(settle, list(dict.fromkeys(str(row[4][0]) for row in rows)), None)
        except (OSError, UnicodeError) as error:
            say = partial(settle, [], error)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(say)

    Thread(target=look_up, daemon=True).start()
    try:
        return await found
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(str(error)) from error


def _mixed(addresses: list[str]) -> list[str]:
    """The two families by turns, so that one that leads nowhere does not use up the tries."""
    six = [address for address in addresses if ":" in address]
    four = [address for address in addresses if ":" not in address]
    turns = {address: turn for family in (six, four) for turn, address in enumerate(family)}
    return sorted(addresses, key=turns.__getitem__)
