"""The record: written at its end, chained, signed, verified, shown and exported."""

from rtm_gate.desk.ledger.heads import Head, HeadError, Heads, head_of
from rtm_gate.desk.ledger.ledger import Ledger, added
from rtm_gate.desk.ledger.verify import BEGINNING, Beginning, Flaw, bodies_named, verified, verified_bodies

__all__ = ["BEGINNING", "Beginning", "Flaw", "Head", "HeadError", "Heads", "Ledger", "added", "bodies_named", "head_of", "verified", "verified_bodies"]
