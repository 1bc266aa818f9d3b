"""A server on loopback that behaves as badly as servers do: what `misbehaviour.toml` says, and what only a program can do (below)."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import struct
import threading
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "misbehaviour.toml").read_text(encoding="utf-8"))
"""name -> what is sent (`status`, `headers`, `body`, or a function below) and what is to come of it (`problem`, `reading`, …)."""

BEGIN = '<?xml version="1.0"?><rss version="2.0"><channel><title>Served</title>'
FEED = f"{BEGIN}<item><title>All is well</title><guid>1</guid><pubDate>Mon, 02 Mar 2026 11:00:00 GMT</pubDate></item></channel></rss>".encode()
DRIP = 0.02
"""Seconds between two bytes of one that lets its answer drip: each read is quick, the whole never ends."""


@dataclass
class Asked:
    """One request as the server got it; header names in lower case. `number` counts those for the same name, from 1."""

    name: str
    headers: dict[str, str]
    number: int


@dataclass
class Talk:
    asked: Asked
    server: BadServer
    writer: asyncio.StreamWriter

    async def say(self, *pieces: bytes | str) -> None:
        for piece in pieces:
            self.writer.write(piece.encode() if isinstance(piece, str) else piece)
            await self.writer.drain()

    async def answer(self, body: bytes, *headers: str, status: str = "200 OK") -> None:
        head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
        await self.say("\r\n".join(head) + "\r\n\r\n", body)


Behaviour = Callable[[Talk], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}


def behaviour(does: Behaviour) -> Behaviour:
    BEHAVIOURS[does.__name__.replace("_", "-")] = does
    return does


@dataclass
class BadServer:
    """Used in a `with`; `url(name)` is where the misbehaviour of that name lives, `asked` what was asked of it,
    `most` how many talks it had at one time. With `context` it speaks TLS."""

    context: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    talks: int = 0
    most: int = 0

    def __enter__(self) -> BadServer:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def url(self, name: str) -> str:
        return f"{'https' if self.context else 'http'}://127.0.0.1:{self.port}/{name}"

    def _run(self, ready: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(ready))

    async def _serve(self, ready: threading.Event) -> None:
        self._over = asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.context)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._over.wait()
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks += 1
        self.most = max(self.most, self.talks)
        try:
            if not (start := await reader.readexactly(1)).isalpha():
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\nPlease speak HTTP.")
                return
            line, *rest = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
            name = line.split()[1].lstrip("/").partition("?")[0]
            headers = {key.lower(): value.strip() for key, _, value in (row.partition(":") for row in rest)}
            asked = Asked(name, headers, 1 + sum(one.name == name for one in self.asked))
            self.asked.append(asked)
            await self._behave(Talk(asked, self, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass  # the other side had enough
        finally:
            self.talks -= 1
            writer.close()

    async def _behave(self, talk: Talk) -> None:
        name = talk.asked.name
        if name in BEHAVIOURS:
            await BEHAVIOURS[name](talk)
            return
        case = CASES.get(name, {"status": "404 Not Found"})
        headers = [row.replace("{port}", str(self.port)) for row in case.get("headers", [])]
        body = case["body"].encode() if "body" in case else FEED
        await talk.answer(body, *headers, status=case.get("status", "200 OK"))


# ---- slow and endless ---------------------------------------------------------------------------------------------------


@behaviour
async def silence(talk: Talk) -> None:
    await asyncio.sleep(60)


@behaviour
async def slow_headers(talk: Talk) -> None:
    while True:
        await talk.say("X" if talk.writer.is_closing() else "H")
        await asyncio.sleep(DRIP)


@behaviour
async def slow_body(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await talk.say(" ")
        await asyncio.sleep(DRIP)


@behaviour
async def silence_in_the_body(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", BEGIN)
    await asyncio.sleep(60)


@behaviour
async def endless_body(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await talk.say(b" " * 65536)


@behaviour
async def endless_entries(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\n\r\n", BEGIN)
    while True:
        await talk.say("<item><title>More of the same</title></item>" * 100)


@behaviour
async def endless_headers(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\n")
    while True:
        await talk.say("X-More: and more\r\n" * 1000)


@behaviour
async def huge_header(talk: Talk) -> None:
    await talk.answer(FEED, "X-Huge: " + "x" * 1_000_000)


@behaviour
async def endless_continue(talk: Talk) -> None:
    """Not yet, not yet, not yet."""
    while True:
        await talk.say("HTTP/1.1 100 Continue\r\n\r\n")
        await asyncio.sleep(DRIP)


@behaviour
async def redirect_on_and_on(talk: Talk) -> None:
    await talk.answer(b"", f"Location: /redirect-on-and-on?{talk.asked.number}", status="302 Found")


# ---- compressed ---------------------------------------------------------------------------------------------------------


@behaviour
async def gzip_good(talk: Talk) -> None:
    await talk.answer(gzip.compress(FEED), "Content-Encoding: gzip")


@behaviour
async def gzip_in_two_parts(talk: Talk) -> None:
    await talk.answer(gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]), "Content-Encoding: gzip")


@behaviour
async def gzip_bomb(talk: Talk) -> None:
    await talk.answer(gzip.compress(b" " * 20_000_000), "Content-Encoding: gzip")


@behaviour
async def gzip_bomb_of_many_parts(talk: Talk) -> None:
    await talk.answer(gzip.compress(b" " * 20_000) * 1000, "Content-Encoding: gzip")


@behaviour
async def gzip_twice(talk: Talk) -> None:
    await talk.answer(gzip.compress(gzip.compress(b" " * 20_000_000)), "Content-Encoding: gzip, gzip")


@behaviour
async def gzip_in_gzip(talk: Talk) -> None:
    """Two layers, but it says one: what comes out is not a feed."""
    await talk.answer(gzip.compress(gzip.compress(FEED)), "Content-Encoding: gzip")


@behaviour
async def gzip_cut_off(talk: Talk) -> None:
    await talk.answer(gzip.compress(FEED)[:-12], "Content-Encoding: gzip")


@behaviour
async def deflate_bare(talk: Talk) -> None:
    await talk.answer(gzip.compress(FEED)[10:-8], "Content-Encoding: deflate")


# ---- broken off, garbled, not HTTP --------------------------------------------------------------------------------------


@behaviour
async def length_too_long(talk: Talk) -> None:
    await talk.say(f"HTTP/1.1 200 OK\r\nContent-Length: {len(FEED) + 100}\r\n\r\n", FEED)


@behaviour
async def length_too_short(talk: Talk) -> None:
    await talk.say(f"HTTP/1.1 200 OK\r\nContent-Length: {len(FEED) - 60}\r\n\r\n", FEED)


@behaviour
async def two_lengths(talk: Talk) -> None:
    await talk.answer(FEED, "Content-Length: 3")


@behaviour
async def broken_chunks(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<?xml\r\nso long\r\n", FEED)


@behaviour
async def chunks_without_end(talk: Talk) -> None:
    await talk.say(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{len(FEED):x}\r\n", FEED, "\r\n")


def reset(talk: Talk) -> None:
    connection: socket.socket = talk.writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    talk.writer.transport.abort()


@behaviour
async def reset_in_the_body(talk: Talk) -> None:
    await talk.say(f"HTTP/1.1 200 OK\r\nContent-Length: {len(FEED)}\r\n\r\n", FEED[:50])
    await asyncio.sleep(DRIP)
    reset(talk)


@behaviour
async def reset_at_once(talk: Talk) -> None:
    reset(talk)


@behaviour
async def closes_at_once(talk: Talk) -> None:
    pass


@behaviour
async def closes_in_the_headers(talk: Talk) -> None:
    await talk.say("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n")


@behaviour
async def garbage(talk: Talk) -> None:
    await talk.say("220 mail.example ESMTP ready\r\n\r\n")


@behaviour
async def http_0_9(talk: Talk) -> None:
    await talk.say(FEED)


@behaviour
async def switches_protocols(talk: Talk) -> None:
    await talk.say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")


# ---- moods --------------------------------------------------------------------------------------------------------------


@behaviour
async def well_the_second_time(talk: Talk) -> None:
    if talk.asked.number == 1:
        await talk.answer(b"busy", status="502 Bad Gateway")
    else:
        await talk.answer(FEED)


@behaviour
async def tag_that_always_changes(talk: Talk) -> None:
    await talk.answer(FEED, f'ETag: "{talk.asked.number}"')


@behaviour
async def dates_that_always_change(talk: Talk) -> None:
    """One old story, new each time."""
    await talk.answer(FEED.replace(b"11:00:00", f"11:{talk.asked.number % 60:02}:00".encode()))


@behaviour
async def unchanged_forever(talk: Talk) -> None:
    if "if-none-match" in talk.asked.headers:
        await talk.answer(b"", 'ETag: "2"', status="304 Not Modified")
    else:
        await talk.answer(FEED, 'ETag: "1"', "Last-Modified: Mon, 02 Mar 2026 11:00:00 GMT")


@behaviour
async def cookies_at_every_step(talk: Talk) -> None:
    if talk.asked.number == 1:
        await talk.answer(b"", "Set-Cookie: who=you; Path=/", "Location: /cookies-at-every-step", status="302 Found")
    else:
        await talk.answer(FEED, "Set-Cookie: who=you; Path=/")


@behaviour
async def takes_its_time(talk: Talk) -> None:
    await asyncio.sleep(0.15)
    await talk.answer(FEED)


@behaviour
async def deep_nesting(talk: Talk) -> None:
    await talk.answer(f"{BEGIN}<item><title>Deep</title><description>{'<b>' * 20_000}".encode())


@behaviour
async def many_entries(talk: Talk) -> None:
    entries = "".join(f"<item><title>Number {number}</title><guid>{number}</guid></item>" for number in range(30))
    await talk.answer(f"{BEGIN}{entries}</channel></rss>".encode())
