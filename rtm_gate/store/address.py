"""Where a store is: a file, or a database on a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from rtm_gate.store.fault import StoreError
from rtm_gate.store.types import storable

_SERVERS = ("postgresql", "postgresql+psycopg")


@dataclass(frozen=True)
class Address:
    """`file` is None for a server. `shown` may be told to anyone; `url` and `secrets` may not."""

    url: URL = field(repr=False)
    shown: str
    file: Path | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, address: str | Path) -> Address:
        """`address`: a path, `sqlite:///PATH`, or `postgresql://…` (`postgresql+psycopg://…`). StoreError for anything else."""
        scheme, separator, rest = str(address).partition("://")
        if isinstance(address, Path) or not separator:
            return cls._of_file(Path(address))
        if scheme == "sqlite" and len(rest) > 1 and rest.startswith("/"):
            return cls._of_file(Path(rest[1:]))
        if scheme in _SERVERS:
            return cls._of_server(str(address))
        raise StoreError("the store's address is a file, `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/DATABASE`; what is given is none of them")

    @classmethod
    def _of_file(cls, path: Path) -> Address:
        file = path.absolute()
        return cls(URL.create("sqlite", database=str(file)), storable(str(path)), file)

    @classmethod
    def _of_server(cls, address: str) -> Address:
        try:
            url = make_url(address).set(drivername="postgresql+psycopg")
        except (ArgumentError, ValueError):
            url = None
        if url is None or "@" in (url.host or ""):
            # Half a password may stand where the host should, so nothing of the address is shown.
            raise StoreError("the store's address cannot be read: in a password, `@` is written `%40`, `:` `%3A`, `/` `%2F` and `?` `%3F`")
        shown = URL.create("postgresql", url.username, host=url.host, port=url.port, database=url.database)
        given = (url.password, *(url.query.get(name) for name in ("password", "sslpassword")))
        return cls(url, shown.render_as_string(), secrets=tuple(secret for secret in given if isinstance(secret, str)))
