"""`rtm-gate feeds`, and what a check makes of a project's store: read, stale, changed, dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from tests.cli.conftest import NOW, Run
from tests.news.polling.served import Page, Site, rss

ROOT = Path(__file__).parents[2]
SALE = ("check", "--text", "Our linen shirts are back in stock.", "--format", "json")
DENVER = ("Gunman kills six at a mall in Denver, police say", "Six dead in Denver mall shooting")
TODAY = datetime(2026, 3, 10, 16, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


def project(folder: Path, *feeds: str, more: str = "") -> None:
    listed = ", ".join(f'"{feed}"' for feed in feeds)
    (folder / "rtm-gate.toml").write_text(f'feeds = [{listed}]\nprivate = ["127.0.0.1"]\n{more}')


def in_files(folder: Path, *titles: str, at: datetime = TODAY) -> None:
    for name, title in zip(("wire", "daily"), titles, strict=True):
        (folder / f"{name}.xml").write_text(rss(name, ("1", title, at)))


def test_pull_and_status(run: Run, tmp_path: Path, site: Site) -> None:
    site.pages["wire"] = Page(rss("Wire", ("1", DENVER[0], TODAY)))
    site.pages["login"] = Page("<!doctype html><html><body>Log in</body></html>")
    project(tmp_path, site.url("wire"), site.url("login"), site.url("lost"))
    assert [feed["problem"] for feed in run("feeds", "status", "--format", "json").json["feeds"]] == ["was never read; `rtm-gate feeds pull` reads it"] * 3
    pulled = run("feeds", "pull", "--format", "json")
    assert (pulled.code, [(row["entries"], row["new"]) for row in pulled.json]) == (0, [(1, 1), (0, 0), (0, 0)])
    status = run("feeds", "status", "--format", "json")
    said = {feed["feed"].rpartition("/")[2]: feed for feed in status.json["feeds"]}
    assert (status.code, status.json["trusted"]) == (1, False)  # one of three
    assert {name: feed["problem"] for name, feed in said.items()} == {
        "wire": "",
        "login": "the server sent an HTML page, not a feed",
        "lost": "the server answered 404 (not found)",
    }
    assert (said["wire"]["entries"], said["wire"]["new"], said["wire"]["healthy"]) == (1, 1, True)
    again = run("feeds", "pull", site.url("wire"), site.url("wire"), "--format", "json")
    assert [row["new"] for row in again.json] == [0]
    # What failed since is told, though what was read before is good for a while.
    site.pages["wire"] = Page("", status=410)
    run("feeds", "pull", site.url("wire"))
    wire = next(feed for feed in run("feeds", "status", "--format", "json").json["feeds"] if feed["feed"].endswith("wire"))
    assert (wire["healthy"], wire["problem"]) == (True, "the server answered 410 (gone)")
    assert "410" in run("feeds", "status").out


def test_pull_where_no_feed_can_be_read(run: Run, tmp_path: Path, site: Site) -> None:
    project(tmp_path, site.url("lost"))
    assert run("feeds", "pull").code == 1
    assert run("feeds", "pull", "other").code == 2


@pytest.mark.parametrize("verb", [("pull",), ("status",), ("watch",), ("ingest", "rtm-gate.txt", "--source", "x", "--at", NOW)])
def test_outside_a_project(run: Run, tmp_path: Path, verb: tuple[str, ...]) -> None:
    (tmp_path / "rtm-gate.txt").write_text("")
    ran = run("feeds", *verb)
    assert ran.code == 2
    assert "no project" in ran.err


def test_without_a_store_files_are_read_as_they_lie(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, *DENVER)
    project(tmp_path, "wire.xml", "daily.xml", "http://127.0.0.1:9/rss")
    ran = run(*SALE, "--now", NOW)
    assert "silence_where_it_happened" in {finding["rule"] for finding in ran.json["findings"]}
    problems = {source["name"]: source["problem"] for source in ran.json["news"]["sources"]}
    assert problems["http://127.0.0.1:9/rss"] == "was never read; `rtm-gate feeds pull` reads it"
    assert not (tmp_path / "rtm-gate.db").exists()


def test_with_a_store_files_are_taken_in_when_they_change(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, "Council approves bike lanes", "Library opens on Sundays")
    project(tmp_path, "wire.xml", "daily.xml")
    assert run("feeds", "pull").code == 0
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    assert run(*SALE, "--now", soon).code == 0
    now = datetime.now(UTC)
    for name, title in zip(("wire", "daily"), DENVER, strict=True):
        (tmp_path / f"{name}.xml").write_text(rss(name, ("2", title, now)))
    ran = run(*SALE, "--now", soon)
    assert ran.code == 10
    assert "silence_where_it_happened" in {finding["rule"] for finding in ran.json["findings"]}


def test_news_that_is_stale_holds(run: Run, tmp_path: Path, site: Site) -> None:
    site.pages["wire"] = Page(rss("Wire", ("1", "Council approves bike lanes", TODAY)))
    project(tmp_path, site.url("wire"))
    run("feeds", "pull")
    assert run(*SALE).code == 0
    late = run(*SALE, "--now", (datetime.now(UTC) + timedelta(hours=2)).isoformat())
    assert (late.code, late.json["verdict"]) == (10, "hold")
    assert "stale_news" in {finding["rule"] for finding in late.json["findings"]}


@pytest.mark.parametrize("death", ["corrupt", "a folder", "gone"])
def test_a_store_that_is_dead_holds_everything(run: Run, tmp_path: Path, death: str) -> None:
    in_files(tmp_path, "Council approves bike lanes", "Library opens on Sundays")
    store = "postgresql://nobody:hush@127.0.0.1:9/gate" if death == "gone" else "gate.db"
    project(tmp_path, "wire.xml", "daily.xml", more=f'store = "{store}"\n')
    if death == "corrupt":
        (tmp_path / "gate.db").write_bytes(b"no database at all" * 1000)
    elif death == "a folder":
        (tmp_path / "gate.db").mkdir()
    ran = run(*SALE, "--now", NOW)
    assert (ran.code, ran.json["verdict"]) == (30, "hold")
    finding = ran.json["findings"][0]
    assert (finding["rule"], finding["kind"]) == ("fault.store", "fault")
    assert finding["because"].startswith("the store ")
    assert "hush" not in ran.out
    for verb in (("feeds", "status"), ("feeds", "pull"), ("situations", "list"), ("situations", "close", "x", "--as", "ann", "--reason", "over")):
        assert run(*verb).code == 30, verb


def test_a_store_that_cannot_be_written_still_answers_where_nothing_is_to_be_written(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, *DENVER, at=datetime.now(UTC))
    (tmp_path / "kept").mkdir()
    project(tmp_path, "wire.xml", "daily.xml", more='store = "kept/gate.db"\n')
    run("feeds", "pull")
    (tmp_path / "kept").chmod(0o500)
    (tmp_path / "kept" / "gate.db").chmod(0o400)
    try:
        ran = run(*SALE)
    finally:
        (tmp_path / "kept").chmod(0o700)
    # Whoever runs this may write anywhere (root); nobody is let go who should not be.
    assert ran.code in (10, 30)


def test_ingest_as_if_polled(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, *DENVER)
    project(tmp_path)
    for name in ("wire", "daily"):
        ran = run("feeds", "ingest", f"{name}.xml", "--source", name, "--at", "2026-03-10T17:55:00Z", "--format", "json")
        assert (ran.code, ran.json[0]["entries"], ran.json[0]["new"]) == (0, 1, 1)
    listed = run("situations", "list", "--now", NOW, "--format", "json")
    assert [one["topic"] for one in listed.json] == ["tragedy.shooting"]
    (tmp_path / "bad.xml").write_text("OK")
    assert run("feeds", "ingest", "bad.xml", "--source", "wire", "--at", NOW).code == 1


# ---- what becomes of situations, in the record --------------------------------------------------------------------------


def recorded(run: Run) -> list[str]:
    return [row["said"]["done"] + " " + row["said"]["state"] for row in run("ledger", "show", "--kind", "situation", "--format", "json").json]


def test_what_is_taken_in_is_written_down(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, *DENVER)
    project(tmp_path, more="record = true\n")
    for name in ("daily", "wire"):
        assert run("feeds", "ingest", f"{name}.xml", "--source", name, "--at", NOW).code == 0
    assert recorded(run) == ["begun watch", "changed active"]
    (line,) = run("ledger", "show", "--last", "1").out.splitlines()
    assert line.endswith("active: tragedy.shooting, major, US-CO")
    assert run("ledger", "verify").code == 0


def test_what_is_pulled_is_written_down(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, *DENVER, at=datetime.now(UTC))
    project(tmp_path, "wire.xml", "daily.xml", more="record = true\n")
    for _ in range(2):
        assert run("feeds", "pull").code == 0
        assert recorded(run) == ["begun active"]


def test_where_it_cannot_be_written_down_the_news_is_kept_and_the_next_run_catches_up(run: Run, tmp_path: Path) -> None:
    in_files(tmp_path, *DENVER)
    project(tmp_path, more="record = true\n")
    (tmp_path / "ledger.key").write_text("no key")
    first = run("feeds", "ingest", "daily.xml", "--source", "daily", "--at", NOW, "--format", "json")
    assert (first.code, first.json[0]["new"]) == (30, 1)
    assert first.err.startswith("error: what became of the situations is not recorded, or not signed: ledger.key cannot be read")
    (tmp_path / "ledger.key").unlink()
    assert run("feeds", "ingest", "wire.xml", "--source", "wire", "--at", NOW).code == 0
    assert recorded(run) == ["begun watch", "changed active"]
    assert run("ledger", "verify").code == 0


# ---- watching -----------------------------------------------------------------------------------------------------------

WATCH = """
import sys
from rtm_gate.cli import main
from rtm_gate.news.polling import schedule
schedule.SHORTEST, schedule.USUAL = 2, 2
sys.argv = ["rtm-gate", "feeds", "watch", *sys.argv[1:]]
main()
"""


def watching(folder: Path, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen([sys.executable, "-c", WATCH, *options], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_watchers_share_the_feeds_and_end_at_once(run: Run, tmp_path: Path, site: Site) -> None:
    names = [f"feed{number}" for number in range(4)]
    for name in names:
        site.pages[name] = Page(rss(name, ("1", DENVER[0], TODAY)))
    project(tmp_path, *map(site.url, names))
    watchers = [watching(tmp_path), watching(tmp_path)]
    while min(site.asked[name] for name in names) < 3:
        sleep(0.1)
        assert all(watcher.poll() is None for watcher in watchers)
    for watcher, number in zip(watchers, (signal.SIGTERM, signal.SIGINT), strict=True):
        watcher.send_signal(number)
    said = [watcher.communicate(timeout=30) for watcher in watchers]
    assert [watcher.returncode for watcher in watchers] == [0, 0], said
    assert all("stopped; all that was read is kept" in err for _, err in said)
    assert not any("Traceback" in err for _, err in said)
    status = run("feeds", "status", "--format", "json").json["feeds"]
    assert [(feed["entries"], feed["problem"]) for feed in status] == [(1, "")] * 4
    # Each time that a feed was asked, one of the two kept it: neither asked for what the other had claimed.
    lines = sum(out.count("1 entries") for out, _ in said)
    asked = sum(site.asked[name] for name in names)
    assert lines <= asked <= lines + len(names)
    told = run("situations", "list", "--all", "--format", "json").json
    assert sum(len(one["stories"]) for one in told) in (0, 4)


def test_a_store_that_fails_ends_the_watch_with_a_sentence(tmp_path: Path, site: Site) -> None:
    site.pages["wire"] = Page(rss("Wire", ("1", "All is well", TODAY)))
    project(tmp_path, site.url("wire"), more='store = "postgresql://nobody@127.0.0.1:9/gate"\n')
    with watching(tmp_path) as watcher:
        out, err = watcher.communicate(timeout=60)
    assert watcher.returncode == 30
    assert "error: the store" in err
    assert "Traceback" not in out + err


def test_two_watchers_write_down_each_change_once(run: Run, tmp_path: Path, site: Site) -> None:
    for name, title in zip(("wire", "daily"), DENVER, strict=True):
        site.pages[name] = Page(rss(name, ("1", title, datetime.now(UTC))))
    project(tmp_path, site.url("wire"), site.url("daily"), more="record = true\n")
    watchers = [watching(tmp_path), watching(tmp_path)]
    while min(site.asked[name] for name in ("wire", "daily")) < 3:
        sleep(0.1)
        assert all(watcher.poll() is None for watcher in watchers)
    for watcher in watchers:
        watcher.send_signal(signal.SIGTERM)
    assert [(watcher.communicate(timeout=30), watcher.returncode)[1] for watcher in watchers] == [0, 0]
    rows = run("ledger", "show", "--kind", "situation", "--format", "json").json
    said = [(row["subject"], {key: value for key, value in row["said"].items() if key not in ("now", "snapshot")}) for row in rows]
    assert rows
    assert rows[-1]["said"]["state"] == "active" or rows[-1]["said"]["as"] == rows[-2]["subject"]
    assert all(one not in said[:number] for number, one in enumerate(said))
    assert run("ledger", "verify").code == 0


def test_a_record_that_fails_ends_the_watch_with_a_sentence(tmp_path: Path, site: Site) -> None:
    site.pages["wire"] = Page(rss("Wire", ("1", DENVER[0], datetime.now(UTC))))
    project(tmp_path, site.url("wire"), more="record = true\n")
    (tmp_path / "ledger.key").write_text("no key")
    with watching(tmp_path) as watcher:
        out, err = watcher.communicate(timeout=60)
    assert (watcher.returncode, "1 entries, 1 new" in out) == (30, True)
    assert "what became of the situations is not recorded, or not signed" in err
    assert "Traceback" not in out + err
