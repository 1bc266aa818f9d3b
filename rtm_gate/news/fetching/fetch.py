"""Feeds from files and addresses alike, for a caller that waits for them."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rtm_gate.news.fetching.addresses import BY_HAND, Access
from rtm_gate.news.fetching.fetched import Fetched
from rtm_gate.news.fetching.limits import DEADLINE, LIMIT, LONGEST, too_large


def fetch(where: str, access: Access = BY_HAND, *, deadline: float = DEADLINE, limit: int = LIMIT) -> Fetched:
    """The bytes at a path, a file: or an http(s) address. Never raises."""
    return fetch_all([where], access, deadline=deadline, limit=limit)[0]


def fetch_all(wheres: Sequence[str], access: Access = BY_HAND, *, deadline: float = DEADLINE, limit: int = LIMIT, longest: float = LONGEST) -> list[Fetched]:
    """Each of them in this order, fetched at the same time. Never raises.

    `deadline` is seconds for one address, `longest` for all of them together; a host with several feeds is asked one thing at a time.
    Works inside a running event loop too (which stands still meanwhile).
    """
    from_web = [where for where in dict.fromkeys(wheres) if _scheme(where) in ("http", "https")]
    found = _run(_all_from_web(from_web, access, deadline, limit, longest)) if from_web else {}
    return [found[where] if where in found else _from_here(where, limit) for where in wheres]


async def _all_from_web(wheres: Sequence[str], access: Access, deadline: float, limit: int, longest: float) -> dict[str, Fetched]:
    # Late: whoever has only files does not wait for what a client of the web brings along.
    from rtm_gate.news.fetching.web import Fetcher

    fetcher = Fetcher(access, deadline=deadline, limit=limit)
    tasks = {where: asyncio.create_task(fetcher.fetch(where)) for where in wheres}
    await asyncio.wait(tasks.values(), timeout=longest)
    return {where: task.result() if task.done() else Fetched(b"", f"no answer within {longest:g} seconds") for where, task in tasks.items()}


def _run(work: Coroutine[None, None, dict[str, Fetched]]) -> dict[str, Fetched]:
    if not _in_a_loop():
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _in_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _scheme(where: str) -> str:
    return where.partition("://")[0].strip().lower() if "://" in where else ""


def _from_here(where: str, limit: int) -> Fetched:
    scheme = _scheme(where)
    if scheme not in ("", "file"):
        return Fetched(b"", f"`{scheme}` addresses are not read; give a file or an http(s) address")
    try:
        return _from_file(Path(unquote(urlsplit(where).path) if scheme else where), limit)
    except FileNotFoundError:
        return Fetched(b"", "there is no such file")
    except (OSError, ValueError) as error:
        return Fetched(b"", f"the file could not be read: {getattr(error, 'strerror', None) or error}")


def _from_file(path: Path, limit: int) -> Fetched:
    if path.is_dir():
        return Fetched(b"", "is a folder, not a feed")
    # Opened without waiting, and looked at after: a pipe that nobody writes to must not keep a verdict waiting.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return Fetched(b"", "is not an ordinary file")
        if status.st_size > limit:
            return Fetched(b"", too_large(status.st_size, limit))
        data = file.read(limit + 1)
    return Fetched(b"", too_large(len(data), limit)) if len(data) > limit else Fetched(data)
