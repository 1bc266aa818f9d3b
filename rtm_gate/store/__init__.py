"""What the gate keeps: one model on SQLite and PostgreSQL."""

from rtm_gate.store.engine import Store, Transaction
from rtm_gate.store.fault import StoreError

__all__ = ["Store", "StoreError", "Transaction"]
