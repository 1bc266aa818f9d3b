"""Run by Alembic: migrates over the connection that the store hands in, within its transaction."""

from typing import Any, Literal

from alembic import context

import rtm_gate.store.tables.news
import rtm_gate.store.tables.queue
import rtm_gate.store.tables.record  # noqa: F401  (all fill METADATA)
from rtm_gate.store.schema import VERSION_TABLE
from rtm_gate.store.tables import METADATA
from rtm_gate.store.types import Instant, Serial, Words


def shown(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """How a new migration writes a type of ours; False: as Alembic would."""
    if kind == "type" and isinstance(thing, Instant | Words):
        return type(thing).__name__
    return "Serial" if thing is Serial else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    render_item=shown,
)
with context.begin_transaction():
    context.run_migrations()
