"""The shelf of the record: its rows, and the bodies that many of them share."""

from rtm_gate.store.record.shelf import RecordShelf

__all__ = ["RecordShelf"]
