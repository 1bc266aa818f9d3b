"""The record of a project: its rows in the project's store, their key and their head in the project's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rtm_gate.gate.project import Project, has_store

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Ledger


def open_ledger(project: Project, *, make: bool = False) -> Ledger | None:
    """To be closed. None without a project, or before it has a store; `make` makes one. StoreError."""
    if project.root is None or project.store is None or not (make or has_store(project)):
        return None
    from rtm_gate.desk.ledger import Heads, Ledger
    from rtm_gate.store import Store

    return Ledger(Store.open(project.store), Heads(project.root))
