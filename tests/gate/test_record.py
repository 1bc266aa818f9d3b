"""What the gate writes down of its answers is enough to judge each again, and what cannot be written down is no go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.desk.bodies import news_of_bytes
from rtm_gate.desk.ledger import Ledger, verified
from rtm_gate.gate.record import open_ledger
from rtm_gate.gate.record.halts import NOTHING_ON_RECORD
from rtm_gate.model.news import News
from rtm_gate.model.signoff import SignOff
from rtm_gate.news.stories.words import spoken
from rtm_gate.store import Store
from tests.databases import postgresql, store_address

__all__ = ["postgresql", "store_address"]

NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)
FEED = """<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><guid>{title}</guid><pubDate>Tue, 10 Mar 2026 {hour}:00:00 GMT</pubDate></item>"
PROMO = {"id": "d-1", "text": "Our linen shirts are back in stock.", "platform": "x", "kind": "planned", "author": {"id": "sam"}}
PUN = {"id": "d-2", "text": "Killer savings on every sofa.", "platform": "x", "kind": "planned", "scheduled_at": "2026-03-10T19:00:00+01:00"}


@pytest.fixture
def project(tmp_path: Path, store_address: str) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    for name, title, hour in (("Wire One", "Gunman kills six at a mall in Denver, police say", 16), ("City Daily", "Six dead in Denver mall shooting", 17)):
        (folder / f"{name}.xml").write_text(FEED.format(name=name, items=ITEM.format(title=title, hour=hour)))
    (folder / "rtm-gate.toml").write_text(f"feeds = ['*.xml']\nrecord = true\nstore = '{store_address}'\n")
    return folder


@pytest.fixture
def gate(project: Path) -> Iterator[Gate]:
    with Gate.open(project) as gate:
        yield gate


def rows(gate: Gate) -> Ledger:
    ledger = open_ledger(gate.project)
    assert ledger is not None
    return ledger


def test_a_verdict_can_be_judged_again_from_its_row(gate: Gate) -> None:
    """By the draft, the news and the clock of the row alone, to the byte."""
    first = gate.check(PROMO, now=NOW)
    gate.check(PUN, now=NOW + timedelta(minutes=1))
    ledger = rows(gate)
    policy, *verdicts = (row for row in ledger.rows() if row.kind != "situation")
    assert (policy.kind, policy.subject) == ("policy", gate.policy.digest)
    assert [(row.kind, row.subject) for row in verdicts] == [("verdict", "d-1"), ("verdict", "d-2")]
    for row, now in zip(verdicts, (NOW, NOW + timedelta(minutes=1)), strict=True):
        said, told = json.loads(row.said), json.loads(row.told or "")
        content = ledger.body(said["news"])
        assert content is not None
        again = gate.examine(told["draft"], news_of_bytes(content), now).verdict
        kept = told["verdict"]
        assert json.loads(again.to_json()) | {"timings_ms": 0, "to_go": 0} == kept | {"timings_ms": 0, "to_go": 0}
        assert (said["verdict"], said["policy"], said["content"]) == (kept["verdict"], kept["policy"]["digest"], kept["content_hash"])
    assert first.verdict == "hold"
    head = ledger.heads.last()
    assert head is not None
    assert list(verified(ledger.rows(), [head])) == []
    ledger.close()


def test_policy_and_news_are_written_once(gate: Gate) -> None:
    news = gate.news(now=NOW)
    for draft in (PROMO, PUN, PROMO):
        gate.check(draft, news, NOW)
    ledger = rows(gate)
    assert [row.kind for row in ledger.rows() if row.kind != "situation"] == ["policy", "verdict", "verdict", "verdict"]
    assert len({json.loads(row.said)["news"] for row in ledger.rows(kind="verdict")}) == 1
    files = json.loads(ledger.body(json.loads(next(ledger.rows(kind="policy")).said)["files"]) or b"")
    assert any("policy" in text for text in files.values())
    ledger.close()


def test_no_text_and_no_person_is_in_what_stays(gate: Gate) -> None:
    gate.check(PROMO | {"text": "Zanzibar quokka.", "author": {"id": "quillon"}}, now=NOW)
    ledger = rows(gate)
    (row,) = ledger.rows(kind="verdict")
    assert "quokka" not in spoken([row.said])
    assert "quillon" not in row.said
    assert ledger.mask([row.id], NOW, "kim", "asked for") == 1
    ledger.close()


