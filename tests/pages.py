"""Pages as tests read them: what a reader is asked to save, to change and to run, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
BY_HAND = sorted(file for file in DOCS.glob("*.md") if file.name != "facts.md")
"""The pages of docs/ that are written, not made; those of diagnostics have tests and conventions of their own."""

_STEP = re.compile(
    r"(?:(?P<how>Save this as|Add this to the end of)\s+`(?P<file>[^`]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$"
    r"|In\s+`(?P<changed>[^`]+)`,\s+change\s+`(?P<before>[^`]+)`\s+to\s+`(?P<after>[^`]+)`",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A fenced block. `file` is what the line before it says to save it as, or to add it to the end of."""

    language: str
    text: str
    file: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """In a file, one wording becomes another."""

    file: str
    before: str
    after: str


def steps(page: Path) -> Iterator[Sample | Change]:
    for found in _STEP.finditer(page.read_text(encoding="utf-8")):
        if found["changed"]:
            yield Change(found["changed"], found["before"], found["after"])
        else:
            yield Sample(found["language"], found["text"], found["file"] or "", (found["how"] or "").startswith("Add"))


def samples(page: Path, language: str) -> list[Sample]:
    return [step for step in steps(page) if isinstance(step, Sample) and step.language == language]


def write(step: Sample | Change, folder: Path) -> None:
    """Does what a reader does who follows the page."""
    file = folder / step.file
    if isinstance(step, Change):
        text = file.read_text(encoding="utf-8")
        assert text.count(step.before) == 1, f"{step.file} has {text.count(step.before)} times: {step.before}"
        file.write_text(text.replace(step.before, step.after), encoding="utf-8")
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if step.added else ""
    file.write_text(before + step.text, encoding="utf-8")


def write_policy(pages: Iterable[Path], folder: Path) -> Path:
    """The policy that the pages show: samples that name a file there, all others in one file, which is returned."""
    shown = [sample for page in pages for sample in samples(page, "rtm")]
    for sample in shown:
        if sample.file:
            write(sample, folder)
    (folder / "page.rtm").write_text("\n".join(sample.text for sample in shown if not sample.file), encoding="utf-8")
    return folder / "page.rtm"
