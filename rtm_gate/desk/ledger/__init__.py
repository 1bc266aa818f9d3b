"""The record: written at its end, chained, signed, verified, shown and exported."""

from rtm_gate.desk.ledger.heads import Head, HeadError, Heads
from rtm_gate.desk.ledger.ledger import Ledger, added
from rtm_gate.desk.ledger.verify import Flaw, verified

__all__ = ["Flaw", "Head", "HeadError", "Heads", "Ledger", "added", "verified"]
