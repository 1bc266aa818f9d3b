"""`rtm-gate doctor`: projects broken in every way we know, each with the row that says so."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from rtm_gate import __version__
from rtm_gate.gate import Gate
from rtm_gate.gate.doctor import PROBES, Row, examine
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.news.polling import ingest
from rtm_gate.store.schema import KNOWN
from tests.cli.conftest import Run, rss

NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)
POLICY = """policy "Own" { language 1 owner "o@example.com" audience US roles manager, legal otherwise go answers hold for 10 minutes }
tier manager { needs 1 manager }
tier both { needs 1 manager and 1 legal and 1 person }
rule tie "A tie" { when draft.kind is reactive then hold for manager because "It is late." fix "Ask." }
rule paid "Paid" { when draft.sponsored then hold for both because "It is a contract." fix "Ask both." }
test "reactive waits" { draft { platform x kind reactive text "Hello." } expect hold from tie for manager }
"""
SOUND = {
    "rtm-gate.toml": 'policy = "own.rtm"\nfeeds = ["wire.xml"]\npeople = "people.toml"\n',
    "own.rtm": POLICY,
    "wire.xml": rss("wire", "Library opens on Sundays"),
    "people.toml": '[[people]]\nid = "a"\nroles = ["manager"]\n[[people]]\nid = "b"\nroles = ["legal"]\n[[people]]\nid = "c"\nroles = ["manager"]\n',
}
"""A project that nothing is wrong with, two hours after its news."""
SETTINGS = SOUND["rtm-gate.toml"]
HERE = "private = ['127.0.0.1']\n"
"""Lets feeds of this machine be read."""
LISTED = '[[feed]]\nname = "Quakes"\naddress = "wire.xml"\ntopics = ["TOPIC"]\n'
STRANGER = """<opml version="2.0" xmlns:rtm="urn:rtm-gate:opml:1"><body>
<outline text="USGS" xmlUrl="https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_day.atom" rtm:trust="official"/>
<outline text="Insider" xmlUrl="https://insider.example/rss" rtm:trust="official"/>
<outline text="Friends" xmlUrl="https://friends.example/rss"/>
</body></opml>"""


def laid(folder: Path, changed: dict[str, str | None]) -> Path:
    """The sound project with some files changed, or taken away."""
    for name, content in (SOUND | changed).items():
        if content is not None:
            (folder / name).write_text(content)
    return folder


def look(folder: Path, *names: str, now: datetime = NOW) -> list[Row]:
    """What these probes find."""
    subject = Subject(folder, now)
    return [row for probe in PROBES if probe.name in names for row in probe.look(subject)]


def states(rows: list[Row]) -> set[str]:
    return {row.state for row in rows}


# ---- sound --------------------------------------------------------------------------------------------------------------


def test_a_sound_project(tmp_path: Path) -> None:
    rows = list(examine(laid(tmp_path, {}), NOW))
    assert [(row.state, row.remedy) for row in rows] == [("ok", "")] * len(rows)
    assert {row.probe for row in rows} == {probe.name for probe in PROBES} - {"copy"}
    said = {row.probe: row.sentence for row in rows}
    assert said["feeds"] == "wire: 1 entries, the newest 2 hours old"
    assert said["people"] == "3 people; every tier of the policy can be filled"
    assert said["tests"] == "1 of 1 tests of the policy pass"
    assert said["weights"] == "words are read with the shipped weights"
    assert said["sources"] == "every grave topic has feeds that tell of it"
    assert said["store"] == "there is no store yet: files are read as they lie"
    assert said["clock"].startswith("it is 2026-03-10 18:00 UTC")


def test_a_new_project_can_judge_and_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    run("init")
    ran = run("doctor")
    assert (ran.code, ran.err) == (0, "")
    for words in (
        "4 of 4 feeds are the recorded samples of a new project",
        "these people are placeholders: brand-1, ",
        "→ put your own in their place: people.toml",
        "11 people; every tier of the policy can be filled",
        "the policy speaks for Examplebrand, which is nobody",
        "Able to judge; 3 warnings.",
    ):
        assert words in ran.out
    assert "\x1b" not in ran.out


def test_without_a_project_the_bundled_policy_is_looked_at(run: Run) -> None:
    ran = run("doctor", "--format", "json")
    assert (ran.code, ran.json["able"]) == (0, True)
    assert [set(row) for row in ran.json["rows"]] == [{"probe", "state", "sentence", "remedy"}] * len(ran.json["rows"])
    said = {row["probe"]: row["sentence"] for row in ran.json["rows"]}
    assert "rtm-gate init" in said["configuration"]
    assert "Standard brand safety" in said["policy"]
    assert said["feeds"].startswith("no feeds are named")


# ---- broken -------------------------------------------------------------------------------------------------------------

BROKEN: dict[str, tuple[dict[str, str | None], str, str, str]] = {
    "no TOML": ({"rtm-gate.toml": "policy = "}, "configuration", "failed", "is not TOML"),
    "an unknown key": ({"rtm-gate.toml": "polcy = 'own.rtm'"}, "configuration", "failed", "did you mean `policy`?"),
    "a wrong value": ({"rtm-gate.toml": SETTINGS + "lease = 5"}, "configuration", "failed", 'like "10 minutes"'),
    "a lease that lengthens": ({"rtm-gate.toml": SETTINGS + "lease = '1 hour'"}, "configuration", "warning", "`lease` has no effect"),
    "callers trusted": ({"rtm-gate.toml": SETTINGS + "trust_callers = true"}, "configuration", "warning", "`trust_callers` has no effect yet"),
    "a store that is none": ({"rtm-gate.toml": SETTINGS + "store = 'own.rtm'"}, "store", "failed", "own.rtm cannot be used: file is not a database"),
    "a store of the web that nobody read": (
        {"rtm-gate.toml": "feeds = ['NPR News', 'wire.xml']"},
        "store",
        "warning",
        "there is no store yet: for a check, 1 of 2 feeds were never read",
    ),
    "a grave topic without feeds": (
        {"rtm-gate.toml": "feeds = ['quakes.toml']", "quakes.toml": LISTED.replace("TOPIC", "disaster.quake")},
        "sources",
        "warning",
        "no feed tells of health, terror, tragedy, unrest, war: the gate is blind to it",
    ),
    "a topic that the policy does not know": (
        {"rtm-gate.toml": "feeds = ['quakes.toml']", "quakes.toml": LISTED.replace("TOPIC", "disaster.quaks")},
        "sources",
        "warning",
        "no topic `disaster.quaks`, which is listed for `Quakes`; did you mean `disaster.quake`?",
    ),
    "a stranger who claims to be official": (
        {"rtm-gate.toml": "feeds = ['friends.opml', 'wire.xml']", "friends.opml": STRANGER},
        "sources",
        "warning",
        "friends.opml says of `Insider` that it is official",
    ),
    "a private network that is none": ({"rtm-gate.toml": SETTINGS + "private = ['10.0.0.0/33']"}, "sources", "warning", "`10.0.0.0/33` is no network"),
    "a private place that is an address of the web": (
        {"rtm-gate.toml": SETTINGS + "private = ['http://intranet.example/']"},
        "sources",
        "warning",
        "`http://intranet.example/` is no network",
    ),
    "a feed inside the own network": (
        {"rtm-gate.toml": "feeds = ['http://127.0.0.1:9/rss?key=hush']"},
        "feeds",
        "warning",
        "http://127.0.0.1:9/rss: 127.0.0.1 is a loopback address, which is not allowed",
    ),
    "no such pipeline": (
        {"rtm-gate.toml": SETTINGS + "model = 'no_such_pipeline'"},
        "text model",
        "failed",
        "the spaCy pipeline `no_such_pipeline` cannot be loaded",
    ),
    "no policy": ({"own.rtm": None}, "policy", "failed", "own.rtm"),
    "a fault in the policy": ({"own.rtm": POLICY.replace("draft.kind", "draft.kid")}, "policy", "failed", "own.rtm:4:31: `draft` has no field `kid`"),
    "a warning in the policy": ({"own.rtm": POLICY.replace("audience US ", "")}, "policy", "warning", "the policy names no audience"),
    "a test that fails": ({"own.rtm": POLICY.replace("expect hold from tie for manager", "expect go")}, "tests", "failed", "expected go, came hold from tie"),
    "weights that are not there": ({"rtm-gate.toml": SETTINGS + "weights = 'w.toml'"}, "weights", "failed", "w.toml: No such file"),
    "weights out of bounds": ({"rtm-gate.toml": SETTINGS + "weights = 'w.toml'", "w.toml": "cue = 3"}, "weights", "failed", "cue: `3` is not between"),
    "pictures that are not there": ({"rtm-gate.toml": SETTINGS + "images = 'i.toml'"}, "images", "failed", "i.toml: No such file"),
    "a picture that nothing tells": (
        {"rtm-gate.toml": SETTINGS + "images = 'i.toml'", "i.toml": "[[image]]\nid = 'a'\ntitle = 'A'\nevent = 'B'"},
        "images",
        "failed",
        "image entry 1: has neither `words` nor `sha256`",
    ),
    "no tests": ({"own.rtm": POLICY[: POLICY.index("test ")]}, "tests", "warning", "the policy has no tests"),
    "no feeds": ({"rtm-gate.toml": "policy = 'own.rtm'"}, "feeds", "warning", "no feeds are named"),
    "a feed that is not there": ({"wire.xml": None}, "feeds", "failed", "wire.xml: there is no such file"),
    "a login page": ({"wire.xml": "<!doctype html><html><body>Log in</body></html>"}, "feeds", "failed", "wire.xml: "),
    "half a feed": ({"wire.xml": SOUND["wire.xml"].removesuffix("</channel></rss>")}, "feeds", "failed", "cut off"),
    "an old feed": ({"wire.xml": rss("wire", "Old", published="Tue, 03 Mar 2026 16:00:00 GMT")}, "feeds", "warning", "its newest entry is 7 days old"),
    "a feed from the future": (
        {"wire.xml": rss("wire", "New", published="Tue, 10 Mar 2026 21:00:00 GMT")},
        "feeds",
        "warning",
        "its newest entry is dated 3 hours ahead of this machine's clock",
    ),
    "no server": (
        {"rtm-gate.toml": HERE + "feeds = ['http://127.0.0.1:9/rss?key=hush']"},
        "feeds",
        "warning",
        "http://127.0.0.1:9/rss: the server could not be reached",
    ),
    "no people": ({"people.toml": None}, "people", "failed", "people.toml: No such file"),
    "one person twice": ({"people.toml": '[[people]]\nid = "Sam"\n[[people]]\nid = "sam "\n'}, "people", "failed", "`Sam` stands 2 times"),
    "an unknown role": ({"people.toml": '[[people]]\nid = "a"\nroles = ["manger"]'}, "people", "warning", "no role `manger`; did you mean `manager`?"),
    "a tier nobody fills": ({"people.toml": '[[people]]\nid = "a"\nroles = ["manager"]'}, "people", "warning", "nobody here can be the 1 legal for `both`"),
    "one person in every role": (
        {"people.toml": '[[people]]\nid = "a"\nroles = ["manager", "legal"]\n[[people]]\nid = "b"\n'},
        "people",
        "warning",
        "for `both`",
    ),
    "people and no policy": ({"own.rtm": "rule"}, "people", "warning", "cannot be compared with a policy that does not load"),
    "no such time zone": ({"own.rtm": POLICY.replace("language 1", 'language 1 timezone "Mars/Base"')}, "policy", "failed", "Mars/Base"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_broken_is_said(tmp_path: Path, kind: str) -> None:
    changed, probe, state, phrase = BROKEN[kind]
    rows = look(laid(tmp_path, changed), probe)
    assert any(row.state == state and phrase in row.sentence for row in rows), rows
    assert state != "failed" or all(row.remedy for row in rows if row.state == "failed")


def test_everything_broken_at_once_is_still_an_answer(run: Run, tmp_path: Path) -> None:
    laid(tmp_path, {"own.rtm": "rule", "wire.xml": "", "people.toml": "people = 3"})
    ran = run("doctor")
    assert ran.code == 1
    assert {"policy", "feeds", "people"} <= {words[1] for words in map(str.split, ran.out.splitlines()) if words[:1] == ["✖"] and len(words) > 1}
    assert "Not able to judge as it should: " in ran.out


def test_without_a_configuration_nothing_of_the_project_is_guessed(run: Run, tmp_path: Path) -> None:
    laid(tmp_path, {"rtm-gate.toml": 'polcy = "own.rtm"\nfeed = []\n'})
    ran = run("doctor", "--format", "json")
    assert (ran.code, ran.json["able"]) == (1, False)
    assert [row["sentence"] for row in ran.json["rows"] if row["probe"] == "configuration"] == [
        "rtm-gate.toml: there is no key `polcy`; did you mean `policy`?",
        "rtm-gate.toml: there is no key `feed`; did you mean `feeds`?",
    ]
    assert {row["sentence"] for row in ran.json["rows"] if row["probe"] in ("policy", "tests", "feeds", "people")} == {
        "not looked at: the configuration cannot be read"
    }


def test_many_faults_of_a_policy_are_counted(tmp_path: Path) -> None:
    rules = "".join(f'rule r{n} "R" {{ when draft.kid is reactive then no-go because "B." fix "F." }}\n' for n in range(9))
    rows = [row for row in look(laid(tmp_path, {"own.rtm": POLICY + rules}), "policy") if row.state == "failed"]
    assert len(rows) == 6
    assert rows[-1].sentence == "and 4 more errors"


def test_fewer_than_half_of_the_feeds(tmp_path: Path) -> None:
    feeds = '["wire.xml", "http://127.0.0.1:9/a", "http://127.0.0.1:9/b"]'
    rows = look(laid(tmp_path, {"rtm-gate.toml": f"{HERE}policy = 'own.rtm'\nfeeds = {feeds}"}), "feeds")
    assert [row.state for row in rows] == ["ok", "warning", "warning", "warning"]
    assert rows[-1].sentence.startswith("only 1 of 3 feeds could be read now")


def test_a_feed_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtm_gate.gate.doctor.subject.LONGEST", 0.3)
    os.mkfifo(tmp_path / "pipe.xml")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        feeds = f'["pipe.xml", "http://127.0.0.1:{silent.getsockname()[1]}/rss"]'
        rows = look(laid(tmp_path, {"rtm-gate.toml": f"{HERE}policy = 'own.rtm'\nfeeds = {feeds}"}), "feeds")
    assert rows[0].sentence.endswith("pipe.xml: is not an ordinary file")
    assert rows[1].sentence.endswith("/rss: no answer within 0.3 seconds")


def test_a_feed_inside_the_own_network_can_be_allowed(tmp_path: Path) -> None:
    feeds = "feeds = ['http://127.0.0.1:9/rss']\n"
    (row, *_) = look(laid(tmp_path, {"rtm-gate.toml": feeds}), "feeds")
    remedy = row.remedy.partition("rtm-gate.toml: ")[2]
    assert remedy == 'private = ["127.0.0.1"]'
    (row, *_) = look(laid(tmp_path, {"rtm-gate.toml": f"{feeds}{remedy}\n"}), "feeds")
    assert "could not be reached" in row.sentence


# ---- the store ----------------------------------------------------------------------------------------------------------

HOUR_AGO, MINUTE_AGO = NOW - timedelta(hours=1), NOW - timedelta(minutes=1)


def polled(folder: Path, at: datetime) -> Path:
    """A project whose one feed of the web was read at a time."""
    laid(folder, {"rtm-gate.toml": "feeds = ['wire.toml']", "wire.toml": '[[feed]]\nname = "Wire"\naddress = "https://wire.example/rss"\n'})
    with Gate.open(folder) as gate:
        ingest(gate.project_news.desk(), gate.project.feeds, [folder / "wire.xml"], "Wire", at)
    return folder


def test_a_store_that_is_kept_fresh(tmp_path: Path) -> None:
    (row,) = look(polled(tmp_path, MINUTE_AGO), "store")
    assert (row.state, row.sentence) == ("ok", f"{tmp_path / 'rtm-gate.db'} has schema {KNOWN[-1]} and 1 stories, last polled 1 minute ago")


def test_a_store_that_nobody_fills(tmp_path: Path) -> None:
    kept, stale = look(polled(tmp_path, HOUR_AGO), "store")
    assert (kept.state, kept.sentence.partition(", ")[2]) == ("ok", "last polled 1 hour ago")
    assert stale.state == "warning"
    assert "1 of 1 feeds of the web are not in order, and what is on the web is not trusted: Wire: was read 1 hour ago" in stale.sentence
    assert "rtm-gate feeds watch" in stale.remedy


def test_a_store_of_a_newer_gate(tmp_path: Path) -> None:
    with closing(sqlite3.connect(polled(tmp_path, MINUTE_AGO) / "rtm-gate.db")) as connection, connection:
        connection.execute("UPDATE rtm_gate_version SET version_num = '9999'")
    (row,) = look(tmp_path, "store")
    assert row.state == "failed"
    assert "it needs a newer rtm-gate" in row.sentence
    assert row.remedy


def test_a_store_on_a_server_that_is_not_there_and_its_password(tmp_path: Path) -> None:
    settings = "feeds = ['wire.xml']\nstore = 'postgresql://gate:hush@127.0.0.1:9/news'"
    (row,) = look(laid(tmp_path, {"rtm-gate.toml": settings}), "store")
    assert row.state == "failed"
    assert "hush" not in row.sentence + row.remedy


def test_looking_makes_no_store(tmp_path: Path) -> None:
    look(laid(tmp_path, {}), "store", "feeds", "sources")
    assert list(tmp_path.glob("rtm-gate.db*")) == []


def test_weights_of_its_own(tmp_path: Path) -> None:
    (row,) = look(laid(tmp_path, {"rtm-gate.toml": SETTINGS + "weights = 'w.toml'", "w.toml": "score = -0.3\ncue = 0.3\n"}), "weights")
    assert (row.state, row.sentence) == ("ok", f"{tmp_path / 'w.toml'} changes `cue`, `score`")


# ---- the copied policy --------------------------------------------------------------------------------------------------


def change(folder: Path) -> None:
    file = folder / "policies" / "packs" / "tags.rtm"
    file.write_text(file.read_text().replace("over 60 minutes", "over 50 minutes"))


def copied_earlier(folder: Path) -> None:
    """As if the gate had shipped another policy when this one was copied."""
    from rtm_gate.gate import load_policy

    mine = load_policy(folder / "policies" / "standard.rtm").policy
    assert mine is not None
    file = folder / "rtm-gate.toml"
    settings = file.read_text()
    file.write_text(settings[: settings.rindex("[copied]")] + f'[copied]\nversion = "0.0.9"\ndigest = "{mine.digest}"\n')


def test_a_copy_as_shipped_also_with_other_comments(run: Run, tmp_path: Path) -> None:
    run("init")
    file = tmp_path / "policies" / "packs" / "tags.rtm"
    file.write_text("# read by legal in November\n\n" + file.read_text())
    assert [(row.state, row.sentence) for row in look(tmp_path, "copy")] == [("ok", f"as shipped with this rtm-gate {__version__}")]


def test_a_copy_changed_by_its_owner(run: Run, tmp_path: Path) -> None:
    run("init")
    change(tmp_path)
    assert [(row.state, row.sentence) for row in look(tmp_path, "copy")] == [("ok", "changed by you since it was copied: policies/packs/tags.rtm")]


def test_a_copy_of_another_version(run: Run, tmp_path: Path) -> None:
    run("init")
    change(tmp_path)
    copied_earlier(tmp_path)
    (row,) = look(tmp_path, "copy")
    assert (row.state, row.sentence) == ("warning", f"copied from rtm-gate 0.0.9; {__version__} ships another one")
    file = tmp_path / "policies" / "packs" / "tags.rtm"
    file.write_text(file.read_text().replace("over 50 minutes", "over 40 minutes"))
    (row,) = look(tmp_path, "copy")
    assert row.sentence == f"copied from rtm-gate 0.0.9, and changed by you since; {__version__} ships another one"


# ---- the clock ----------------------------------------------------------------------------------------------------------


@contextmanager
def server(clock: datetime) -> Iterator[str]:
    """Serves one feed, and has its own idea of the time."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = SOUND["wire.xml"].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return clock.strftime("%a, %d %b %Y %H:%M:%S GMT")

        def log_request(self, code: object = "-", size: object = "-") -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}/rss"
        finally:
            running.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("apart", "state", "phrase"),
    [
        (timedelta(seconds=90), "ok", "as http://127.0.0.1:"),
        (timedelta(minutes=40), "warning", "the clock is 40 minutes behind that of http://127.0.0.1:"),
        (timedelta(hours=-3), "warning", "the clock is 3 hours ahead of that of http://127.0.0.1:"),
    ],
)
def test_the_clock_is_compared_with_a_server(tmp_path: Path, apart: timedelta, state: str, phrase: str) -> None:
    with server(NOW + apart) as address:
        rows = look(laid(tmp_path, {"rtm-gate.toml": f"{HERE}policy = 'own.rtm'\nfeeds = ['{address}']"}), "feeds", "clock")
    assert [row.state for row in rows] == ["ok", state]
    assert phrase in rows[1].sentence


