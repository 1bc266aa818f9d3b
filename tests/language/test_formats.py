"""What programs read: SARIF for code scanning, workflow commands for pull requests, JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from rtm_gate.language import load
from rtm_gate.language.diagnostics.codes import page_of
from rtm_gate.language.diagnostics.formats import FORMATS, Found

BAD = """policy "P" { language 1  owner "o@example.com"  audience US  roles manager }
rule a "漢字 🙂" { when draft.platfrom is x  then warn }
rule b "No reason" { when draft.length over 100  then hold }
include "packs, new/50% more.rtm"
"""
PACK = 'rule c "Several lines" {\n  when draft.length over 3\n    and draft.length over 5 hours\n  then warn\n}\nshadow topic d "D" {\n  terms "ferry"\n}\n'


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """A policy in `brand/`, seen from the folder above it."""
    folder = tmp_path / "brand" / "packs, new"
    folder.mkdir(parents=True)
    (tmp_path / "brand" / "acme.rtm").write_text(BAD, encoding="utf-8")
    (folder / "50% more.rtm").write_text(PACK, encoding="utf-8")
    loaded = load(tmp_path / "brand" / "acme.rtm")
    return Found(loaded.diagnostics, loaded.sources, loaded.paths, tmp_path, "1.2.3")


def other(found: Found, here: Path) -> Found:
    return Found(found.diagnostics, found.sources, found.paths, here, found.version)


# ---- SARIF: the properties that the standard requires, and those that code scanning reads -------------------------------------------


def sarif(found: Found) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(FORMATS["sarif"](found))
    return log


def test_a_log_has_what_the_standard_requires(found: Found) -> None:
    log = sarif(found)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("rtm-gate", "1.2.3")
    assert set(driver) == {"name", "semanticVersion", "rules"}
    assert [rule["id"] for rule in driver["rules"]] == sorted({d.code for d in found.diagnostics})
    for rule in driver["rules"]:
        page = page_of(rule["id"])
        assert page is not None
        assert set(rule) == {"id", "defaultConfiguration", "shortDescription", "fullDescription", "help", "properties"}
        assert rule["shortDescription"] == {"text": page.title}
        assert rule["fullDescription"] == {"text": page.rationale}
        assert rule["help"]["markdown"] == page.text
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"] == {"level": page.level}


def test_a_result_has_its_rule_its_words_and_its_place(found: Found) -> None:
    (run,) = sarif(found)["runs"]
    assert len(run["results"]) == len(found.diagnostics) == 4
    for result, diagnostic in zip(run["results"], found.diagnostics, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == diagnostic.code
        assert result["level"] == diagnostic.level
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"].startswith(diagnostic.message)
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        assert 1 <= region["startLine"] <= region["endLine"]
        assert region["startColumn"] >= 1
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
        assert (found.here / unquote(uri)).is_file()


def test_a_region_marks_the_wrong_word(found: Found) -> None:
    (run,) = sarif(found)["runs"]
    (result,) = [row for row in run["results"] if row["ruleId"] == "RTM204"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = BAD.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "platfrom"
    assert "did you mean `platform`?" in result["message"]["text"]


def test_a_file_elsewhere_has_a_whole_address(found: Found, tmp_path: Path) -> None:
    for result in sarif(other(found, tmp_path / "elsewhere"))["runs"][0]["results"]:
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert set(artifact) == {"uri"}
        assert artifact["uri"].startswith("file:///")
        assert Path(unquote(artifact["uri"].removeprefix("file://"))).is_file()


def test_a_clean_policy_is_a_log_without_results(found: Found) -> None:
    (run,) = sarif(Found((), {}, {}, found.here, "1.2.3"))["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_place_that_is_a_point_has_no_end(tmp_path: Path) -> None:
    loaded = load(tmp_path / "missing.rtm")
    (result,) = sarif(Found(loaded.diagnostics, loaded.sources, loaded.paths, tmp_path, "1"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "missing.rtm", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1, "startColumn": 1},
    }


# ---- workflow commands ---------------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(?P<level>error|warning) (?P<properties>[^:]*)::(?P<message>.*)")


def commands(found: Found) -> list[tuple[str, dict[str, str], str]]:
    """Level, properties and message, read as the runner reads them."""
    rows = []
    for line in FORMATS["github"](found).split("\n"):
        match = COMMAND.fullmatch(line)
        assert match is not None, line
        properties = dict(pair.split("=", 1) for pair in match["properties"].split(","))
        unescaped = {name: _plain(value).replace("%3A", ":").replace("%2C", ",").replace("%25", "%") for name, value in properties.items()}
        rows.append((match["level"], unescaped, _plain(match["message"]).replace("%25", "%")))
    return rows


def _plain(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n")


def test_a_command_annotates_the_place(found: Found) -> None:
    rows = {properties["title"]: (level, properties, message) for level, properties, message in commands(found)}
    level, properties, message = rows["RTM204"]
    assert level == "error"
    column = BAD.split("\n")[1].index("platfrom") + 1
    assert properties == {
        "file": "brand/acme.rtm", "line": "2", "endLine": "2", "col": str(column), "endColumn": str(column + 8), "title": "RTM204",
    }  # fmt: skip
    assert message.split("\n")[:2] == ["`draft` has no field `platfrom`", "did you mean `platform`?"]
    assert rows["RTM401"][0] == "warning"
    assert rows["RTM220"][1]["file"] == "brand/packs, new/50% more.rtm"


def test_a_span_of_several_lines_has_no_columns(found: Found) -> None:
    (_, properties, _) = next(row for row in commands(found) if row[1]["title"] == "RTM113")
    assert (properties["line"], properties["endLine"]) == ("6", "8")
    assert not {"col", "endColumn"} & set(properties)


def test_a_text_of_the_author_cannot_give_commands(tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text('policy "P" { language 1  timezone "100%\r::error::pwned"  audience US }\n', encoding="utf-8", newline="")
    loaded = load(tmp_path / "p.rtm")
    ((_, _, message),) = commands(Found(loaded.diagnostics, loaded.sources, loaded.paths, tmp_path, "1"))
    assert "100%⟨U+000D⟩::error::pwned" in message


# ---- JSON ----------------------------------------------------------------------------------------------------------------------------


def test_json_names_the_file_as_people_and_as_programs_see_it(found: Found) -> None:
    rows = json.loads(FORMATS["json"](found))
    assert [(row["file"], row["path"]) for row in rows if row["code"] in ("RTM204", "RTM220")] == [
        ("brand/acme.rtm", "brand/acme.rtm"),
        ("brand/packs, new/50% more.rtm", "brand/packs, new/50% more.rtm"),
    ]
    inside = json.loads(FORMATS["json"](other(found, found.here / "brand")))
    assert {row["path"] for row in inside} == {"acme.rtm", "packs, new/50% more.rtm"}
    assert {row["file"] for row in inside} == {row["file"] for row in rows}
