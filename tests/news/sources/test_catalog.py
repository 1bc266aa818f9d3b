"""Catalogs in TOML: what is read, and that every problem is told at once."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate.model.feeds import Feed
from rtm_gate.news.sources import CatalogError, read_catalog
from rtm_gate.news.sources.catalog import parse_catalog

HERE = Path(__file__).parent
WRONG: dict[str, dict[str, Any]] = tomllib.loads((HERE / "wrong.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(WRONG))
def test_every_problem_is_told(name: str, tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(WRONG[name]["text"], encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        read_catalog(file)
    told = [problem.removeprefix(f"{tmp_path}/") for problem in raised.value.problems]
    if "starts" in WRONG[name]:
        assert [problem[: len(start)] for problem, start in zip(told, WRONG[name]["starts"], strict=True)] == WRONG[name]["starts"]
    else:
        assert told == WRONG[name]["problems"]


def test_a_feed_with_everything_and_one_with_the_least(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(
        """
        [[feed]]
        name = "Valley Weather"
        address = "https://valley.example/warnings.atom"
        trust = "official"
        topics = ["disaster.flood", "acme.rivers"]
        regions = ["US-NY", "CA"]
        language = "en-US"
        rhythm = "15 minutes"
        about = "Rivers above all"

        [[feed]]
        name = "Ours"
        address = "recorded/ours.xml"
        """,
        encoding="utf-8",
    )
    assert read_catalog(file).feeds == (
        Feed(
            "Valley Weather",
            "https://valley.example/warnings.atom",
            "official",
            ("disaster.flood", "acme.rivers"),
            ("US-NY", "CA"),
            "en-US",
            900,
            "Rivers above all",
        ),
        Feed("Ours", str(tmp_path / "recorded" / "ours.xml")),
    )


def test_a_folder_is_all_its_files_and_a_name_is_there_once_in_all(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name, feed in (("b.toml", "B"), ("a.toml", "A"), ("more/c.toml", "C")):
        (tmp_path / name).write_text(f'[[feed]]\nname = "{feed}"\naddress = "https://{feed}.example/"\n', encoding="utf-8")
    assert [feed.name for feed in read_catalog(tmp_path).feeds] == ["A", "B", "C"]
    (tmp_path / "d.toml").write_text('[[feed]]\nname = "a"\naddress = "https://other.example/"\n', encoding="utf-8")
    (tmp_path / "e.toml").write_text("[[feed]]\n", encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        read_catalog(tmp_path)
    assert [problem.replace(f"{tmp_path}/", "") for problem in raised.value.problems] == [
        "e.toml: feed 1: name: is required",
        "e.toml: feed 1: address: is required",
        "d.toml: feed `a`: the name is there twice, also in a.toml",
    ]


def test_an_own_entry_corrects_the_one_of_its_name() -> None:
    shipped = parse_catalog(
        """
        feed = [{ name = "A", address = "https://old.example/", trust = "wire" }, { name = "B", address = "https://b.example/" }]
        tag = [{ name = "Square", address = "https://old.example/{tag}", kind = "posts" }]
        """,
        "shipped",
    )
    own = parse_catalog(
        """
        feed = [{ name = "C", address = "https://c.example/" }, { name = "a", address = "https://new.example/" }]
        tag = [{ name = "Square", address = "https://new.example/{tag}", kind = "posts" }]
        """,
        "own",
    )
    corrected = shipped.corrected(own)
    assert corrected.feeds == (Feed("a", "https://new.example/"), Feed("B", "https://b.example/"), Feed("C", "https://c.example/"))
    assert corrected.tags == own.tags


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('about = "Zürich"'.encode("latin-1"))
    with pytest.raises(CatalogError) as raised:
        read_catalog(tmp_path / "none.toml", tmp_path / "latin.toml")
    assert raised.value.problems == [f"{tmp_path}/none.toml: No such file or directory", f"{tmp_path}/latin.toml: is not UTF-8 text"]


@given(text=st.text(max_size=80))
def test_whatever_the_text_it_is_a_catalog_or_a_catalog_error(text: str) -> None:
    for written in (text, f"[[feed]]\n{text}", f'[[feed]]\nname = "A"\naddress = """{text}"""\n', f'[[tag]]\nname = """{text}"""\nkind = "posts"\n'):
        with suppress(CatalogError):
            parse_catalog(written, "x")
