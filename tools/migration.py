"""Writes the next migration from what the tables have and the migrations lack: python -m tools.migration "Keep sign-offs"

What it writes is a proposal: read it, and drop what is not meant. `ruff format` puts it in order.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from rtm_gate.store import schema
from rtm_gate.store.address import Address
from rtm_gate.store.databases import connect


def write(message: str) -> Path:
    """The new file."""
    number = f"{len(schema.KNOWN) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        database = connect(Address.of(Path(folder) / "store.db"))
        with database.writing.begin() as connection:
            if schema.KNOWN:
                schema.migrate(connection)
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", "rtm_gate.store:migrations")
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            script = command.revision(config, message, autogenerate=True, rev_id=number)
        database.close()
    return Path(script.path)  # type: ignore[union-attr]


if __name__ == "__main__":
    print(write(sys.argv[1]))
