"""screen, analyze, situations and policy, as people and programs call them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import NOW, Run


def test_screen_gives_a_verdict_a_line_and_the_worst_code(run: Run, tmp_path: Path, shooting: list[str]) -> None:
    drafts = [
        json.dumps({"id": "a", "text": "Our linen shirts are back.", "platform": "x", "kind": "planned", "regions": ["GB"]}),
        "not json",
        json.dumps({"id": "b", "text": "Killer savings.", "platform": "x", "kind": "planned"}),
        "",
        json.dumps({"id": "c", "kind": "later"}),
    ]
    (tmp_path / "drafts.jsonl").write_text("\n".join(drafts))
    ran = run("screen", "drafts.jsonl", *shooting, "--now", NOW)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row.get("verdict") for row in rows] == ["go", None, "no-go", None]
    assert rows[1]["line"] == 2
    assert len(rows[3]["problems"]) == 3
    assert ran.code == 2
    written = run("screen", "drafts.jsonl", *shooting, "--now", NOW, "-o", "out.jsonl")
    assert written.out == ""
    assert [json.loads(line).get("verdict") for line in (tmp_path / "out.jsonl").read_text().splitlines()] == ["go", None, "no-go", None]


def test_analyze_shows_what_counts_and_what_does_not(run: Run, tmp_path: Path) -> None:
    ran = run("analyze", "--text", "Killer deals near the shooting in Boston, police say. #PrayForBoston", "--format", "json")
    assert ran.code == 0
    assert {"id", "mentions", "suppressed", "hashtags", "places", "claims", "language", "tone"} <= set(ran.json)
    assert any(m["topic"].startswith("tragedy") and m["literal"] and m["evidence"] for m in ran.json["mentions"])
    assert [s["text"].lower() for s in ran.json["suppressed"]] == ["killer"]
    (tmp_path / "texts.jsonl").write_text('{"id": "1", "text": "Hello."}\n{"id": "2", "text": "Bye."}\n')
    lines = run("analyze", "texts.jsonl", "--format", "json").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["1", "2"]
    assert "Boston" in run("analyze", "--text", "Hello Boston").out
    assert run("analyze").code == 2


def test_situations_lists_what_is_going_on(run: Run, shooting: list[str], quiet: Path) -> None:
    ran = run("situations", "list", *shooting, "--feed", quiet, "--now", NOW, "--format", "json")
    (only,) = ran.json
    assert (only["topic"], only["state"], only["severity"], only["regions"]) == ("tragedy.shooting", "active", "major", ["US-CO"])
    assert len(only["stories"]) == 2
    every = run("situations", "list", *shooting, "--feed", quiet, "--now", NOW, "--all", "--format", "json")
    assert len(every.json) == 3
    assert "Denver" in run("situations", "list", *shooting, "--now", NOW).out


def test_policy_check_lists_every_fault_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text(
        'policy "P" { language 1 owner "o@example.com" roles manager }\n'
        'rule a "A" { when draft.platfrom is x then no-go because "b" fix "f" }\n'
        'rule b "B" { when draft is planned then hold for manger because "b" fix "f" }\n'
    )
    ran = run("policy", "check", "p.rtm")
    assert ran.code == 1
    assert "p.rtm:2:" in ran.out
    assert "p.rtm:3:" in ran.out
    assert "^" in ran.out
    assert "did you mean `platform`" in ran.out
    rows = run("policy", "check", "p.rtm", "--format", "json").json
    assert [row["line"] for row in rows if row["level"] == "error"] == [2, 3]


def test_policy_check_speaks_to_programs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "brand" / "p.rtm").write_text('policy "P" { language 1  audience US }\nrule a "A" { when draft.platfrom is x  then warn }\n')
    annotated = run("policy", "check", "brand/p.rtm", "--format", "github")
    assert annotated.code == 1
    assert annotated.out.startswith("::error file=brand/p.rtm,line=2,endLine=2,col=25,endColumn=33,title=RTM204::`draft` has no field `platfrom`%0A")
    log = run("policy", "check", "brand", "--format", "sarif")
    assert log.code == 1  # a folder stands for its standard.rtm, and this one has none
    assert log.json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "brand/standard.rtm"
    clean = run("policy", "check", "brand/p.rtm", "--format", "sarif").json["runs"][0]
    assert [row["ruleId"] for row in clean["results"]] == ["RTM204"]


def test_policy_check_never_floods_the_terminal(run: Run, tmp_path: Path) -> None:
    rules = "\n".join(f'rule r{n} "R" {{ when draft.platfrom is x  then hold }}' for n in range(300))
    (tmp_path / "p.rtm").write_text(f'policy "P" {{ language 1  audience US }}\n{rules}\n')
    ran = run("policy", "check", "p.rtm")
    lines = ran.out.splitlines()
    assert len(lines) <= 200
    assert lines[-1].startswith("300 errors, 300 warnings ")
    assert lines[-3].startswith("… and ")
    assert len(run("check", "--policy", "p.rtm", "--text", "Hello.", "--no-feeds").err.splitlines()) <= 200


def test_policy_explain_prints_the_page_of_a_code(run: Run, tmp_path: Path) -> None:
    from rtm_gate import resources

    page = resources.read_text("docs", "diagnostics", "RTM204.md")
    assert run("policy", "explain", "RTM204").out == page
    assert run("policy", "explain", "rtm204").out == page
    unknown = run("policy", "explain", "RTM999")
    assert unknown.code == 2
    assert "there is no code `RTM999`; codes are RTM100, " in unknown.err
    assert run("policy", "explain", "no_such_file.rtm", "block").code == 2
    assert run("policy", "explain").code == 2


def test_the_standard_policy_is_clean_and_passes_its_tests(run: Run) -> None:
    from rtm_gate import resources

    checked = run("policy", "check", resources.path("policies"), "--strict")
    assert checked.code == 0, checked.out
    tested = run("policy", "test", resources.path("policies"))
    assert tested.code == 0, tested.out


def test_a_check_of_a_policy_knows_what_day_it_is(run: Run, tmp_path: Path) -> None:
    head = 'policy "P" { language 1 owner "o@example.com" audience US roles manager }\ntier manager { needs 1 manager }\n'
    template = 'template %s "T" { copy "{a}?" approval manager reviewed %s, again every 1 week because "b" }\n'
    (tmp_path / "p.rtm").write_text(head + template % ("old", "2001-01-01") + template % ("to_come", "2190-01-01"))
    told = [line for line in run("policy", "check", "p.rtm").out.splitlines() if line.startswith("warning RTM417")]
    assert told == ["warning RTM417: `old` was to be reviewed by 2001-01-08"]


def test_a_failing_test_says_what_came(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text(
        'policy "P" { language 1 owner "o@example.com" otherwise go }\n'
        'rule a "A" { when draft is planned then no-go because "b" fix "f" }\n'
        'test "wrong" { draft { platform x kind planned text "Hello." } expect go }\n'
        'test "right" { draft { platform x kind reactive text "Hello." } expect go }\n'
    )
    ran = run("policy", "test", "p.rtm")
    assert ran.code == 1
    assert "wanted  go\n    came    no-go from a\n" in ran.out
    assert "1 of 2 tests passed" in ran.out


def test_policy_explain_tells_of_a_brand_under_any_of_its_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text(
        'policy "P" { language 1  audience US }\n'
        'brand "Acme" called "Acme Foods", "@acme" { product "Acme Bar" called "the Bar"  competitor "Bolt" }\nbrand "Zorp" {}\n'
    )
    told = "brand Acme, called Acme Foods, @acme\n    product Acme Bar, called the Bar\n    competitor Bolt\n"
    assert [run("policy", "explain", "p.rtm", name).out for name in ("Acme", "acme foods", "@acme", "Zorp")] == [told, told, told, "brand Zorp\n"]
    unknown = run("policy", "explain", "p.rtm", "Bolt")
    assert unknown.code == 2
    assert "it has otherwise, stale_news, Acme, Zorp" in unknown.err


def test_policy_explain_and_its_usage(run: Run) -> None:
    from rtm_gate import resources

    ran = run("policy", "explain", resources.path("policies"), "silence_where_it_happened")
    assert ran.code == 0
    assert "touches a region of the draft" in ran.out
    assert "situation_region" not in ran.out
    assert "because: " in ran.out
    assert run("policy", "explain", resources.path("policies"), "no_such_block").code == 2
    fields = run("policy", "explain", "--fields", "situation")
    assert fields.code == 0
    assert "severity" in fields.out
    assert "minor, moderate, major, extreme" in fields.out
    assert run("policy", "explain", "--fields", "weather").code == 2
