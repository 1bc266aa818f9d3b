"""What `rtm-gate.toml` and `people.toml` may say, what they change, and how all that is wrong with them is said at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rtm_gate import Gate, news
from rtm_gate.gate import ProjectError, open_project
from rtm_gate.gate.configuration import Configuration
from rtm_gate.gate.people import People, read_people
from rtm_gate.language.syntax.words import listed
from rtm_gate.model.news import News

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUIET = News(True, (), (news.healthy("wire", NOW),), "s")
DRAFT: dict[str, Any] = {"text": "Our linen shirts are back in stock.", "platform": "x", "kind": "reactive"}
POLICY = """policy "Own" {{ language 1 owner "o@example.com" audience US roles manager otherwise go answers hold for 10 minutes }}
{rules}
"""


def project(folder: Path, configuration: str, rules: str = "") -> Path:
    (folder / "own.rtm").write_text(POLICY.format(rules=rules))
    (folder / "rtm-gate.toml").write_text('policy = "own.rtm"\n' + configuration)
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(ProjectError) as caught:
        open_project(folder)
    assert all(problem.startswith(f"{folder / 'rtm-gate.toml'}: ") for problem in caught.value.problems)
    return [problem.removeprefix(f"{folder / 'rtm-gate.toml'}: ") for problem in caught.value.problems]


# ---- rtm-gate.toml ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("polcy = 'own.rtm'", "there is no key `polcy`; did you mean `policy`?"),
        ("xyzzy = 1", f"there is no key `xyzzy`; keys are {listed(Configuration.model_fields)}"),
        ("[team]\nsiz = 3", "there is no key `siz` in team; did you mean `size`?"),
        ("[team]\nsize = 0", "team.size: input should be greater than or equal to 1 (given: `0`)"),
        ("[team]\ntenure_months = nan", "team.tenure_months: input should be a finite number (given: `nan`)"),
        ("[team]\non_call = 'yes'", "team.on_call: input should be a valid boolean (given: `yes`)"),
        ("lease = 600", 'lease: `600` is not a duration; write it with its unit, like "10 minutes"'),
        ("lease = '10'", 'lease: `10` is not a duration; write it with its unit, like "10 minutes"'),
        ("lease = '0 minutes'", 'lease: `0 minutes` is not a duration; write it with its unit, like "10 minutes"'),
        ("lease = '1.5 hours'", 'lease: `1.5 hours` is not a duration; write it with its unit, like "10 minutes"'),
        ("lease = '2 days'", "lease: `2 days` is longer than 1 day: an answer that old is worth nothing"),
        ("feeds = 'wire.xml'", "feeds: is a list: write [ … ] (given: `wire.xml`)"),
        ("feeds = ['wire.xml', 3]", "feeds entry 2: input should be a valid string (given: `3`)"),
        ("feeds = ['  ']", "feeds entry 1: is empty"),
        ('feeds = ["wire\\u0000.xml"]', "feeds entry 1: holds a broken character"),
        ("feeds = ['ftp://wire.example/x']", "feeds entry 1: `ftp` addresses are not read; give a file or an http(s) address"),
        ("people = ''", "people: is empty"),
        ("store = 'postgresql:///gate'", "store: the address names no host"),
        ("trust_callers = 1", "trust_callers: input should be a valid boolean (given: `1`)"),
        ("[copied]\nversion = '0.1.0'", "copied.digest: is required"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "rtm-gate.toml").write_text(written)
    assert problems(tmp_path) == [said]


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").write_text('polcy = "x"\nfeeds = [3]\nlease = 10\nmodel = ""\n')
    assert len(problems(tmp_path)) == 4


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").write_text('store = "mysql://gate:hush@db.example/gate"')
    (said,) = problems(tmp_path)
    assert said.startswith("store: `mysql` is no store")
    assert "hush" not in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"policy = \n", "is not TOML: Invalid value (at line 1, column 10)"),
        (b"policy = 'a'\npolicy = 'b'\n", "is not TOML: Cannot overwrite a value (at line 2, column 13)"),
        (b"policy = '\xff'", "is not UTF-8 text"),
        (b"#" * 1_000_001, "is larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "rtm-gate.toml").write_bytes(content)
    assert problems(tmp_path) == [said]


@pytest.mark.parametrize("store", ["gate.db", "data/gate.db", "sqlite:///gate.db", "postgresql://db.example/gate", "postgresql+psycopg://u:p@db.example/gate"])
def test_where_a_store_may_be(tmp_path: Path, store: str) -> None:
    assert open_project(project(tmp_path, f'store = "{store}"')).configuration.store == store


def test_feeds_are_files_patterns_and_addresses(tmp_path: Path) -> None:
    for name in ("b.xml", "a.xml"):
        (tmp_path / name).write_text("")
    opened = open_project(project(tmp_path, 'feeds = ["*.xml", "none.xml", "**bad", "https://wire.example/rss"]'))
    assert tuple(feed.address for feed in opened.feeds) == (
        *(str(tmp_path / name) for name in ("a.xml", "b.xml", "none.xml", "**bad")),
        "https://wire.example/rss",
    )


# ---- what the keys change -----------------------------------------------------------------------------------------------

SMALL_TEAM = """rule small_team "Nobody is there to answer" {
  when    draft is reactive and team.size under 3 and team.tenure under 6 months and not team.on_call
  then    hold
  because "Whoever joins a conversation has to stay in it."
  fix     "Wait until somebody is there."
}"""


@pytest.mark.parametrize(
    ("team", "verdict"),
    [
        ("", "go"),
        ("team = { size = 2, tenure_months = 5.5 }", "hold"),
        ("team = { size = 3, tenure_months = 5.5 }", "go"),
        ("team = { size = 2, tenure_months = 6 }", "go"),
        ("team = { size = 2, tenure_months = 5.5, on_call = true }", "go"),
        ("team = { size = 2 }", "go"),
    ],
)
def test_a_rule_can_ask_about_the_team(tmp_path: Path, team: str, verdict: str) -> None:
    with Gate.open(project(tmp_path, team, SMALL_TEAM)) as gate:
        assert gate.loaded.diagnostics == ()
        assert gate.check(DRAFT, QUIET, NOW).verdict == verdict


def test_the_team_is_shown_where_it_decides(tmp_path: Path) -> None:
    with Gate.open(project(tmp_path, "team = { size = 2, tenure_months = 5 }", SMALL_TEAM)) as gate:
        (finding,) = gate.check(DRAFT, QUIET, NOW).deciding
    assert {"kind": "team", "text": "the team: 2 people, the newest there for 152 days, nobody on call"} in finding.evidence


@pytest.mark.parametrize(
    ("lease", "until"),
    [("", "12:10:00"), ("lease = '5 minutes'", "12:05:00"), ("lease = '90 seconds'", "12:01:30"), ("lease = '1 hour'", "12:10:00")],
)
def test_a_lease_is_only_ever_shortened(tmp_path: Path, lease: str, until: str) -> None:
    with Gate.open(project(tmp_path, lease)) as gate:
        assert gate.check(DRAFT, QUIET, NOW).valid_until == f"2026-03-10T{until}Z"


def test_the_lease_of_a_policy_without_a_project_is_its_own(tmp_path: Path) -> None:
    with Gate.open(project(tmp_path, "lease = '5 minutes'") / "own.rtm") as gate:
        assert gate.check(DRAFT, QUIET, NOW).valid_until == "2026-03-10T12:10:00Z"


# ---- weights ------------------------------------------------------------------------------------------------------------

BLAST = """rule blasts "Blasts" {
  when    any mention where literal and topic is tragedy
  then    no-go
  because "It hurts."
  fix     "Wait."
}"""
FLAVOUR = DRAFT | {"text": "An explosion of paperwork at the station on Sunday."}


def test_a_project_has_weights_of_its_own(tmp_path: Path) -> None:
    assert _words(tmp_path, "", "") == ("go", "standard", ["quantity -0.4"])
    verdict, weights, clues = _words(tmp_path, 'weights = "words/weights.toml"', "quantity = 0\n")
    assert (verdict, clues) == ("no-go", ["quantity 0.0"])
    assert weights.startswith("sha256:")
    # The same numbers in another spelling are the same weights.
    assert _words(tmp_path, 'weights = "words/weights.toml"', "# mine\nscore = -0.25\nquantity = -0.0\n") == (verdict, weights, clues)
    assert _words(tmp_path, 'weights = "words/weights.toml"', "") == ("go", "standard", ["quantity -0.4"])


def _words(folder: Path, configuration: str, weights: str) -> tuple[str, str, list[str]]:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / "weights.toml").write_text(weights)
    with Gate.open(project(folder, configuration, BLAST)) as gate:
        verdict = gate.check(FLAVOUR, QUIET, NOW)
        assert verdict.read_by.vocabulary.startswith("sha256:")
        clues = [f"{clue.kind} {clue.weight}" for mention in gate.read_text(FLAVOUR["text"]).mentions for clue in mention.evidence if clue.kind == "quantity"]
        assert gate.check(FLAVOUR, QUIET, NOW).to_json().partition("timings_ms")[0] == verdict.to_json().partition("timings_ms")[0]
        return verdict.verdict, verdict.read_by.weights, clues


def test_the_news_is_read_with_the_shipped_weights(tmp_path: Path) -> None:
    """A brand that finds most storms harmless in its own posts still hears of one."""
    (tmp_path / "weights.toml").write_text("place_after = 0.05\n")
    with Gate.open(project(tmp_path, 'weights = "weights.toml"')) as gate:
        headline = "Flood in Venice"
        assert [m.literal for m in gate.read_text(headline).mentions] == [False]
        assert [m.literal for m in gate.read_headline(headline).mentions] == [True]
        told = gate.news((), now=NOW, stories=[news.headline(headline, "wire", NOW)])
        assert [situation.topic for situation in told.situations] == ["disaster.flood"]


def test_other_weights_make_another_verdict(tmp_path: Path) -> None:
    """Two answers that may differ never have one id."""
    ids = set()
    for weights in ("", "cue = 0.3\n", "cue = 0.35\n"):
        (tmp_path / "weights.toml").write_text(weights)
        with Gate.open(project(tmp_path, 'weights = "weights.toml"')) as gate:
            ids.add(gate.check(DRAFT, QUIET, NOW).id)
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, ["No such file or directory"]),
        (b"cue = \n", ["is not TOML: Invalid value (at line 1, column 7)"]),
        (b"cue = '\xff'", ["is not UTF-8 text"]),
        (b"cue = -0.1\nscore = 7\n", ["cue: `-0.1` has the wrong sign", "score: `7` has the wrong sign"]),
        (b"report = 0.9\nalone = nan\n", ["report: `0.9` is not between 0.0 and 0.25", "alone: `nan` is not a number"]),
    ],
)
def test_broken_weights_hold_everything_and_are_named(tmp_path: Path, content: bytes | None, said: list[str]) -> None:
    if content is not None:
        (tmp_path / "weights.toml").write_bytes(content)
    with Gate.open(project(tmp_path, 'weights = "weights.toml"')) as gate:
        verdict = gate.check(DRAFT, QUIET, NOW)
    assert (verdict.verdict, verdict.faulted, [finding.rule for finding in verdict.deciding]) == ("hold", True, ["fault.weights"])
    because = verdict.findings[0].because
    assert [f"{tmp_path / 'weights.toml'}: {problem}" in because for problem in said] == [True] * len(said), because
    assert verdict.read_by.weights == "standard"


# ---- people.toml --------------------------------------------------------------------------------------------------------


def people(folder: Path, *rows: str) -> People:
    file = folder / "people.toml"
    file.write_text("".join(f"[[people]]\n{row}\n" for row in rows) or "people = []")
    return read_people(file)


def test_people_and_their_roles(tmp_path: Path) -> None:
    read = people(tmp_path, 'id = "legal-1"\nroles = ["legal", "pr"]', 'id = "social-1"\nname = "On weekdays"')
    assert [(p.id, p.name, p.roles) for p in read.people] == [("legal-1", "", ("legal", "pr")), ("social-1", "On weekdays", ())]
    assert people(tmp_path).people == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (['id = "sam"', 'id = "sam"'], ["`sam` stands 2 times; one person is one entry"]),
        (['id = "Sam"', 'id = "kim"', 'id = "sam "'], ["`Sam` stands 2 times (written `Sam`, `sam `); one person is one entry"]),
        (['id = "sam"', 'id = "s\\u200bam"'], ["`sam` stands 2 times (written `sam`, `s\u200bam`); one person is one entry"]),
        (['id = " "'], ["an id is blank"]),
        (['name = "Sam"'], ["people entry 1, id: is required"]),
        (['id = "sam"\nrole = ["legal"]'], ["there is no key `role` in people entry 1; did you mean `roles`?"]),
        (['id = "sam"\nroles = "legal"'], ["people entry 1, roles: is a list: write [ … ] (given: `legal`)"]),
        (['id = "sam"\nroles = ["Legal"]'], ["people entry 1, roles entry 1: string should match pattern '^[a-z][a-z0-9_]*$' (given: `Legal`)"]),
        (
            ['id = "sam"\nroll = "x"', 'id = "SAM"\nroles = [3]'],
            [
                "there is no key `roll` in people entry 1; did you mean `roles`?",
                "people entry 2, roles entry 1: input should be a valid string (given: `3`)",
                "`sam` stands 2 times (written `sam`, `SAM`); one person is one entry",
            ],
        ),
    ],
)
def test_what_is_wrong_with_people(tmp_path: Path, rows: list[str], said: list[str]) -> None:
    with pytest.raises(ProjectError) as caught:
        people(tmp_path, *rows)
    assert [problem.removeprefix(f"{tmp_path / 'people.toml'}: ") for problem in caught.value.problems] == said


# ---- for editors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Configuration, People])
def test_every_key_is_explained(model: type[Configuration] | type[People]) -> None:
    schema = model.model_json_schema()
    tables = [schema, *schema["$defs"].values()]
    assert [name for table in tables for name, field in table["properties"].items() if "description" not in field] == []
