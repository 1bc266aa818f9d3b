"""A process of its own that is killed at a random moment, with what it had said until then."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from random import Random
from time import sleep


def killed(work: Callable[[int], None], chance: Random, *, lines: int, seconds: float) -> list[list[str]]:
    """The words of each line that `work` wrote to the descriptor it was given, and was never done with; at times none.

    It is killed within `seconds` after at most so many `lines`.
    """
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        # No cleaning up of what was the parent's, whatever happens.
        try:
            os.close(heard)
            work(told)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(told)
    with os.fdopen(heard, "rb") as said:
        begun = b"".join(said.readline() for _ in range(chance.randrange(0, lines + 1)))
        sleep(chance.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        found = (begun + said.read()).decode().splitlines()
    assert os.WIFSIGNALED(status), "it failed before it was killed"
    return [line.split() for line in found]
