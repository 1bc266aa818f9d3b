"""Every code a diagnostic can carry: its page in docs/diagnostics is the one place that says its title, its level and why it is there.

A page is Markdown with a fixed shape:

    # RTM204: the fact has no such field
    **error**
    ## Avoid      a sample in a fence `rtm`, and what is said about it in a fence `text`
    ## Prefer     a sample in a fence `rtm`
    ## Rationale  why

A sample is one file, or several: a fence `rtm packs/days.rtm` names its file, and the first file is the one that is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rtm_gate import resources
from rtm_gate.model.diagnostic import Level

FOLDER = ("docs", "diagnostics")
FIRST_FILE = "policy.rtm"
REST = 'policy "Sample" { language 1  owner "team@sample.example"  audience US  roles manager, legal }\ntier manager { needs 1 manager }\n'
"""What a first file without a name and without a policy of its own ends with, so that samples can be short."""

_HEAD = re.compile(r"# (?P<code>RTM\d{3}): (?P<title>[^\n]+)\n\n\*\*(?P<level>error|warning)\*\*\n")
_FENCE = re.compile(r"^```rtm ?(?P<name>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SAID = re.compile(r"^```text\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """`avoid` and `prefer` are the files of a sample by name; `said` is what the language says about the first."""

    code: str
    title: str
    level: Level
    avoid: dict[str, str]
    said: str
    prefer: dict[str, str]
    rationale: str
    text: str


def page_of(code: str) -> Page | None:
    """The page of a code, or nothing where it has none. Raises ValueError where the page is not of the shape."""
    try:
        return read_page(resources.read_text(*FOLDER, f"{code}.md"))
    except FileNotFoundError:
        return None


@cache
def read_page(text: str) -> Page:
    """Raises ValueError, saying what the page lacks."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError("a page begins with `# RTM204: title`, a blank line, and `**error**` or `**warning**`")
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    if list(parts) != ["Avoid", "Prefer", "Rationale"]:
        raise ValueError("a page has the parts Avoid, Prefer and Rationale, in this order")
    avoid, prefer = _sample(parts["Avoid"]), _sample(parts["Prefer"])
    said = _SAID.search(parts["Avoid"])
    if not avoid or not prefer or said is None:
        raise ValueError("Avoid and Prefer have a sample in a fence `rtm`, and Avoid what is said about it in a fence `text`")
    level: Level = "error" if head["level"] == "error" else "warning"
    return Page(head["code"], head["title"], level, avoid, said["text"], prefer, parts["Rationale"].strip(), text)


def codes() -> list[str]:
    """Every code with a page, in order."""
    return sorted(path.stem for path in resources.path(*FOLDER).glob("RTM[0-9][0-9][0-9].md"))


def index() -> str:
    """The page that lists all pages."""
    rows = []
    for code in codes():
        page = page_of(code)
        if page is not None:
            rows.append(f"| [{code}]({code}.md) | {page.level} | {page.title} |")
    return "\n".join([_OPENING, *rows, ""])


_OPENING = f"""# What `rtm-gate policy check` says

Each code has a page: what to avoid, what to write instead, and why. `rtm-gate policy explain RTM204` shows it in the terminal.
An error keeps the policy from being used; a warning does not, unless you ask for `--strict`.

A sample on a page that has no `policy` block is read together with this:

```rtm
{REST}```

| code | level | says |
|---|---|---|"""


def _sample(part: str) -> dict[str, str]:
    return {match["name"] or FIRST_FILE: match["text"] for match in _FENCE.finditer(part)}
