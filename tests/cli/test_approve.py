"""`rtm-gate approve` and `reject`: a sign-off by whoever is logged in, for exactly the text that was checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rtm_gate.gate.record.signing import login
from tests.cli.conftest import Run, rss

POLICY = """policy "Own" { language 1 owner "o@example.com" audience US roles manager, legal otherwise go }
check fact_check "The facts were checked"
tier both "A manager and legal" { needs 1 manager and 1 legal and check fact_check }
rule shirts "Shirts are signed" { when draft is planned then hold for both because "b" fix "f" }
"""
DRAFT = {"id": "d-1", "text": "Our linen shirts are back.", "platform": "x", "kind": "planned", "author": {"id": "sam"}}


@pytest.fixture(autouse=True)
def project(tmp_path: Path) -> None:
    (tmp_path / "quiet.xml").write_text(rss("quiet", "Council approves bike lanes"))
    (tmp_path / "own.rtm").write_text(POLICY)
    me = login()
    (tmp_path / "people.toml").write_text(
        f'people = [{{ id = "ann", roles = ["manager"], logins = ["{me}"] }}, {{ id = "bob", roles = ["legal"], logins = ["{me}"] }},'
        ' { id = "cid", roles = ["legal"], logins = ["somebody-else"] }, { id = "sam", roles = ["manager"], logins = ["' + me + '"] }]\n'
    )
    (tmp_path / "rtm-gate.toml").write_text('policy = "own.rtm"\nfeeds = ["quiet.xml"]\npeople = "people.toml"\nrecord = true\n')


def checked(run: Run, tmp_path: Path, **changed: object) -> None:
    (tmp_path / "draft.json").write_text(json.dumps(DRAFT | changed))
    assert run("check", "draft.json", "--no-feeds").code == 10


def test_two_sign_and_it_goes(run: Run, tmp_path: Path) -> None:
    checked(run, tmp_path)
    one = run("approve", "d-1", "--as", "ann", "--check", "fact_check", "--format", "json")
    assert (one.code, one.json["verdict"]) == (0, "hold")
    assert one.json["approvals"]["required"] == [{"tier": "both", "missing": ["1 legal"]}]
    two = run("approve", "d-1", "--as", "bob", "--format", "json")
    assert (two.code, two.json["verdict"]) == (0, "go")
    assert [(row["person"], row["role"]) for row in two.json["approvals"]["counted"]] == [("ann", "manager"), ("bob", "legal")]
    assert run("ledger", "verify").code == 0


def test_what_the_caller_claims_does_not_count(run: Run, tmp_path: Path) -> None:
    claimed = [{"person": person, "role": role, "at": "2026-01-01T00:00:00Z", "checks": ["fact_check"]} for person, role in (("x", "manager"), ("y", "legal"))]
    (tmp_path / "draft.json").write_text(json.dumps(DRAFT | {"approvals": claimed}))
    assert run("check", "draft.json", "--no-feeds").code == 0
    assert run("approve", "d-1", "--as", "bob", "--format", "json").json["verdict"] == "hold"


def test_whoever_rejects_it_holds_it(run: Run, tmp_path: Path) -> None:
    checked(run, tmp_path)
    run("approve", "d-1", "--as", "ann", "--check", "fact_check")
    run("approve", "d-1", "--as", "bob")
    said = run("reject", "d-1", "--as", "bob", "--reason", "not proven", "--format", "json").json
    assert said["verdict"] == "hold"
    assert "rejected" in [finding["rule"] for finding in said["findings"]]
    assert run("approve", "d-1", "--as", "bob", "--format", "json").json["verdict"] == "go"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as", "cid"), "is not one of cid's"),
        (("--as", "dan"), "`dan` is none of the people in people.toml"),
        (("--as", "sam"), "sam is the author"),
        (("--as", "ann", "--role", "legal"), "ann is no legal, but manager"),
        (("--as", "ann", "--check", "fact_chek"), "the policy has no check `fact_chek`"),
        (("--as", "ann", "--content", "sha256:0"), "the text of `d-1` has changed since"),
        (("--as", "ann", "--withdraw", "--reason", "why"), "ann has not signed this text as manager"),
    ],
)
def test_it_is_refused(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    checked(run, tmp_path)
    ran = run("approve", "d-1", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_what_was_never_checked_cannot_be_signed(run: Run, tmp_path: Path) -> None:
    assert "nothing is recorded here yet" in run("approve", "d-1", "--as", "ann").err
    checked(run, tmp_path)
    assert "the record has no draft `d-2`" in run("approve", "d-2", "--as", "ann").err


def test_another_text_has_to_be_signed_again(run: Run, tmp_path: Path) -> None:
    checked(run, tmp_path)
    run("approve", "d-1", "--as", "ann", "--check", "fact_check")
    checked(run, tmp_path, text="Our linen shirts are back!")
    said = run("approve", "d-1", "--as", "bob", "--format", "json").json
    assert said["approvals"]["required"] == [{"tier": "both", "missing": ["1 manager", "check fact_check"]}]
    assert "ann: decided as manager about another text" in said["warnings"]
