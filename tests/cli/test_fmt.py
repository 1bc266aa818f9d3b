"""`policy fmt`: what is written, what is shown, and what is left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LOOSE = 'tier  a{needs 1 manager}   # who\nrule r "R" { when draft is planned\n then no-go }\n'
LAID = 'tier a { needs 1 manager }  # who\nrule r "R" { when draft is planned  then no-go }\n'
BROKEN = 'rule r "R" { when draft is planned then }\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two loose files, one laid out, one broken, and others that are no policies of ours."""
    for name, text in {
        "a.rtm": LOOSE, "packs/b.rtm": LOOSE, "packs/c.rtm": LAID, "broken.rtm": BROKEN, "notes.txt": LOOSE, ".hidden/d.rtm": LOOSE,
    }.items():  # fmt: skip
        file = tmp_path / "policies" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "policies"


def test_a_folder_is_laid_out_but_for_what_is_broken(run: Run, folder: Path) -> None:
    ran = run("policy", "fmt", "policies")
    assert (ran.code, ran.out) == (1, "policies/a.rtm\npolicies/packs/b.rtm\n")
    assert "error RTM106: `}` does not belong here\n  policies/broken.rtm:1:41\n" in ran.err
    texts = {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*")) if file.is_file()}
    assert texts == {"a.rtm": LAID, "packs/b.rtm": LAID, "packs/c.rtm": LAID, "broken.rtm": BROKEN, "notes.txt": LOOSE, ".hidden/d.rtm": LOOSE}
    (folder / "broken.rtm").unlink()
    assert run("policy", "fmt", "policies", "policies/a.rtm") == run("policy", "fmt", "--check", "policies")
    assert run("policy", "fmt", "policies").code == 0


def test_check_names_and_writes_nothing(run: Run, folder: Path) -> None:
    ran = run("policy", "fmt", "--check", "policies/packs/c.rtm", "policies/packs", "policies/a.rtm")
    assert (ran.code, ran.out, ran.err) == (1, "policies/packs/b.rtm\npolicies/a.rtm\n", "")
    assert (folder / "a.rtm").read_text() == LOOSE
    assert run("policy", "fmt", "--check", "policies/packs/c.rtm").code == 0


def test_diff_shows_and_writes_nothing(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.rtm").write_text("tier  a{needs 1 manager}")
    ran = run("policy", "fmt", "--diff", "policies/a.rtm")
    assert (ran.code, ran.out.splitlines()) == (
        1,
        ["--- policies/a.rtm", "+++ policies/a.rtm", "@@ -1 +1 @@", "-tier  a{needs 1 manager}", "\\ No newline at end of file", "+tier a { needs 1 manager }"],
    )
    assert (folder / "a.rtm").read_text() == "tier  a{needs 1 manager}"
    assert run("policy", "fmt", "--diff", "--check", "policies/packs/c.rtm").code == 0
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[32m+tier" in run("policy", "fmt", "--diff", "policies/a.rtm").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("policy", "fmt", "--diff", "policies/a.rtm").out


def test_line_endings_are_a_difference(run: Run, tmp_path: Path) -> None:
    (tmp_path / "crlf.rtm").write_bytes(b"tier a {}\r\n")
    assert run("policy", "fmt", "--diff", "crlf.rtm").out.splitlines()[-2:] == ["-tier a {}", "+tier a {}"]
    run("policy", "fmt", "crlf.rtm")
    assert (tmp_path / "crlf.rtm").read_bytes() == b"tier a {}\n"


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    ran = run("policy", "fmt", "-", stdin=LOOSE)
    assert (ran.code, ran.out, ran.err) == (0, LAID, "")
    assert run("policy", "fmt", "-", "--check", stdin=LAID).code == 0
    ran = run("policy", "fmt", "-", "--check", stdin=LOOSE)
    assert (ran.code, ran.out) == (1, "<stdin>\n")
    ran = run("policy", "fmt", "-", stdin=BROKEN)
    assert (ran.code, ran.out) == (1, "")
    assert "<stdin>:1:41" in ran.err
    assert run("policy", "fmt", "-", "a.rtm", stdin=LAID).code == 2


def test_a_file_keeps_its_mode_and_its_links(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    file = tmp_path / "real" / "a.rtm"
    file.write_text(LOOSE)
    file.chmod(0o640)
    (tmp_path / "link.rtm").symlink_to(file)
    assert run("policy", "fmt", "link.rtm").out == "link.rtm\n"
    assert (tmp_path / "link.rtm").is_symlink()
    assert file.read_text() == LAID
    assert file.stat().st_mode & 0o777 == 0o640
    assert list((tmp_path / "real").iterdir()) == [file]


def test_a_file_that_is_right_is_not_touched(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.rtm"
    file.write_text(LAID)
    before = file.stat()
    ran = run("policy", "fmt", "a.rtm")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_what_cannot_be_read_or_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "binary.rtm").write_bytes(b"tier a { }\n\xff\xfe\x00")
    (tmp_path / "control.rtm").write_bytes(b"\x00\x01\x1b[31m")
    (tmp_path / "huge.rtm").write_text("# " + "x" * 2_000_000)
    (tmp_path / "still.rtm").write_text(LOOSE)
    (tmp_path / "still.rtm").chmod(0o444)
    (tmp_path / "fine.rtm").write_text(LOOSE)
    ran = run("policy", "fmt", ".")
    assert (ran.code, ran.out) == (1, "fine.rtm\n")
    assert "`binary.rtm` is not UTF-8 text (line 2)" in ran.err
    assert "`huge.rtm` is larger than 2 MB" in ran.err
    assert "control.rtm:1:1" in ran.err
    assert "error: still.rtm cannot be written: it is read-only" in ran.err
    assert "\x1b" not in ran.err
    assert (tmp_path / "still.rtm").read_text() == LOOSE


def test_a_wrong_call_lists_everything(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("policy", "fmt", "missing.rtm", "empty", os.devnull)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: missing.rtm: is not there\nerror: empty: has no .rtm files\nerror: {os.devnull}: is not a file\n"
    assert run("policy", "fmt").code == 2
