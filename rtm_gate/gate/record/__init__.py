"""The record of a project: its rows in the project's store, its key and its head in the project's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rtm_gate.gate.project import Project

if TYPE_CHECKING:
    from rtm_gate.desk.ledger import Heads, Ledger
    from rtm_gate.store import Store

# Late, as in rtm_gate/gate/news.py: a check without a store pays for no database.


def open_ledger(project: Project, *, make: bool = False) -> Ledger | None:
    """The ledger of the project, to be closed; None outside a project, and, unless it is to be made, where there is no store yet. StoreError."""
    if project.store is None or not (make or project.has_store()):
        return None
    from rtm_gate.store import Store

    return ledger_in(project, Store.open(project.store))


def ledger_in(project: Project, store: Store) -> Ledger:
    """The ledger of the project in its store, for whoever has it open. Raises ValueError outside a project."""
    from rtm_gate.desk.ledger import Ledger

    return Ledger(store, heads_of(project))


def heads_of(project: Project) -> Heads:
    """The key and the last head of this machine. Raises ValueError outside a project."""
    if project.root is None:
        raise ValueError("only a project keeps a record: make one with `rtm-gate init`")
    from rtm_gate.desk.ledger import Heads

    return Heads(project.root)
