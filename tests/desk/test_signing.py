"""Sign-offs: which count, and every way in which somebody might make one count that should not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from rtm_gate.desk.ledger import Ledger
from rtm_gate.desk.signing import Signer, Standing, sign, signoffs, standing
from rtm_gate.facts.people import missing_for, people_of
from rtm_gate.model.draft import Draft, read_draft
from rtm_gate.model.moment import seconds
from rtm_gate.model.policy import Seat, Tier
from rtm_gate.model.source import At
from rtm_gate.store import StoreError

from .tampering import tampered

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEE, KIM = Signer("lee", ("manager", "reviewer")), Signer("kim", ("legal",))
HERE = At("p.rtm", 1, 1, 1, 1)
TWO = Tier("two_people", "Two people", (Seat(2),), (), HERE)
MANAGER = Tier("manager", "A manager", (Seat(1, ("manager",)),), (), HERE, valid_for=24 * 3600)


def draft(text: str = "Our linen shirts are back.", author: str = "sam", **more: object) -> Draft:
    return read_draft({"id": "d-1", "text": text, "platform": "x", "kind": "planned", "author": {"id": author}, **more})[0]


def come_to(ledger: Ledger, now: Draft | None = None) -> Standing:
    return standing(signoffs(ledger, "d-1"), now or draft())


def lacking(ledger: Ledger, tier: Tier, at: datetime = NOW + HOUR, now: Draft | None = None) -> tuple[str, ...]:
    """What the tier still lacks, by the recorded sign-offs alone."""
    one = now or draft()
    return missing_for(tier, people_of(one.model_copy(update={"approvals": come_to(ledger, one).approvals}), seconds(at)), None, seconds(at))


def test_a_sign_off_counts(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", LEE, ["manager"], ["fact_check"], NOW)
    (approval,) = come_to(ledger).approvals
    assert (approval.person, approval.role, approval.at, approval.checks) == ("lee", "manager", NOW, ("fact_check",))
    assert lacking(ledger, MANAGER) == ()
    assert lacking(ledger, TWO) == ("1 person",)
    sign(ledger, draft(), "approve", KIM, ["legal"], [], NOW)
    assert lacking(ledger, TWO) == ()


def test_what_collects_beside_the_text_does_not_void_it(ledger: Ledger) -> None:
    """Times and sign-offs come and go; the text is the same."""
    sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)
    later = draft(scheduled_at="2026-11-23T12:00:00Z", submitted_at="2026-11-21T12:00:00Z", similar_posts=3)
    assert lacking(ledger, MANAGER, now=later) == ()


def test_a_decision_can_be_taken_back_and_given_again(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)
    sign(ledger, draft(), "withdraw", LEE, ["manager"], [], NOW, "I misread it")
    assert come_to(ledger).approvals == ()
    assert come_to(ledger).ignored == (("lee", "withdrew what was signed as manager"),)
    sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)
    assert len(come_to(ledger).approvals) == 1
    assert [one.decision for one in signoffs(ledger, "d-1")] == ["approve", "withdraw", "approve"]


def test_whoever_rejects_it_says_so_of_this_text(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", KIM, ["legal"], [], NOW)
    sign(ledger, draft(), "reject", LEE, ["manager"], [], NOW, "not our voice")
    assert [one.person for one in come_to(ledger).rejected] == ["lee"]
    assert come_to(ledger, draft("Our linen shirts are here again.")).rejected == ()


# ---- refused when somebody tries it ---------------------------------------------------------------------------------------
def _twice(ledger: Ledger) -> None:
    for _ in range(2):
        sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)


REFUSED: dict[str, tuple[Callable[[Ledger], object], str]] = {
    "the author signs": (lambda led: sign(led, draft(author="lee"), "approve", LEE, ["manager"], [], NOW), "the author's own sign-off never counts"),
    "the author under another spelling": (
        lambda led: sign(led, draft(author="LEE\u200b "), "approve", LEE, ["manager"], [], NOW),
        "the author's own sign-off never counts",
    ),
    "a role that is somebody else's": (lambda led: sign(led, draft(), "approve", LEE, ["legal"], [], NOW), "lee is no legal, but manager, reviewer"),
    "one good role and one that is not": (lambda led: sign(led, draft(), "approve", LEE, ["manager", "pr"], [], NOW), "lee is no pr"),
    "somebody without a role": (lambda led: sign(led, draft(), "approve", Signer("jo", ()), [], [], NOW), "jo has no role to sign in"),
    "the same again": (_twice, "lee has signed this text as manager already"),
    "a draft that has no id": (lambda led: sign(led, draft(id=""), "approve", LEE, ["manager"], [], NOW), "a draft without an id cannot be signed"),
    "taken back before it was given": (lambda led: sign(led, draft(), "withdraw", LEE, ["manager"], [], NOW, "why"), "lee has not signed this text as manager"),
    "rejected without a reason": (lambda led: sign(led, draft(), "reject", LEE, ["manager"], [], NOW, " "), "say why"),
    "rejected, and vouched for": (lambda led: sign(led, draft(), "reject", LEE, ["manager"], ["fact_check"], NOW, "why"), "vouches for no checks"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(ledger: Ledger, name: str) -> None:
    attempt, said = REFUSED[name]
    with pytest.raises(ValueError, match=said):
        attempt(ledger)


def test_everything_wrong_is_said_at_once(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match=r"author.*no legal") as refused:
        sign(ledger, draft(author="lee"), "approve", LEE, ["legal"], [], NOW)
    assert str(refused.value).count(";") == 1
    assert ledger.count() == 0


# ---- recorded, and worth nothing ------------------------------------------------------------------------------------------
def _signed(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)


def _signed_another_text(ledger: Ledger) -> None:
    sign(ledger, draft("Our linen trousers are back."), "approve", LEE, ["manager"], [], NOW)


def _signed_in_two_roles(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", LEE, ["manager", "reviewer"], [], NOW)


def _signed_then_rejected(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)
    sign(ledger, draft(), "reject", LEE, ["reviewer"], [], NOW, "on second thoughts")


def _signed_and_masked(ledger: Ledger) -> None:
    sign(ledger, draft(), "approve", LEE, ["manager"], [], NOW)
    ledger.mask([1], NOW, "kim", "asked for")


def _signed_for_another_draft(ledger: Ledger) -> None:
    sign(ledger, draft(id="d-2"), "approve", LEE, ["manager"], [], NOW)


WORTHLESS: dict[str, tuple[Callable[[Ledger], None], Tier, Draft, datetime]] = {
    "for another text": (_signed_another_text, MANAGER, draft(), NOW + HOUR),
    "the text was changed afterwards": (_signed, MANAGER, draft("Our linen shirts are back!"), NOW + HOUR),
    "the picture was changed afterwards": (_signed, MANAGER, draft(media=[{"type": "image", "alt": "a shirt"}]), NOW + HOUR),
    "the platform was changed afterwards": (_signed, MANAGER, draft(platform="tiktok"), NOW + HOUR),
    "the answers were changed afterwards": (_signed, MANAGER, draft(checklist={"ceo_defensible": {"answer": "yes", "person": "ana"}}), NOW + HOUR),
    "the scores were changed afterwards": (_signed, MANAGER, draft(scores=[{"person": "a", "relevance": 9, "interest": 9}]), NOW + HOUR),
    "for another draft": (_signed_for_another_draft, MANAGER, draft(), NOW + HOUR),
    "one person for two": (_signed_in_two_roles, TWO, draft(), NOW + HOUR),
    "the signer became the author": (_signed, MANAGER, draft(author="Lee"), NOW + HOUR),
    "a day later, where a day is all": (_signed, MANAGER, draft(), NOW + 24 * HOUR),
    "rejected by the same person in another role": (_signed_then_rejected, MANAGER, draft(), NOW + HOUR),
    "masked": (_signed_and_masked, MANAGER, draft(), NOW + HOUR),
    "written into the draft by its caller": (
        lambda _: None,
        MANAGER,
        draft(approvals=[{"person": "lee", "role": "manager", "at": "2026-11-22T12:00:00Z"}]),
        NOW + HOUR,
    ),
}


@pytest.mark.parametrize("name", WORTHLESS)
def test_it_does_not_count(ledger: Ledger, name: str) -> None:
    before, tier, now, at = WORTHLESS[name]
    before(ledger)
    assert lacking(ledger, tier, at, now) != ()


@pytest.mark.parametrize(("column", "value"), [("said", "legal"), ("told", "kim")])
def test_a_sign_off_that_was_changed_in_the_database_is_a_fault(ledger: Ledger, store_address: str, column: str, value: str) -> None:
    """Whoever may write to the database makes neither a reviewer legal, nor Lee Kim."""
    (row,) = sign(ledger, draft(), "approve", LEE, ["reviewer"], [], NOW)
    before = "reviewer" if column == "said" else "lee"
    tampered(store_address, lambda connection: connection.execute(text(f"UPDATE entry SET {column} = replace({column}, '{before}', '{value}')")))
    with pytest.raises(StoreError, match=f"row {row.row} of the record, a signoff, was changed"):
        signoffs(ledger, "d-1")
