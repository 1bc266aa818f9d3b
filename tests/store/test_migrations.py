"""The tables are those of the model, whoever opens the store first."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Text, inspect

from rtm_gate.store import schema
from rtm_gate.store.address import Address
from rtm_gate.store.databases import connect
from rtm_gate.store.engine import Store
from rtm_gate.store.tables import METADATA


def test_an_empty_database_becomes_the_model(store_address: str) -> None:
    Store.open(store_address).close()
    database = connect(Address.of(store_address))
    with database.reading.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": schema.VERSION_TABLE}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
        assert collations(connection) == ({"C"} if connection.dialect.name == "postgresql" else {None})
    database.close()


def collations(connection: Connection) -> set[str | None]:
    """Of all columns of text: on a server they are told to keep the order of code points, which is the only one SQLite has."""
    types = [column["type"] for table in METADATA.tables for column in inspect(connection).get_columns(table)]
    return {kind.collation for kind in types if isinstance(kind, Text)}


def test_the_files_of_migrations_are_named_by_their_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", "rtm_gate.store:migrations")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [schema.KNOWN[-1]]
    assert tuple(sorted(revision.revision for revision in script.walk_revisions())) == schema.KNOWN
