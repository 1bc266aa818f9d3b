"""A well-mannered server on loopback: pages that a test may change, and a count of what was asked."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass
class Page:
    """`etag`: it is named in the answer, and whoever gives it back hears that nothing changed."""

    body: str
    etag: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Site:
    """Used in a `with`; `asked` counts the requests for each page, `conditional` those that named what they know."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    conditional: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> Site:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.lstrip("/")
                page = site.pages.get(name, Page("", status=404))
                site.asked[name] += 1
                known = self.headers.get("If-None-Match", "")
                site.conditional[name] += bool(known)
                same = bool(page.etag) and known == page.etag
                self.send_response(304 if same else page.status)
                for header, value in (*page.headers, *([("ETag", page.etag)] if page.etag else [])):
                    self.send_header(header, value)
                body = b"" if same else page.body.encode()
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{name}"


def rss(title: str, *entries: tuple[str, str, datetime]) -> str:
    """A feed of (id, headline, date)."""
    items = "".join(f"<item><title>{said}</title><guid>{id_}</guid><pubDate>{format_datetime(date)}</pubDate></item>" for id_, said, date in entries)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
