"""The same work handed to the workers of a Dask cluster: those of this machine, or of many."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any, cast

from rtm_gate.gate.record.replay.judge import ReplayError, Setup
from rtm_gate.gate.record.replay.outcome import Outcome
from rtm_gate.gate.record.replay.spread import AHEAD, Bodies, Coming, Portion, Work, cores, in_order, portions
from rtm_gate.model.record import Entry

LOCAL = "local"
SECONDS = 20
"""How long a scheduler may take to answer."""
QUIET = {"dashboard": False}
"""Nobody looks at the pages of a cluster that is gone in a minute."""


def replayed_by_dask(setup: Setup, rows: Iterable[Entry], body: Bodies, address: str, workers: int | None) -> Iterator[Outcome]:
    """The outcome of each row. `address`: that of a scheduler, or `local`: a cluster of `workers` processes for this one run.

    Workers elsewhere need the same rtm-gate, and the project and the policy at the same paths: where they differ, ReplayError.
    """
    try:
        import dask.distributed as distributed
    except ImportError as fault:
        raise ReplayError("Dask is not installed: pip install 'rtm-gate[dask]'") from fault
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    # Not typed where it matters.
    Local, Reached = cast(Any, distributed.LocalCluster), cast(Any, distributed.Client)  # noqa: N806
    try:
        cluster: Any = Local(n_workers=workers or cores(), threads_per_worker=1, scheduler_kwargs=QUIET) if address == LOCAL else None
        client: Any = Reached(cluster or address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as fault:
        raise ReplayError(f"there is no Dask scheduler at {address}") from fault
    try:
        there = len(client.scheduler_info(n_workers=-1)["workers"])
        if not there:
            raise ReplayError(f"the Dask scheduler at {address} has no workers")

        def submit(work: Work, setup: Setup, portion: Portion) -> Coming:
            coming: Coming = client.submit(work, setup, portion, pure=False)
            return coming

        yield from in_order(submit, setup, portions(rows, body), AHEAD * there)
    finally:
        client.close()
        if cluster is not None:
            cluster.close()
