"""`rtm-gate calibrate`: labels in, weights out, and nothing written that is no better."""

from __future__ import annotations

import json
from pathlib import Path

from rtm_gate import resources
from tests.cli.conftest import Run

EXAMPLE = resources.path("examples", "labelled.jsonl")
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()
POST = "A hostage in Madrid, one hour to go. Our thriller of the month."


def laid(folder: Path, lines: list[str]) -> Path:
    file = folder / "labelled.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_what_is_written_is_used(run: Run, tmp_path: Path) -> None:
    ran = run("calibrate", EXAMPLE, "-o", "weights.toml")
    assert (ran.code, ran.err) == (0, "")
    assert "Written to weights.toml" in ran.out
    (tmp_path / "rtm-gate.toml").write_text('weights = "weights.toml"\n')
    read = [m for m in run("analyze", "--text", POST, "--format", "json").json["mentions"] if m["topic"] == "terror"]
    (tmp_path / "rtm-gate.toml").write_text("")
    shipped = [m for m in run("analyze", "--text", POST, "--format", "json").json["mentions"] if m["topic"] == "terror"]
    assert ([m["literal"] for m in shipped], [m["literal"] for m in read]) == ([True], [False])
    told = next(row for row in run("calibrate", EXAMPLE, "--format", "json").json["read_otherwise"] if row["text"] == POST)
    assert (told["before"], told["after"]) == (shipped[0]["certainty"], read[0]["certainty"])


def test_the_order_of_lines_and_repeats_do_not_count(run: Run, tmp_path: Path) -> None:
    run("calibrate", EXAMPLE, "-o", "one.toml")
    run("calibrate", laid(tmp_path, ["", *reversed(LINES), LINES[0]]), "-o", "other.toml")
    assert (tmp_path / "one.toml").read_bytes() == (tmp_path / "other.toml").read_bytes()


def test_without_an_output_it_is_only_shown(run: Run, tmp_path: Path) -> None:
    ran = run("calibrate", EXAMPLE)
    assert ran.code == 0
    assert "With -o FILE they are written." in ran.out
    assert list(tmp_path.iterdir()) == []


def test_for_programs(run: Run, tmp_path: Path) -> None:
    found = run("calibrate", EXAMPLE, "--format", "json", "-o", "weights.toml").json
    assert (found["texts"]["literal"], found["texts"]["others"], found["written"], found["better"]) == (30, 30, "weights.toml", True)
    changed = {row["name"]: row["after"] for row in found["weights"] if row["before"] != row["after"]}
    written = (tmp_path / "weights.toml").read_text()
    assert changed == {line.split(" = ")[0]: float(line.split(" = ")[1]) for line in written.splitlines() if not line.startswith("#")}
    assert all(row["texts"] > 3 for row in found["weights"] if row["name"] in changed)
    before, after = found["held_out"]["before"], found["held_out"]["after"]
    assert after["f1"] > before["f1"]
    assert (before["false_alarms"], before["found"] + before["missed"]) == (24, 30)


def test_labels_that_agree_are_no_reason(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Gunman kills {n} people in Ohio", "literal": True}) for n in range(2, 32)]
    lines += [json.dumps({"text": f"Hello number {n}", "literal": False}) for n in range(30)]
    ran = run("calibrate", laid(tmp_path, lines), "-o", "weights.toml")
    assert ran.code == 1
    assert "No weight changed" in ran.out
    assert "The labels give no reason to change a weight. weights.toml was not written." in ran.out
    assert "30 other texts have no word that counts" in ran.out
    assert not (tmp_path / "weights.toml").exists()


def test_what_is_no_better_is_not_written(run: Run, tmp_path: Path) -> None:
    """Each part held out wants the contrary of what the others do: nothing that was learnt holds."""
    from rtm_gate.analysis.calibration import Labelled

    lines, kept = [], tmp_path / "weights.toml"
    for n in range(400):
        text = f"Police and the killer, number {n}."
        lines.append(json.dumps({"text": text, "literal": Labelled(text, "", True).fold in (0, 1)}))
    kept.write_text("cue = 0.3\n")
    ran = run("calibrate", laid(tmp_path, lines), "-o", "weights.toml")
    assert ran.code == 1
    assert "no better than the shipped ones on texts held out" in ran.out
    assert kept.read_text() == "cue = 0.3\n"


def test_what_is_wrong_is_listed_at_once(run: Run, tmp_path: Path) -> None:
    file = laid(tmp_path, [*LINES, "nonsense", '{"text": "a", "literal": "yes", "tpic": "war"}'])
    ran = run("calibrate", file, "-o", "weights.toml")
    assert (ran.code, ran.out) == (2, "")
    assert [line.removeprefix(f"error: {file}: ")[:9] for line in ran.err.splitlines()] == ["line 61: ", "line 62: "]
    assert len(run("calibrate", file, "--format", "json").json["problems"]) == 2
    assert not (tmp_path / "weights.toml").exists()


def test_too_few(run: Run, tmp_path: Path) -> None:
    ran = run("calibrate", laid(tmp_path, LINES[:38]))
    assert ran.code == 2
    assert "there are 19 texts that are literal and 19 that are not; at least 20 of either kind are needed" in ran.err
    assert run("calibrate", laid(tmp_path, [])).code == 2


def test_what_cannot_be_written_or_judged(run: Run, tmp_path: Path) -> None:
    assert "no_such/weights.toml: No such file or directory" in run("calibrate", EXAMPLE, "-o", "no_such/weights.toml").err
    (tmp_path / "p.rtm").write_text('policy "P" { language 1 ')
    assert run("calibrate", EXAMPLE, "--policy", "p.rtm").code == 30
    # Broken weights are no hindrance to making better ones, and are said.
    (tmp_path / "rtm-gate.toml").write_text('weights = "weights.toml"\n')
    ran = run("calibrate", EXAMPLE, "-o", "weights.toml")
    assert (ran.code, "weights.toml: No such file" in ran.err) == (0, True)
    assert run("analyze", "--text", POST).err == ""


def test_broken_weights_are_said_by_analyze(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").write_text('weights = "weights.toml"\n')
    (tmp_path / "weights.toml").write_text("cue = 7\n")
    ran = run("analyze", "--text", POST)
    assert (ran.code, ran.err) == (30, "error: weights.toml: cue: `7` is not between 0.1 and 0.5\n")
