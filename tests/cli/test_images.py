"""`rtm-gate images`: files into the list, the list, and which picture a file is."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from rtm_gate.vocabulary.images import standard_images
from tests.cli.conftest import Ran, Run

FIRE = ("--id", "market_fire", "--title", "The market in flames", "--event", 'Fire at the "Old" market')
BYTES = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "fire.jpg"
    file.write_bytes(BYTES)
    return file


def checked(run: Run, folder: Path, **media: str) -> Ran:
    seen = {"type": "image", "previewed_by": ["kim", "lee"], "reverse_searched": True, **media}
    (folder / "draft.json").write_text(json.dumps({"text": "Our new poster.", "platform": "x", "kind": "planned", "media": [seen]}))
    return run("check", "draft.json", "--no-feeds", "--format", "json")


def deciding(ran: Ran) -> dict[str, list[dict[str, str]]]:
    return {finding["rule"]: finding["evidence"] for finding in ran.json["findings"]}


def test_what_is_added_is_found_and_held_once_it_is_named(run: Run, tmp_path: Path, picture: Path) -> None:
    digest = hashlib.sha256(BYTES).hexdigest()
    assert run("images", "find", picture).code == 1
    ran = run("images", "add", picture, *FIRE, "--year", "2019")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        'Added to images.toml: The market in flames (Fire at the "Old" market, 2019), 1 file.',
        'It counts once rtm-gate.toml says, above any [table]: images = "images.toml"',
    ]
    assert "historic_picture" not in deciding(checked(run, tmp_path, alt="clouds", sha256=digest))
    (tmp_path / "rtm-gate.toml").write_text('images = "images.toml"\n')
    (row,) = deciding(checked(run, tmp_path, alt="clouds", sha256=digest))["historic_picture"]
    assert (row["picture"], row["by"]) == ("The market in flames", "hash")
    ran = run("images", "find", picture, "rtm-gate.toml")
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [f'{picture}: market_fire, The market in flames (Fire at the "Old" market, 2019)', "rtm-gate.toml: not listed"],
    )
    assert [row["id"] for row in run("images", "find", picture, "rtm-gate.toml", "--format", "json").json] == ["market_fire", None]


def test_a_list_grows_at_its_end(run: Run, tmp_path: Path, picture: Path) -> None:
    (tmp_path / "rtm-gate.toml").write_text('images = "seen.toml"\n')
    (tmp_path / "seen.toml").write_text('# ours\n[[image]]\nid = "one"\ntitle = "One"\nevent = "First"\nwords = ["burning market"] # say so')
    ran = run("images", "add", picture, *FIRE)
    assert (ran.code, ran.out) == (0, 'Added to seen.toml: The market in flames (Fire at the "Old" market), 1 file.\n')
    text = (tmp_path / "seen.toml").read_text()
    assert text.startswith("# ours\n")
    assert "# say so\n" in text
    assert [row["id"] for row in tomllib.loads(text)["image"]] == ["one", "market_fire"]
    listed = run("images", "list", "--format", "json").json
    assert [row["id"] for row in listed if row["own"]] == ["one", "market_fire"]
    assert f"{len(standard_images()) + 2} pictures, 1 files." in run("images", "list").out


def test_files_of_a_shipped_picture_need_no_title(run: Run, tmp_path: Path, picture: Path) -> None:
    other = tmp_path / "copy.png"
    other.write_bytes(b"another encoding")
    assert "The cloud of the exploding Challenger" in run("images", "add", picture, other, picture, "--id", "challenger").out
    (row,) = tomllib.loads((tmp_path / "images.toml").read_text())["image"]
    assert row["sha256"] == [hashlib.sha256(data).hexdigest() for data in (BYTES, b"another encoding")]


REFUSED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a missing file and a folder, at once": (("none.jpg", ".", *FIRE), ("none.jpg: No such file or directory", ".: is a folder")),
    "an empty file": (("empty.jpg", *FIRE), ("empty.jpg: is empty",)),
    "no title": (("fire.jpg", "--id", "mine"), ("--title is required: `mine` is no shipped picture", "--event is required")),
    "no id to use": (("fire.jpg", *FIRE[2:], "--id", "Market Fire"), ("--id: ",)),
    "a title of two lines": (("fire.jpg", *FIRE, "--title", "a\nb"), ("--title: ",)),
    "an id that is there": (("fire.jpg", "--id", "one", "--title", "One", "--event", "First"), ("`one` is in images.toml already: give another --id",)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_added_is_said_and_changes_nothing(run: Run, tmp_path: Path, picture: Path, name: str) -> None:
    (tmp_path / "rtm-gate.toml").write_text('images = "images.toml"\n')
    (tmp_path / "empty.jpg").touch()
    before = '[[image]]\nid = "one"\ntitle = "One"\nevent = "First"\nwords = ["burning market"]\n'
    (tmp_path / "images.toml").write_text(before)
    arguments, said = REFUSED[name]
    ran = run("images", "add", *arguments)
    assert (ran.code, ran.out) == (2, "")
    for words in said:
        assert words in ran.err
    assert (tmp_path / "images.toml").read_text() == before


def test_a_file_is_added_once(run: Run, tmp_path: Path, picture: Path) -> None:
    run("images", "add", picture, *FIRE)
    ran = run("images", "add", picture, "--id", "challenger")
    assert ran.code == 2
    assert "is listed already, as `market_fire`" in ran.err


def test_a_list_of_another_form_is_left_alone(run: Run, tmp_path: Path, picture: Path) -> None:
    before = 'image = [{ id = "one", title = "One", event = "First", words = ["burning market"] }]\n'
    (tmp_path / "images.toml").write_text(before)
    ran = run("images", "add", picture, *FIRE)
    assert (ran.code, ran.err) == (2, "error: images.toml: nothing can be added at its end; write its pictures as tables [[image]]\n")
    assert (tmp_path / "images.toml").read_text() == before


BROKEN = """[[image]]
id = "one"
title = "One"
event = "First"
words = ["smoke"]
[[image]]
id = "one"
title = ""
[[image]]
id = "two"
title = "Two"
event = "Second"
word = ["x y"]
sha256 = ["9f2c"]
"""


@pytest.mark.parametrize("arguments", [("list",), ("find", "fire.jpg"), ("add", "fire.jpg", *FIRE)], ids=lambda row: row[0])
def test_a_broken_list_is_refused_with_all_that_is_wrong(run: Run, tmp_path: Path, picture: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "rtm-gate.toml").write_text('images = "images.toml"\n')
    (tmp_path / "images.toml").write_text(BROKEN)
    ran = run("images", *arguments)
    assert ran.code == 2
    for words in (
        "images.toml: `one` stands 2 times; one picture is one entry",
        "images.toml: image entry 1, words: `smoke` would meet many other pictures",
        "images.toml: image entry 2: has neither `words` nor `sha256`",
        "images.toml: image entry 2, title: ",
        "images.toml: image entry 2, event: is required",
        "images.toml: there is no key `word` in image entry 3; did you mean `words`?",
        "images.toml: image entry 3, sha256 entry 1: ",
    ):
        assert words in ran.err, words
    assert (tmp_path / "images.toml").read_text() == BROKEN


def test_a_list_that_cannot_be_read_holds_everything_and_the_doctor_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rtm-gate.toml").write_text('images = "none.toml"\n')
    assert run("images", "list").code == 2
    ran = checked(run, tmp_path, alt="A poster")
    assert (ran.code, ran.json["verdict"], ran.json["findings"][0]["rule"]) == (30, "hold", "fault.images")
    assert "none.toml: No such file or directory" in ran.err
    (row,) = [row for row in run("doctor", "--format", "json").json["rows"] if row["probe"] == "images"]
    assert (row["state"], row["sentence"]) == ("failed", "none.toml: No such file or directory")


def test_the_picture_is_named_by_its_words_in_every_form(run: Run, tmp_path: Path) -> None:
    (row,) = deciding(checked(run, tmp_path, alt="the space shuttle Challenger exploding"))["historic_picture"]
    assert (row["picture"], row["by"]) == ("The cloud of the exploding Challenger", "words")
    for form in ("text", "html", "markdown"):
        ran = run("check", "draft.json", "--no-feeds", "--format", form)
        assert "known as “The cloud of the exploding Challenger”, by its words" in ran.out
