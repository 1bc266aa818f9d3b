"""Sign-offs in the ledger: given, taken back, and which of them count for a draft as it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.desk.ledger.ledger import Ledger
from rtm_gate.desk.ledger.trust import said_in, unreadable
from rtm_gate.desk.refused import RefusedError
from rtm_gate.facts.people import who
from rtm_gate.model.draft import Approval, Draft
from rtm_gate.model.record import Entry
from rtm_gate.model.signoff import Decision, SignOff


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody whom the directory knows, as themselves, and the roles they hold now."""

    person: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the recorded sign-offs come to for a draft: those that count, and (person, why) for the others. `rejected` are those that say no to it."""

    approvals: tuple[Approval, ...]
    ignored: tuple[tuple[str, str], ...]
    rejected: tuple[SignOff, ...]


NOTHING_SIGNED = Standing((), (), ())


def signoffs(ledger: Ledger, draft: str) -> tuple[SignOff, ...]:
    """All that was ever decided about a draft, in order. StoreError, also where one of its rows is not what was written."""
    return tuple(map(_signoff, ledger.rows(kind="signoff", subject=draft)))


def standing(recorded: Sequence[SignOff], draft: Draft) -> Standing:
    """Which of them count for this text, with these answers and scores beside it. Of what one person decided in one role the last counts."""
    content, papers = draft.content_hash(), papers_of(draft)
    last: dict[tuple[str, str], SignOff] = {}
    ignored: list[tuple[str, str]] = []
    for one in recorded:
        if not one.person:
            ignored.append(("somebody", f"signed in row {one.row}, which was masked"))
            continue
        last[who(one.person), one.role] = one
    against = {who(one.person): one for one in last.values() if one.decision == "reject" and one.content == content}
    approvals: list[Approval] = []
    for one in last.values():
        if one.decision == "withdraw":
            ignored.append((one.person, f"withdrew what was signed as {one.role}"))
        elif one.content != content:
            ignored.append((one.person, f"decided as {one.role} about another text"))
        elif one.decision == "reject":
            continue
        elif who(one.person) == who(draft.author.id):
            ignored.append((one.person, "is the author"))
        elif who(one.person) in against:
            ignored.append((one.person, f"rejected it as {against[who(one.person)].role}"))
        elif one.papers != papers:
            ignored.append((one.person, f"signed as {one.role} before the checklist or the scores were changed"))
        else:
            approvals.append(Approval(person=one.person, role=one.role, at=one.at, checks=one.checks))
    return Standing(tuple(approvals), tuple(ignored), tuple(against.values()))


def sign(
    ledger: Ledger, draft: Draft, decision: Decision, signer: Signer, roles: Sequence[str], checks: Sequence[str], at: datetime, reason: str = ""
) -> list[SignOff]:
    """A row for each role. RefusedError lists every reason why it may not be; StoreError, HeadError."""
    recorded = signoffs(ledger, draft.id)
    if problems := list(_problems(recorded, draft, decision, signer, roles, checks, reason)):
        raise RefusedError(*problems)
    said = {"decision": decision, "content": draft.content_hash(), "papers": papers_of(draft), "checks": sorted(set(checks))}
    told = {"person": signer.person, "reason": reason}
    return [_signoff(row) for row in ledger.write(at, [("signoff", draft.id, said | {"role": role}, told) for role in dict.fromkeys(roles)])]


def papers_of(draft: Draft) -> str:
    """A digest of the answers and scores: whoever signs has seen them too."""
    papers = draft.model_dump(mode="json", include={"checklist", "scores"})
    return hashlib.sha256(canonical(papers).encode()).hexdigest()


def _problems(
    recorded: Sequence[SignOff], draft: Draft, decision: Decision, signer: Signer, roles: Sequence[str], checks: Sequence[str], reason: str
) -> Iterable[str]:
    if not draft.id:
        yield "a draft without an id cannot be signed"
    if decision == "approve" and who(signer.person) == who(draft.author.id):
        yield f"{signer.person} is the author, and the author's own sign-off never counts"
    if not roles:
        yield f"{signer.person} has no role to sign in"
    for role in roles:
        if role not in signer.roles:
            yield f"{signer.person} is no {role}" + (f", but {', '.join(signer.roles)}" if signer.roles else "")
    if decision != "approve" and not reason.strip():
        yield f"say why: a decision to {decision} has a reason"
    if decision != "approve" and checks:
        yield f"who decides to {decision} vouches for no checks"
    now = standing(recorded, draft)
    mine = {approval.role: approval for approval in now.approvals if who(approval.person) == who(signer.person)}
    for role in roles:
        if decision == "approve" and role in mine and set(checks) <= set(mine[role].checks):
            yield f"{signer.person} has signed this text as {role} already"
        if decision == "withdraw" and role not in mine:
            yield f"{signer.person} has not signed this text as {role}"


def _signoff(row: Entry) -> SignOff:
    said = said_in(row)
    try:
        person = json.loads(row.told)["person"] if row.told is not None else ""
        return SignOff(row.id, row.at, row.subject, said["content"], said["papers"], said["decision"], said["role"], tuple(said["checks"]), person)
    except (ValueError, KeyError, TypeError):
        raise unreadable(row) from None
