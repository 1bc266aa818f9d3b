"""Who may sign what: the directory says who is calling, the ledger says which text, and the sign-offs recorded there are the only ones that count."""

from __future__ import annotations

import json
import os
import pwd
from datetime import datetime

from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.signing import Signer, Standing, signoffs, standing
from rtm_gate.gate.answer import Answer
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.people import person_of
from rtm_gate.gate.project import Project
from rtm_gate.model.draft import Draft, InvalidDraftError, read_draft


def login() -> str:
    """The account this process runs under, as the machine says; what the environment claims is not asked."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def signer_of(project: Project, person: str, account: str) -> Signer:
    """The person as the directory has them, if the account is theirs. ValueError says why not; ProjectError where the directory cannot be read."""
    if project.people is None:
        raise ValueError("nobody can sign: the project names no directory (`people` in rtm-gate.toml)")
    found = person_of(project.people, person)
    if account not in found.logins:
        raise ValueError(f"the account `{account}` is not one of {found.id}'s: {project.people.name} lists {', '.join(found.logins) or 'none'}")
    return Signer(found.id, found.roles)


def recorded_draft(ledger: Ledger, draft_id: str) -> Draft:
    """The draft as it was judged last. ValueError where the record has none, or tells it no more."""
    last = ledger.latest(1, kind="verdict", subject=draft_id) if draft_id else []
    if not last:
        raise ValueError(f"the record has no draft `{draft_id}`: it is recorded when it is checked in a project with `record = true`")
    if last[0].told is None:
        raise ValueError(f"what the record told of `{draft_id}` was masked: check the draft again")
    try:
        return read_draft(json.loads(last[0].told)["draft"])[0]
    except (InvalidDraftError, KeyError, ValueError) as fault:
        raise ValueError(f"the draft `{draft_id}` in the record cannot be read: check it again") from fault


def by_record(ledger: Ledger, draft: Draft) -> tuple[Draft, Standing]:
    """The draft with the recorded sign-offs in place of those its caller claims, and what they come to."""
    found = standing(signoffs(ledger, draft.id), draft)
    return with_signatures(draft, found), found


def with_signatures(draft: Draft, found: Standing) -> Draft:
    return draft.model_copy(update={"approvals": found.approvals, "checks": {}})


def told_of(found: Standing) -> list[str]:
    """Why sign-offs do not count, as warnings."""
    return [f"{person}: {why}" for person, why in found.ignored]


def judged_by_record(gate: Gate, ledger: Ledger, draft: Draft, now: datetime) -> tuple[Answer, Standing]:
    """The verdict that counts recorded sign-offs alone. One that somebody rejects has a finding that says so, and is no go."""
    signed, found = by_record(ledger, draft)
    return gate.check(signed, now=now, warnings=told_of(found), rejected=found.rejected), found
