"""The shelf of the queue."""

from rtm_gate.store.queue.shelf import QueueShelf

__all__ = ["QueueShelf"]