@pytest.mark.parametrize(
    ("said", "store", "written"),
    [("record = true", False, True), ("record = false", True, False), ("", True, True), ("", False, False)],
)
def test_what_is_written_where(tmp_path: Path, said: str, store: bool, written: bool) -> None:
    (tmp_path / "rtm-gate.toml").write_text(f"{said}\n")
    if store:
        Store.open(str(tmp_path / "rtm-gate.db")).close()
    with Gate.open(tmp_path) as gate:
        verdict = gate.check(PROMO, now=NOW)
    assert (verdict.verdict, verdict.faulted) == ("go", False)
    assert (tmp_path / "ledger.key").exists() is written


def test_a_store_without_news_is_no_news(tmp_path: Path) -> None:
    """A project that names no feeds is judged without news, whatever else its store keeps."""
    (tmp_path / "rtm-gate.toml").write_text("record = true\n")
    with Gate.open(tmp_path) as gate:
        first, second = (gate.check(PROMO, now=NOW) for _ in range(2))
    assert (tmp_path / "rtm-gate.db").exists()
    assert [verdict.verdict for verdict in (first, second)] == ["go", "go"]
    assert first.findings == second.findings


def test_what_cannot_be_written_down_is_no_go(project: Path) -> None:
    (project / "rtm-gate.toml").write_text("feeds = []\nrecord = true\nstore = 'store/gate.db'\n")
    (project / "store").write_text("a file where the folder of the store should be")
    with Gate.open(project) as gate:
        verdict = gate.check({"text": "Hello.", "platform": "x", "kind": "planned"}, now=NOW)
    assert verdict.verdict == "hold"
    assert verdict.faulted
    assert [finding.rule for finding in verdict.findings if finding.kind == "fault"] == ["fault.record"]


def test_a_key_that_is_none_is_no_go(gate: Gate, project: Path) -> None:
    (project / "ledger.key").write_text("no key")
    verdict = gate.check({"text": "Hello.", "platform": "x", "kind": "planned"}, now=NOW + timedelta(days=30))
    assert [finding.because for finding in verdict.findings if finding.kind == "fault"] == [f"{project / 'ledger.key'} cannot be read: it is no private key"]


def test_what_cannot_be_written_down_still_says_what_else_stops_it(gate: Gate, project: Path) -> None:
    """A halt, a rejection, and what failed before the record did."""
    gate.halts.halt(scopes=["all"], reason="a leak", person="ann", now=NOW)
    (project / "ledger.key").write_text("no key")
    said = SignOff(3, NOW, "d-1", "sha256:0", "0", "reject", "legal", (), "kim")
    verdict = gate.check(PROMO, News(True, (), (), "", fault="no line", failed="news"), NOW, rejected=[said])
    assert [finding.rule for finding in verdict.findings[:4]] == ["halt", "rejected", "fault.news", "fault.record"]


def test_what_became_posts_of_late_is_a_fact(tmp_path: Path) -> None:
    """Twenty posts, none of them planned, and the next one is told so."""
    (tmp_path / "own.rtm").write_text(
        'policy "P" { language 1  owner "o@example.com"  audience US  roles manager  otherwise go }\n'
        'rule quick { when portfolio.planned_share under 60% then warn because "Too little is planned." }\n'
    )
    (tmp_path / "rtm-gate.toml").write_text('policy = "own.rtm"\nrecord = true\n')
    with Gate.open(tmp_path) as gate:
        for n in range(20):
            verdict = gate.check(PROMO | {"id": f"d-{n}", "kind": "statement"}, now=NOW)
            assert verdict.findings == ()
    with Gate.open(tmp_path) as gate:
        verdict = gate.check(PROMO, now=NOW + timedelta(minutes=1))
        assert verdict.verdict == "go"
        assert [(finding.rule, finding.evidence[0]["text"]) for finding in verdict.findings] == [("quick", "of the last 20 posts 0 were planned")]
        assert gate.examine(PROMO, None, NOW, on_record=NOTHING_ON_RECORD).verdict.findings == ()


REACTIVE = {"id": "d-3", "text": "Our take on the new stadium roof.", "platform": "x", "kind": "reactive", "template": {"id": "thanks"}}


def test_a_row_says_what_people_could_lift_and_which_template_it_claims(gate: Gate) -> None:
    """Without a word of what is told, which may be masked."""
    gate.check(REACTIVE, now=NOW)
    gate.check(PROMO, now=NOW)
    ledger = rows(gate)
    reactive, promo = (json.loads(row.said) for row in ledger.latest(2, "verdict"))
    ledger.close()
    assert (reactive["template"], "template" in promo) == ("thanks", False)
    assert {"pre_publish", "two_people_reactive"} <= set(reactive["lacking"]) <= {rule for rule, effect, status in reactive["rules"] if effect == "hold"}
    assert ["silence_where_it_happened", "hold", "active"] in promo["rules"]
    assert promo["lacking"] == []
