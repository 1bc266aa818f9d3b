"""A process of its own that works on a queue: python -m tests.gate.queue_worker sweep|claim FOLDER NOW"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rtm_gate import Gate
from rtm_gate.gate.record.waiting import queue_of, worker_name


def sweep(gate: Gate, now: datetime) -> None:
    with queue_of(gate) as queue:
        done = queue.sweep(now, worker_name(), batch=10)
    print(json.dumps({"judged": done.judged, "kept": done.kept}))


def claim(gate: Gate, now: datetime) -> None:
    """Takes drafts, tells of it, and never comes to an end."""
    clock = datetime.now(UTC)
    with gate.project_news.store().writing() as tx:
        found = tx.queue.claim(worker_name(), clock, clock - timedelta(minutes=5), now, 10)
    print(f"claimed {len(found)}", flush=True)
    time.sleep(600)


if __name__ == "__main__":
    with Gate.open(Path(sys.argv[2])) as opened:
        {"sweep": sweep, "claim": claim}[sys.argv[1]](opened, datetime.fromisoformat(sys.argv[3]))
