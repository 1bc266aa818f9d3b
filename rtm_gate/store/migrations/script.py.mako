"""${message}"""

import sqlalchemy as sa
from alembic import op

from rtm_gate.store.types import Instant, Serial, Words

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades}