@pytest.mark.parametrize("year", [1970, 2025, 2200])
def test_a_year_that_cannot_be(tmp_path: Path, year: int) -> None:
    assert "failed" in states(look(laid(tmp_path, {}), "clock", now=datetime(year, 1, 1, tzinfo=UTC)))


# ---- the installation ---------------------------------------------------------------------------------------------------


def without(folder: Path, module: str) -> subprocess.CompletedProcess[str]:
    """`rtm-gate doctor` where a module cannot be imported."""
    program = f"import sys; sys.modules[{module!r}] = None; from rtm_gate.cli import cli; cli(['doctor', '--format', 'json'])"
    root = str(Path(__file__).parents[2])
    return subprocess.run([sys.executable, "-c", program], cwd=folder, env=os.environ | {"PYTHONPATH": root}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("module", "probe", "phrase"),
    [
        ("durable_rules_engine", "engine", "durable_rules"),
        ("spacy", "text model", "spacy"),
        ("packaging", "packages", "packaging"),
        ("psycopg", "store", "pip install 'rtm-gate[postgresql]'"),
        ("lark", "engine", "lark"),
    ],
)
def test_a_missing_part_is_named(tmp_path: Path, module: str, probe: str, phrase: str) -> None:
    settings = SETTINGS + ("store = 'postgresql://127.0.0.1:9/news'\n" if probe == "store" else "")
    ran = without(laid(tmp_path, {"rtm-gate.toml": settings}), module)
    assert (ran.returncode, ran.stderr) == (1, "")
    failed = [row for row in json.loads(ran.stdout)["rows"] if row["state"] == "failed"]
    assert any(row["probe"] == probe and phrase in row["sentence"] and row["remedy"] for row in failed), failed
