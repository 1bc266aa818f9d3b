"""Sign-offs: which count, for whom, and which tiers they meet. Distinct people are counted here, never by joining facts."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rtm_gate.model.draft import Approval, Draft
from rtm_gate.model.moment import seconds, spell
from rtm_gate.model.policy import Seat, Tier


@dataclass(frozen=True, slots=True)
class People:
    """`counted` sign-offs in the order given, `ignored` ones as (person, why), `checks` done as (name, epoch seconds or None)."""

    counted: tuple[Approval, ...]
    ignored: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, int | None], ...]


def people_of(draft: Draft, now: int) -> People:
    """The author's own sign-off, one from the future, and a person's second one in the same role do not count."""
    author = who(draft.author.id)
    counted: list[Approval] = []
    ignored: list[tuple[str, str]] = []
    for approval in draft.approvals:
        if who(approval.person) == author:
            ignored.append((approval.person, "is the author"))
        elif seconds(approval.at) > now:
            ignored.append((approval.person, "signed in the future"))
        elif any((who(a.person), a.role) == (who(approval.person), approval.role) for a in counted):
            ignored.append((approval.person, f"has signed as {approval.role} already"))
        else:
            counted.append(approval)
    checks: list[tuple[str, int | None]] = []
    for name, check in draft.checks.items():
        if who(check.person) == author:
            ignored.append((check.person, f"is the author and cannot vouch for {name}"))
        elif check.at is not None and seconds(check.at) > now:
            ignored.append((check.person, f"did {name} in the future"))
        else:
            checks.append((name, seconds(check.at) if check.at else None))
    checks += [(name, seconds(a.at)) for a in counted for name in a.checks]
    return People(tuple(counted), tuple(ignored), tuple(checks))


def who(person: str) -> str:
    """A person by id: `Sam`, `sam ` and `sam` with an invisible letter are one and the same."""
    seen = (char for char in unicodedata.normalize("NFKC", person) if unicodedata.category(char) != "Cf")
    return "".join(seen).strip().casefold()


def missing_for(tier: Tier, people: People, since: int | None, now: int) -> tuple[str, ...]:
    """What a tier still lacks, in words; empty when it is met.

    Sign-offs older than `since` (the start of the situation that raised the finding) and older than the tier's
    `valid_for` do not count. One person takes one seat of a tier.
    """
    usable = [a for a in people.counted if not stale_reason(seconds(a.at), since, tier.valid_for, now)]
    lacking = [spell_seat(seat, open_) for seat, open_ in _open_seats(tier.seats, usable)]
    done = {name for name, at in people.checks if at is None or not stale_reason(at, since, tier.valid_for, now)}
    lacking += [f"check {name}" for name in tier.checks if name not in done]
    return tuple(lacking)


def stale_reason(at: int, since: int | None, valid_for: int | None, now: int) -> str:
    """Why what was signed or done at `at` does not serve now; empty when it may."""
    if since is not None and at < since:
        return "signed before the news that stops this"
    if valid_for is not None and now - at >= valid_for:
        return f"signed more than {spell(valid_for)} ago"
    return ""


def _open_seats(seats: Sequence[Seat], usable: Sequence[Approval]) -> list[tuple[Seat, int]]:
    """Seats nobody can take, by augmenting paths: a person with two roles never blocks a seat that only they can fill."""
    chairs = [(n, seat) for n, seat in enumerate(seats) for _ in range(seat.count)]
    roles: dict[str, set[str]] = {}
    for approval in usable:
        roles.setdefault(who(approval.person), set()).add(approval.role)
    taken: dict[str, int] = {}

    def seat_someone(chair: int, tried: set[str]) -> bool:
        for person in roles:
            fits = not chairs[chair][1].roles or roles[person] & set(chairs[chair][1].roles)
            if person in tried or not fits:
                continue
            tried.add(person)
            if person not in taken or seat_someone(taken[person], tried):
                taken[person] = chair
                return True
        return False

    empty = [chair for chair in range(len(chairs)) if not seat_someone(chair, set())]
    found: list[tuple[Seat, int]] = []
    for n, seat in enumerate(seats):
        lacking = sum(1 for chair in empty if chairs[chair][0] == n)
        if lacking:
            found.append((seat, lacking))
    return found


def seat_of(words: str) -> Seat | None:
    """The seats that a word of `missing_for` asks for (`2 people`, `1 legal or manager`); None for a check."""
    count, _, who_may = words.partition(" ")
    if not count.isdecimal():
        return None
    return Seat(int(count), () if who_may in ("person", "people") else tuple(who_may.split(" or ")))


def spell_seat(seat: Seat, count: int) -> str:
    if not seat.roles:
        return f"{count} {'person' if count == 1 else 'people'}"
    return f"{count} {' or '.join(seat.roles)}"
