"""What docs/news.md says is true: its commands are run, its service is started and stopped, its numbers are those of the code."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from rtm_gate.gate.configuration import LEAST_DAYS, Configuration
from rtm_gate.model.moment import spell
from rtm_gate.news.fetching import limits
from rtm_gate.news.polling import odd, schedule
from rtm_gate.news.situations import life
from rtm_gate.news.times import AHEAD, OLD
from tests.pages import DOCS, samples
from tests.walking import ENVIRONMENT, Command, Walk, assert_as_shown, plan, run, walk

PAGE = DOCS / "news.md"
WORDS = " ".join(PAGE.read_text(encoding="utf-8").split())
COMMANDS = plan(PAGE)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return walk(PAGE, tmp_path_factory.mktemp("news"))


@pytest.mark.parametrize(("number", "command"), list(enumerate(COMMANDS)), ids=[command.line for command in COMMANDS])
def test_a_command_does_what_it_says(walked: Walk, number: int, command: Command) -> None:
    assert_as_shown(command, walked.done[number])


def test_the_list_that_was_written_can_be_read(walked: Walk) -> None:
    from rtm_gate.news.sources import read_catalog

    assert read_catalog(walked.folder.parent / "acme" / "new-zealand.opml").feeds


def test_its_service_reads_and_stops(tmp_path: Path) -> None:
    (unit,) = samples(PAGE, "ini")
    command = re.search(r"^ExecStart=\S*/(rtm-gate .+)$", unit.text, re.MULTILINE)
    assert command is not None
    assert run(Command("rtm-gate init"), tmp_path).returncode == 0
    with subprocess.Popen(shlex.split(command[1]), cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        first = service.stdout.readline()
        service.send_signal(signal.SIGTERM)
        _, said = service.communicate(timeout=60)
    assert "new" in first
    assert (service.returncode, "stopped; all that was read is kept" in said) == (0, True)
    assert (tmp_path / "rtm-gate.db").exists()


def hours(span: timedelta) -> str:
    return f"{span // timedelta(hours=1)} hours"


@pytest.mark.parametrize(
    "phrase",
    [
        f"is asked every {spell(schedule.USUAL)}",
        f"never more often than every {schedule.SHORTEST} seconds",
        f"may have {limits.LIMIT >> 20} MB, unpacked, and take {limits.DEADLINE:.0f} seconds with up to {limits.REDIRECTS} redirects",
        f"silent for {odd.SILENT} times its rhythm",
        f"silent for {odd.FROZEN} times its rhythm",
        f"{hours(life.QUIET)} after the last corroborated news, at most {hours(life.LONGEST)} in all",
        f"with news within the last {hours(life.MOMENTUM)}",
        f"{life.TAPER.days} days; after an alert {hours(life.TAPER_OF_ALERT)}, or {hours(life.TAPER_WITH_IMPACT)} where news of its impact followed",
        f"cooling off for {hours(life.COOLING_OFF)}",
        f"dated more than {AHEAD // timedelta(minutes=1)} minutes ahead",
        f"lies more than {hours(OLD)} back",
        f"stories for {Configuration().keep_news} days, or as `keep_news` says, at least {LEAST_DAYS} days",
    ],
)
def test_its_numbers_are_those_of_the_code(phrase: str) -> None:
    assert phrase in WORDS
