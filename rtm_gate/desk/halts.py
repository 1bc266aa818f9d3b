"""The kill switch: halts and their ends, kept nowhere but in the record. What is in force is what its rows say, read in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from rtm_gate.desk.deciders import Deciders
from rtm_gate.desk.ledger import Ledger, added
from rtm_gate.desk.ledger.trust import said_in, unreadable
from rtm_gate.desk.refused import RefusedError
from rtm_gate.desk.scopes import parse_scope, scopes_of
from rtm_gate.facts.people import who
from rtm_gate.model.halt import Halt, Over, Scope
from rtm_gate.model.moment import parse_instant, seconds, spell, stamp
from rtm_gate.model.policy import Halt as HaltBlock
from rtm_gate.model.record import Entry

SKEW = timedelta(minutes=1)
"""How far the clocks of two machines may be apart: a halt counts that much before it was written, so that it stops the one whose clock is behind."""
LONGEST_REASON = 500
LONGEST_NAME = 200
ALL = "all"


def halts_at(ledger: Ledger, now: datetime) -> tuple[Halt, ...]:
    """Those in force at `now`, in the order in which they were written. StoreError where what the rows say cannot be trusted; HeadError."""
    return in_force(ledger.switches(), now)


def in_force(rows: Iterable[Entry], now: datetime) -> tuple[Halt, ...]:
    """What rows of kind halt and resume, in order, come to at `now`. StoreError for a row that is not what was written."""
    return switched(rows, now)[0]


def switched(rows: Iterable[Entry], now: datetime) -> tuple[tuple[Halt, ...], tuple[Over, ...]]:
    """The halts in force, and those that are over. StoreError for a row that is not what was written."""
    found: dict[int, Halt] = {}
    over: list[Over] = []
    for row in rows:
        said = said_in(row)
        if row.kind == "halt":
            one = _halt(row, said)
            if one.at - SKEW <= now:
                found[row.id] = one
        elif row.at <= now:
            resumed = [found.pop(number) for number in _numbers(row, said) if number in found]
            over += [Over(one, row.at if one.until is None else min(row.at, one.until)) for one in resumed]
    over += [Over(one, one.until) for one in found.values() if one.until is not None and one.until <= now]
    return tuple(one for one in found.values() if one.until is None or now < one.until), tuple(over)


def halt(
    ledger: Ledger, deciders: Deciders, *, scopes: Sequence[str], reason: str, person: str, now: datetime, until: datetime | None = None
) -> tuple[Halt, ...]:
    """Writes a row for each scope, all or none. RefusedError that says all that is wrong; StoreError, HeadError."""
    named = asked(deciders, scopes=scopes, reason=reason, person=person, now=now, until=until)
    with ledger.writing(now) as transaction:
        proven, words = deciders.proves(person), " ".join(reason.split())
        rows = []
        for scope in named:
            said = {"scope": str(scope), "until": stamp(until) if until else None, "reason": words, "proven": proven}
            rows.append(added(transaction, now, "halt", str(scope), said, {"person": person.strip()}))
    return tuple(_halt(row, said_in(row)) for row in rows)


def asked(deciders: Deciders, *, scopes: Sequence[str], reason: str, person: str, now: datetime, until: datetime | None = None) -> list[Scope]:
    """What a halt asks for would halt. RefusedError that says all that is wrong with it."""
    named, problems = scopes_of(scopes or (ALL,), deciders.policy)
    problems += _person(person) + _reason(reason)
    if until is not None and seconds(until) <= seconds(now):
        problems.append(f"the end, {stamp(until)}, is not in the future")
    problems += deciders.against_halting(person) if who(person) else []
    _refuse(problems)
    return named


def resume(ledger: Ledger, deciders: Deciders, *, scopes: Sequence[str] | None, reason: str, people: Sequence[str], now: datetime) -> tuple[Halt, ...]:
    """Ends the halts in force with these scopes (None: every one), and gives them back. RefusedError that says all that is wrong;
    StoreError, HeadError.
    """
    named, problems = ([], []) if scopes is None else _parsed(scopes)
    named_people = _each_once(people)
    problems += _reason(reason)
    unnamed = [problem for person in named_people or [""] for problem in _person(person)]
    problems += unnamed or deciders.against_resuming(named_people, now)
    with ledger.writing(now) as transaction:
        rows = transaction.record.of_kinds(("halt", "resume"))
        standing = in_force(rows, now)
        ended = tuple(one for one in standing if scopes is None or one.scope in named)
        problems += [f"{scope} is not halted" for scope in named if not any(one.scope == scope for one in standing)]
        if scopes is None and not standing:
            problems.append("nothing is halted")
        if deciders.policy is not None and deciders.policy.halt is not None:
            problems += _too_often(deciders.policy.halt, [row for row in rows if row.kind == "resume"], now)
        _refuse(problems)
        said = {"rows": [one.number for one in ended], "scopes": sorted({str(one.scope) for one in ended}), "reason": " ".join(reason.split())}
        subject = ALL if scopes is None else " ".join(map(str, named))
        added(transaction, now, "resume", subject, said, {"people": named_people})
    return ended


# ---- rows ----------------------------------------------------------------------------------------------------------------
def _halt(row: Entry, said: dict[str, Any]) -> Halt:
    try:
        told = json.loads(row.told) if row.told is not None else {}
        until = parse_instant(said["until"]) if said["until"] is not None else None
        return Halt(row.id, parse_scope(said["scope"]), str(said["reason"]), str(told.get("person", "")), row.at, until, said.get("proven") is True)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise unreadable(row) from None


def _numbers(row: Entry, said: dict[str, Any]) -> list[int]:
    """The rows that a resume ends: only ones before it."""
    numbers = said.get("rows")
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        raise unreadable(row)
    return [number for number in numbers if number < row.id]


# ---- what is refused -----------------------------------------------------------------------------------------------------
def _parsed(texts: Sequence[str]) -> tuple[list[Scope], list[str]]:
    """By their form alone: what was halted under another policy can be resumed."""
    found: dict[Scope, None] = {}
    problems = []
    for text in texts:
        try:
            found[parse_scope(text)] = None
        except ValueError as error:
            problems.append(str(error))
    return list(found), problems


def _each_once(people: Sequence[str]) -> list[str]:
    return list({who(person): person.strip() for person in people if who(person)}.values())


def _person(person: str) -> list[str]:
    if not who(person):
        return ["the person's name is empty"]
    return [f"a person's name has {len(person)} characters; at most {LONGEST_NAME} are kept"] if len(person) > LONGEST_NAME else []


def _reason(reason: str) -> list[str]:
    if not reason.strip():
        return ["the reason is empty"]
    return [f"the reason has {len(reason)} characters; at most {LONGEST_REASON} are kept"] if len(reason) > LONGEST_REASON else []


def _too_often(block: HaltBlock, resumed: Sequence[Entry], now: datetime) -> list[str]:
    """Whoever resumes again and again overrules those who halt."""
    span = timedelta(seconds=block.every)
    recent = sorted(row.at for row in resumed if row.at > now - span)
    if not block.at_most or len(recent) < block.at_most:
        return []
    times = f"{block.at_most} time{'' if block.at_most == 1 else 's'}"
    again = stamp(recent[-block.at_most] + span + timedelta(seconds=1))
    return [f"the policy lets halts be resumed at most {times} every {spell(block.every)}: the next may be at {again}"]


def _refuse(problems: list[str]) -> None:
    if problems:
        raise RefusedError(*problems)
