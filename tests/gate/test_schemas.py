"""The schemas say what the readers do: a draft, and a configuration, is accepted by both or by neither."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rtm_gate import Gate
from rtm_gate.cli import cli
from rtm_gate.gate.project import open_project
from rtm_gate.gate.schemas import NAMES, schema_of
from rtm_gate.gate.toml import ProjectError
from rtm_gate.model.draft import InvalidDraftError, read_draft
from rtm_gate.model.moment import WRITTEN, parse_instant

ROOT = Path(__file__).parents[2]
(SHOWN,) = re.findall(r"^```json\n(.*?)^```", (ROOT / "docs" / "draft.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
FULL: dict[str, Any] = json.loads(SHOWN)
"""The draft of docs/draft.md: it uses every key."""
PLAIN: dict[str, Any] = {"text": "Hello.", "platform": "x", "kind": "planned"}
UNSAID = ("lone surrogate", "characters; at most")
"""Problems a schema cannot speak of (rtm_gate/gate/schemas.py)."""


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[jsonschema.ValidationError]:
    """Patterns of JSON Schema are ECMAScript's, whose `$` is the very end; Python's also takes a line's end before it."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Strict: Any = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
DRAFT = Strict(schema_of("draft"))


def problems_of(value: Any) -> list[str]:
    try:
        read_draft(value)
    except InvalidDraftError as error:
        return error.problems
    return []


def agree(value: Any) -> None:
    """Whatever the reader refuses the schema refuses too, but for what it cannot say; and nothing else."""
    faults, problems = [error.message for error in DRAFT.iter_errors(value)], problems_of(value)
    if not problems:
        assert faults == [], value
    elif any(not any(said in problem for said in UNSAID) for problem in problems):
        assert faults, (problems, value)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_it(name: str) -> None:
    run = CliRunner().invoke(cli, ["schema", name])
    assert (run.exit_code, json.loads(run.stdout)) == (0, schema_of(name))


# ---- drafts ----------------------------------------------------------------------------------------------------------

EXAMPLES = [ROOT / "examples" / f"{name}.json" for name in ("go", "hold", "no-go")]


@pytest.mark.parametrize("draft", [FULL, PLAIN, *(json.loads(file.read_text(encoding="utf-8")) for file in EXAMPLES)])
def test_real_drafts_are_valid(draft: Any) -> None:
    assert problems_of(draft) == []
    assert [error.message for error in DRAFT.iter_errors(draft)] == []


VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 12.0, 0.5, 1.5, -0.0, 10, 10.5, 1_000_000_000, 1_000_000_001, 10**20, 1e300,
    "", " ", "a", "x\n", "yes", "planned", "X!", "US", "US-NY", "us", "us\n", "own", "service", "comparative", "5", "ü" * 200, "ü" * 201,
    "2026-01-05T12:00:00Z", "2026-01-05", [], [""], [" ", "a"], ["a", 2], [None], [[]], [{}], {}, {"a": 1}, {"a": "b"}, {"id": "a"}, {"a": {}},
    [{"person": "a"}], {"a": {"answer": "yes"}}, {"a": {"uses_read": 2}}, [{"text": "a"}],
)  # fmt: skip
"""What stands in the place of each value of a draft."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def put(draft: dict[str, Any], path: tuple[Any, ...], value: Any) -> Any:
    """The draft with another value at the path."""
    if not path:
        return value
    made = copy.deepcopy(draft)
    at: Any = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return made


def without(draft: dict[str, Any], path: tuple[Any, ...]) -> Any:
    made = copy.deepcopy(draft)
    at: Any = made
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return made


PLACES = list(places(FULL))


@pytest.mark.parametrize("key", FULL)
def test_schema_and_reader_agree_wherever_one_value_differs(key: str) -> None:
    for path in (path[1:] for path in PLACES if path[:1] == (key,)):
        for value in VALUES:
            agree(put(PLAIN, (key,), put(FULL[key], path, value)))
        if path:
            agree(put(PLAIN, (key,), without(FULL[key], path)))
            agree(put(PLAIN, (key,), put(FULL[key], (*path[:-1], "more"), 1) if isinstance(path[-1], str) else FULL[key]))
    agree(without(FULL, (key,)))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(sorted(FULL)), inner, max_size=3),
)


@given(st.lists(st.tuples(st.sampled_from(PLACES), ANYTHING), min_size=1, max_size=4))
def test_schema_and_reader_agree_whatever_differs(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    draft: Any = FULL
    for path, value in changes:
        try:
            draft = put(draft, path, value)
        except (KeyError, IndexError, TypeError):  # a change before this one took the place away
            continue
    agree(draft)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2026-01-05T12:00:00Z", True),
        ("2026-01-05t12:00:00.5z", True),
        ("2026-01-05 12:00:00.123456789-05:30", True),
        ("2024-02-29T23:59+0100", True),
        ("1971-01-01T00:00:00Z", True),
        ("2199-12-31T23:59:59Z", True),
        ("1970-12-31T23:59:59Z", False),
        ("2200-01-01T00:00:00Z", False),
        ("2026-01-05T12:00:00", False),
        ("2026-01-05", False),
        ("20260105T120000Z", False),
        ("2026-W02-1T12:00:00Z", False),
        ("2026-04-31T12:00:00Z", False),
        ("2026-13-01T12:00:00Z", False),
        ("2026-01-05T24:00:00Z", False),
        ("2026-01-05T12:60:00Z", False),
        ("2026-01-05T12:00:00+24:00", False),
        ("2026-01-05T12:00:00+01:75", False),
        ("2026-01-05T12:00:00+01", False),
        ("2026-01-05T12:00:00Z\n", False),
        ("٢٠٢٦-01-05T12:00:00Z", False),
        ("Jan 5 2026 12:00 UTC", False),
    ],
)
def test_a_time(written: str, right: bool) -> None:
    agree(PLAIN | {"scheduled_at": written})
    assert (problems_of(PLAIN | {"scheduled_at": written}) == []) is right


@given(st.from_regex(WRITTEN, fullmatch=True).filter(lambda text: "-02-29" not in text))
def test_what_is_written_like_a_time_is_one(written: str) -> None:
    assert 1970 <= parse_instant(written).year <= 2200


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"scheduled_at": "2026-02-29T12:00:00Z"}, "scheduled_at: `2026-02-29T12:00:00Z` is not a time like 2026-01-05T12:00:00Z"),
        ({"text": ["a" * 60_000, "b" * 60_000]}, "text: has 120,000 characters; at most 100,000 are judged"),
        ({"campaign": "\ud800"}, "campaign: holds a broken character (a lone surrogate)"),
    ],
)
def test_what_a_schema_cannot_say(changes: dict[str, Any], problem: str) -> None:
    assert DRAFT.is_valid(PLAIN | changes)
    assert problem in problems_of(PLAIN | changes)


@pytest.mark.parametrize("text", ["a" * 100_001, ["a" * 100_001], "", " \n", [], [""]])
def test_a_text_too_long_or_without_a_word(text: Any) -> None:
    assert not DRAFT.is_valid(PLAIN | {"text": text})
    assert problems_of(PLAIN | {"text": text}) != []


# ---- verdicts: what is stored is tested in tests/model/test_stored.py, all cases in tests/cases/test_judged.py -----------


def test_the_verdicts_of_the_examples_are_valid() -> None:
    now = parse_instant("2026-11-17T15:00:00Z")
    feeds = sorted(str(file) for file in (ROOT / "feeds" / "demo").iterdir())
    with Gate.open() as gate:
        verdicts = [gate.check(json.loads(file.read_text(encoding="utf-8")), gate.news(feeds, now=now), now) for file in EXAMPLES]
    assert [verdict.verdict for verdict in verdicts] == ["go", "hold", "no-go"]
    faults = [error.message for verdict in verdicts for error in Strict(schema_of("verdict")).iter_errors(json.loads(verdict.to_json()))]
    assert faults == []


# ---- the configuration -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "value"),
    [
        ("", {}),
        ('policy = "p.rtm"\nfeeds = ["a.xml", "b*.xml"]', {"policy": "p.rtm", "feeds": ["a.xml", "b*.xml"]}),
        ("policy = 5", {"policy": 5}),
        ('feeds = "a.xml"', {"feeds": "a.xml"}),
        ("feeds = [1]", {"feeds": [1]}),
        ('polcy = "p.rtm"', {"polcy": "p.rtm"}),
        ('lease = "10 minutes"', {"lease": "10 minutes"}),
        ("lease = 600", {"lease": 600}),
        ("team = { size = 3 }", {"team": {"size": 3}}),
        ("team = { siz = 3 }", {"team": {"siz": 3}}),
    ],
)
def test_a_configuration_is_right_for_both(tmp_path: Path, toml: str, value: Any) -> None:
    (tmp_path / "rtm-gate.toml").write_text(toml, encoding="utf-8")
    try:
        open_project(tmp_path)
        read = True
    except ProjectError:
        read = False
    assert Strict(schema_of("configuration")).is_valid(value) is read
