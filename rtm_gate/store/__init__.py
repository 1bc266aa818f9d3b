"""What the gate keeps: one model on SQLite and PostgreSQL."""

from rtm_gate.store.engine import Store, Transaction
from rtm_gate.store.fault import ChangedError, StoreError

__all__ = ["ChangedError", "Store", "StoreError", "Transaction"]
