"""The C module of durable-rules 2.0.28: its functions, typed, and a sentence where it does not load.

Only these functions are used. `durable.engine.Host` and `durable.lang` are not: the host's threads take matches away
from the caller, and the language emits forms that the network judges wrongly.
"""

from __future__ import annotations

import functools
import importlib
from typing import Protocol, cast

BUILD = "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --no-cache-dir --no-binary :all: durable_rules==2.0.28"
"""pip would take a wheel from its cache that was built without the flag."""


class Library(Protocol):
    """Handles and state offsets are plain ints. Every function raises `error` or MemoryError; none releases the GIL."""

    error: type[Exception]

    def create_ruleset(self, name: str, rules: str, /) -> int: ...

    def delete_ruleset(self, handle: int, /) -> None: ...

    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """-> (code, state offset): 0 taken, 1 no rule mentions it, 2 seen before."""
        ...

    def assert_facts(self, handle: int, facts: str, /) -> tuple[int, int]: ...

    def start_action_for_state(self, handle: int, offset: int, /) -> tuple[str, str] | None:
        """-> (state, first match) as JSON."""
        ...

    def complete_and_start_action(self, handle: int, offset: int, /) -> str | None:
        """-> the next match as JSON, None when all were handed out."""
        ...

    def delete_state(self, handle: int, sid: str, /) -> None:
        """Frees the session `sid`. Crashes the process when no action was ever started in it."""
        ...


@functools.cache
def load() -> Library:
    """The module; an ImportError with the way to build it where it is missing or was built for nothing.

    Released sources name a function that Python 3.13 dropped; the build succeeds, only the import fails.
    """
    try:
        return cast(Library, importlib.import_module("durable_rules_engine"))
    except ModuleNotFoundError as missing:
        raise ImportError(f"the rule engine durable_rules is not installed; install it (a C compiler is needed) with: {BUILD}") from missing
    except ImportError as broken:
        raise ImportError(
            f"the rule engine durable_rules was built in a way this Python cannot load; build it anew with: pip uninstall --yes durable_rules && {BUILD}"
        ) from broken
