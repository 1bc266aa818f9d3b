"""`rtm-gate init`, and the project it makes, used as its owner would use it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from rtm_gate import __version__, resources
from rtm_gate.cli import cli
from rtm_gate.cli.init import NEXT
from rtm_gate.cli.policy import policy
from rtm_gate.gate import load_policy, open_project
from rtm_gate.gate.people import read_people
from rtm_gate.news.sources import bundled_catalog, starter_feeds
from tests.cli.conftest import Run

HOUR = ("--now", "2026-11-17T15:00:00Z")
"""When the sample feeds were recorded."""


def listing(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


@pytest.fixture
def made(run: Run, tmp_path: Path) -> Path:
    """A project in the folder that commands run in."""
    ran = run("init")
    assert ran.code == 0, ran.err
    return tmp_path


def test_it_makes_a_folder_and_says_what_is_in_it(run: Run, tmp_path: Path) -> None:
    ran = run("init", "brands/acme")
    assert (ran.code, ran.err) == (0, "")
    said = set(re.findall(r"^made (.+)$", ran.out, re.MULTILINE))
    assert said == {str(path.relative_to(tmp_path)) for path in (tmp_path / "brands" / "acme").rglob("*") if path.is_file()}
    assert "Next, in brands/acme:" in ran.out
    for command, _ in NEXT:
        assert command in ran.out


def test_what_it_makes(made: Path) -> None:
    names = set(listing(made))
    assert {"rtm-gate.toml", "people.toml", "README.md", ".github/workflows/policy.yml", "policies/standard.rtm", "policies/packs/grave.rtm"} <= names
    assert {"feeds/sample/nws.xml", "feeds/catalog/world.toml", "feeds/catalog/regions/europe.toml", ".gitignore"} <= names
    assert {"examples/go.json", "examples/drafts.jsonl", "cases/boots-on-a-quiet-day/case.json"} <= names


def test_the_policy_is_a_copy_and_says_of_what(made: Path) -> None:
    copied = open_project(made).configuration.copied
    mine, shipped = load_policy(made / "policies" / "standard.rtm").policy, load_policy(resources.path("policies")).policy
    assert copied is not None
    assert mine is not None
    assert shipped is not None
    assert (copied.version, copied.digest) == (__version__, shipped.digest)
    assert mine.digest == shipped.digest


# ---- the first commands -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("example", "code"), [("go", 0), ("hold", 10), ("no-go", 20)])
def test_its_examples_in_the_hour_of_its_samples(run: Run, made: Path, example: str, code: int) -> None:
    ran = run("check", f"examples/{example}.json", *HOUR, "--format", "json")
    assert (ran.code, ran.json["verdict"]) == (code, example)


def test_the_first_example_goes_at_any_hour_and_says_that_the_news_is_none(run: Run, made: Path) -> None:
    for hour in ((), HOUR, ("--now", "2031-01-01T00:00:00Z")):
        ran = run("check", "examples/go.json", *hour, "--format", "json")
        assert ran.code == 0, ran.out
        assert "recorded sample" in " ".join(ran.json["warnings"])


def test_other_news_is_not_called_a_sample(run: Run, made: Path, quiet: Path) -> None:
    ran = run("check", "examples/go.json", "--feed", quiet, *HOUR, "--format", "json")
    assert ran.json["warnings"] == []


def test_the_samples_are_known_wherever_they_lie(run: Run, made: Path) -> None:
    (made / "wire.xml").write_bytes((made / "feeds" / "sample" / "neutral.xml").read_bytes())
    (made / "rtm-gate.toml").write_text('policy = "policies"\nfeeds = ["wire.xml"]\n')
    assert "recorded sample" in " ".join(run("check", "examples/go.json", *HOUR, "--format", "json").json["warnings"])
    (made / "wire.xml").write_text((made / "wire.xml").read_text().replace("Bakery chain", "Bakery"))
    assert run("check", "examples/go.json", *HOUR, "--format", "json").json["warnings"] == []


def test_many_drafts(run: Run, made: Path) -> None:
    ran = run("screen", "examples/drafts.jsonl", *HOUR)
    assert [json.loads(line)["verdict"] for line in ran.out.splitlines()] == ["go", "hold", "no-go"]


def test_the_commands_it_names_work(run: Run, made: Path) -> None:
    codes = {command: run(*shlex.split(command)[1:]).code for command, _ in NEXT}
    assert list(codes.values()) == [20, 0, 0], codes
    assert all(command in (made / "README.md").read_text() for command in codes)


def test_its_workflow_works(run: Run, made: Path) -> None:
    """All of its commands but those of a verb that this version does not have."""
    workflow = (made / ".github" / "workflows" / "policy.yml").read_text()
    steps = [shlex.split(line) for line in re.findall(r"run: rtm-gate (.+)", workflow)]
    assert [step[:2] for step in steps] == [["policy", "fmt"], ["policy", "check"], ["policy", "test"], ["doctor"]]
    here = [step for step in steps if step[0] in cli.commands and (step[0] != "policy" or step[1] in policy.commands)]
    assert len(here) >= 3
    assert {" ".join(step): run(*step).code for step in here} == {" ".join(step): 0 for step in here}
    assert f"rtm-gate=={__version__}" in workflow


# ---- what it explains ---------------------------------------------------------------------------------------------------


def test_its_settings_explain_every_key(made: Path) -> None:
    from rtm_gate.gate.configuration import Configuration

    written = (made / "rtm-gate.toml").read_text()
    for key in Configuration.model_fields:
        assert re.search(rf"^(# )?(\[{key}\]|{key} += |{key} = )", written, re.MULTILINE), key


def test_its_settings_hold_with_every_example_switched_on(made: Path) -> None:
    file = made / "rtm-gate.toml"
    switched = re.sub(r"^# ((?:team|lease|model|store|private|keep_news|keep_told|trust_callers) = )", r"\1", file.read_text(), flags=re.MULTILINE)
    file.write_text(switched)
    read = open_project(made).configuration
    assert (read.private, read.keep_news) == (("10.0.0.0/8", "intranet.example"), 30)
    assert (read.lease, read.store, read.model, read.trust_callers) == (300, "rtm-gate.db", "en_core_web_md", False)
    assert read.team is not None
    assert read.team.size == 3


def test_its_list_of_feeds_is_the_starter(made: Path) -> None:
    """As its README says: the line of the samples taken out, and the `#` from the list below it."""
    file = made / "rtm-gate.toml"
    before, _, after = file.read_text().partition('feeds = ["feeds/sample/*.xml"]\n')
    listed, _, rest = after.partition("\n\n")
    file.write_text(before + re.sub("^# ?", "", listed, flags=re.MULTILINE) + "\n\n" + rest)
    assert open_project(made).feeds == starter_feeds()


def test_its_catalog_can_be_corrected_and_extended(made: Path) -> None:
    assert open_project(made).catalog == bundled_catalog()
    file = made / "feeds" / "catalog" / "world.toml"
    file.write_text(
        file.read_text().replace("https://www.theguardian.com/world/rss", "https://guardian.example/rss")
        + '\n[[feed]]\nname = "Ours"\naddress = "https://ours.example/rss"\n'
    )
    addresses = {feed.name: feed.address for feed in open_project(made).catalog.feeds}
    assert addresses["The Guardian World"] == "https://guardian.example/rss"
    assert addresses["Ours"] == "https://ours.example/rss"


def test_its_people_fill_every_role_and_are_nobody(made: Path) -> None:
    loaded = load_policy(made / "policies" / "standard.rtm").policy
    assert loaded is not None
    people = read_people(made / "people.toml").people
    assert {role for person in people for role in person.roles} == set(loaded.roles)
    assert all(re.fullmatch(r"[a-z]+-\d", person.id) and not person.name for person in people)


# ---- it never overwrites ------------------------------------------------------------------------------------------------


def test_files_that_are_there_are_all_named_and_nothing_changes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme" / "policies").mkdir(parents=True)
    (tmp_path / "acme" / "README.md").write_text("Ours.\n")
    (tmp_path / "acme" / "policies" / "standard.rtm").write_text("# ours\n")
    (tmp_path / "acme" / "cases").write_text("a file where a folder is needed\n")
    (tmp_path / "acme" / "people.toml").symlink_to("nowhere")
    before = listing(tmp_path)
    ran = run("init", "acme")
    assert (ran.code, ran.out) == (2, "")
    assert [line for line in ran.err.splitlines() if "is there already" in line] == [
        f"error: acme/{name}: is there already" for name in ("README.md", "cases", "people.toml", "policies/standard.rtm")
    ]
    assert "nothing was changed" in ran.err
    assert listing(tmp_path) == before


def test_a_second_time_it_changes_nothing(run: Run, made: Path) -> None:
    before = listing(made)
    assert run("init").code == 2
    assert listing(made) == before


def test_beside_other_files_it_fits(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "other.yml").write_text("name: other\n")
    (tmp_path / "policies").mkdir()
    assert run("init").code == 0
    assert (tmp_path / ".github" / "workflows" / "other.yml").read_text() == "name: other\n"


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("")
    ran = run("init", "acme")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: acme: is there already")


def test_what_cannot_be_written_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    """A name no file system takes, halfway down."""
    ran = run("init", "a/b/" + "c" * 300)
    assert ran.code == 2
    assert "nothing was changed" in ran.err
    assert listing(tmp_path) == {}
