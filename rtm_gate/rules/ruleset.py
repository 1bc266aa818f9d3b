"""A ruleset inside the C module and the life of a session in it: one check, one session, always freed."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from rtm_gate.rules.fault import EngineFault
from rtm_gate.rules.library import Library, load
from rtm_gate.rules.names import BEGIN, END, KIND, aliases, sessions
from rtm_gate.rules.network import Clause, Production, Ref

_ALL_TUPLES = 65535
"""Tuples of one production that come in one message; what is over comes in further ones."""

_BEGIN_KIND, _END_KIND = "_begin", "_end"
_numbers = count()


def production_name(number: int) -> str:
    return f"r{number}"


def _pattern(clause: Clause) -> dict[str, object]:
    tests: list[object] = []
    for term in clause:
        value: object = {term.value.alias: term.value.prop} if isinstance(term.value, Ref) else term.value
        test = {term.prop: value}
        tests.append(test if term.op == "==" else {term.op: test})
    return {"$and": tests}


def text(productions: Sequence[Production]) -> str:
    """The ruleset as the C module reads it. Matches come back in the order of `pri`: begin, end, then the rest."""
    rules: dict[str, object] = {
        BEGIN: {"all": [{"m": {KIND: _BEGIN_KIND}}], "pri": 0},
        END: {"all": [{"m": {KIND: _END_KIND}}], "pri": 1},
    }
    for number, production in enumerate(productions):
        patterns = [{alias: _pattern(clause)} for alias, clause in zip(aliases(), production.clauses, strict=False)]
        rules[production_name(number)] = {"all": patterns, "cap": _ALL_TUPLES, "pri": 2}
    return json.dumps(rules, ensure_ascii=True, separators=(",", ":"))


def begin_fact(session: str) -> str:
    return f'{{"id":"{BEGIN}","sid":"{session}","{KIND}":"{_BEGIN_KIND}"}}'


def end_fact(session: str) -> str:
    return f'{{"id":"{END}","sid":"{session}","{KIND}":"{_END_KIND}"}}'


class Ruleset:
    """Judges batches of facts one at a time; thread safe. Everything that is not as expected is an EngineFault."""

    def __init__(self, productions: Sequence[Production]) -> None:
        self._library: Library = load()
        try:
            handle = self._library.create_ruleset(f"rtm_gate_{next(_numbers)}", text(productions))
        except (self._library.error, MemoryError) as refused:
            raise EngineFault(f"the rule engine refused the policy: {refused}") from refused
        self._handle = handle
        self._sessions = list(reversed(sessions()))
        self._lock = threading.Lock()
        self._delete = weakref.finalize(self, self._library.delete_ruleset, handle)

    def matches(self, batch: Callable[[str], str]) -> list[Mapping[str, object]]:
        """What fired on the facts that `batch` writes for the session it is given, as the engine tells it."""
        with self._lock:
            if not self._delete.alive:
                raise EngineFault("the rule engine is closed")
            if not self._sessions:
                raise EngineFault("the rule engine failed too often and takes no more checks")
            session = self._sessions[-1]
            written = batch(session)
            try:
                found = self._judge(session, written)
            except (self._library.error, MemoryError) as failed:
                raise EngineFault(f"the rule engine failed: {failed}") from failed
        try:
            return [json.loads(match) for match in found]
        except ValueError as unreadable:
            raise EngineFault(f"the rule engine answered what is no JSON: {unreadable}") from unreadable

    def _judge(self, session: str, batch: str) -> list[str]:
        library, handle = self._library, self._handle
        # Freeing a session in which no action was started frees a wild pointer. Until one was, the session counts as
        # lost: whatever goes wrong, it is neither freed nor used again.
        self._sessions.pop()
        _, offset = library.assert_fact(handle, begin_fact(session))
        started = library.start_action_for_state(handle, offset)
        if started is None or not started[1].startswith(f'{{"{BEGIN}":'):
            raise EngineFault("the rule engine opened no session")
        try:
            code, same = library.assert_facts(handle, batch)
            if code > 1 or same != offset:
                raise EngineFault(f"the rule engine did not take the facts (code {code})")
            match = library.complete_and_start_action(handle, offset)
            # The end fact is the last of the batch: facts after one that the engine could not read are dropped silently.
            if match is None or not match.startswith(f'{{"{END}":'):
                raise EngineFault("the rule engine dropped facts")
            found = []
            while (match := library.complete_and_start_action(handle, offset)) is not None:
                found.append(match)
            return found
        finally:
            library.delete_state(handle, session)
            self._sessions.append(session)

    def close(self) -> None:
        with self._lock:
            self._delete()
