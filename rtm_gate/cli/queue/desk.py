"""What the verbs of `queue` share: the project's queue, and how an answer is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.text import Text

from rtm_gate.cli.feeds.desk import project_gate
from rtm_gate.cli.ledger.project import faults
from rtm_gate.cli.options import WORD_STYLES, refuse
from rtm_gate.model.moment import stamp

if TYPE_CHECKING:
    from rtm_gate.desk.queue import Queue, Reply
    from rtm_gate.gate import Gate

MARKS = {"go": "✔", "hold": "!", "no-go": "✖"}


@contextmanager
def project_queue(as_json: bool) -> Iterator[tuple[Gate, Queue]]:
    """The gate of the project here, and its queue. What cannot be done is refused; a store or a record that fails is a fault."""
    with project_gate(as_json) as gate, faults():
        from rtm_gate.desk.refused import RefusedError
        from rtm_gate.gate.record.waiting import queue_of

        try:
            with queue_of(gate) as queue:
                yield gate, queue
        except RefusedError as error:
            refuse(error.problems, as_json)


def word_of(word: str) -> Text:
    return Text(f"{MARKS[word]} {word.upper():<5}", style=f"bold {WORD_STYLES[word]}") if word in MARKS else Text("  -    ", style="dim")


def line(reply: Reply) -> Text:
    """One draft: the word, its id and state, when it is published, and the reason."""
    from rtm_gate.verdict.render.safe import safe

    waiting = reply.waiting
    when = f"{waiting.publish:%Y-%m-%d %H:%M}" if waiting.publish else "now"
    return word_of(reply.word) + Text(f" {safe(waiting.id)}  ") + Text(f"{waiting.state} · {when}  ", style="dim") + Text(safe(reply.because or reply.headline))


def as_json(reply: Reply) -> dict[str, Any]:
    waiting, standing = reply.waiting, reply.waiting.standing
    moments = {
        "publish": waiting.publish,
        "added": waiting.added,
        "handed": waiting.handed,
        "judged": standing.judged if standing else None,
        "valid_until": standing.valid_until if standing and reply.word == "go" else None,
        "turns": standing.turns if standing else None,
    }
    return {
        "id": waiting.id,
        "content_hash": waiting.content,
        "state": waiting.state,
        "verdict": reply.word,
        "headline": reply.headline,
        "because": reply.because,
        **{name: stamp(moment) if moment is not None else None for name, moment in moments.items()},
    }
