"""Stage 4: one flat namespace for all files. Each sort of name is unique, wherever it is written, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from zoneinfo import ZoneInfo

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.draft import QUESTIONS
from rtm_gate.model.source import At
from rtm_gate.model.topics import TOPICS

BLOCKS = ("rule", "blackout", "trigger", "platform", "template", "checklist", "matrix", "watch", "guarantee")
"""What comes to findings. All of them share one space of names."""
MOST_GUESSED = 200
"""Faults of a policy up to which a wrong name is answered with what was probably meant."""


@dataclass(slots=True)
class Names:
    """Everything that has a name, and what went wrong while naming."""

    items: dict[str, dict[str, nodes.Item]]
    policy: nodes.Item | None
    roles: tuple[str, ...]
    tests: tuple[nodes.Test, ...]
    asks: dict[str, nodes.Ask] = field(default_factory=dict)
    """The questions of all checklists."""
    days: dict[str, nodes.Day] = field(default_factory=dict)
    """The days of all calendars."""
    halt: nodes.Item | None = None
    switched_off: dict[str, str] = field(default_factory=dict)
    """Blocks and days that the root file switches off, with the reason."""
    lost: frozenset[str] = frozenset()
    """Names of items that could not be read: that fault is reported, and nothing else about them."""
    found: list[Diagnostic] = field(default_factory=list)

    def of(self, sort: str) -> Mapping[str, nodes.Item]:
        """The items of a sort by name: `block` (those of BLOCKS, by id), `topic`, `tier`, `setting`, `check`, `calendar`."""
        return MappingProxyType(self.items.get(sort, {}))

    def error(self, code: str, message: str, at: At, label: str = "", *help_: str) -> None:
        self.found.append(Diagnostic(code, "error", message, at, label, tuple(help_)))

    def unknown(self, code: str, what: str, name: nodes.Name | nodes.Value, known: Iterable[str], *help_: str) -> None:
        """A name that is not among those that exist."""
        if name.text in self.lost:
            return
        there = sorted(known)
        rest = f"{what}s: {listed(there)}" if there else f"there is no {what} in this policy"
        self.error(code, f"there is no {what} `{name.text}`", name.at, self.meant(name.text, there), rest, *help_)

    def meant(self, word: str, known: Iterable[str]) -> str:
        """`did you mean …?`, or nothing. Comparing names is slow, and nobody reads the guess at the thousandth wrong one."""
        return did_you_mean(word, known) if len(self.found) < MOST_GUESSED else ""

    def span(self, value: nodes.Value) -> int:
        """The seconds of a duration or of a setting that is one; 0 with a diagnostic where it is neither."""
        real = self.setting(value) if value.sort == "name" else value
        if real is None:
            return 0
        if real.sort != "duration":
            self.error("RTM220", f"`{value.text}` is not a duration", value.at, f"it is {SORTS[real.sort]}", "a duration is a number and a unit: 24 hours")
            return 0
        return real.amount

    def setting(self, value: nodes.Value) -> nodes.Value | None:
        item = self.of("setting").get(value.text)
        if item is None or item.value is None:
            self.unknown("RTM209", "setting", value, self.of("setting"))
            return None
        return item.value

    def topic(self, name: nodes.Name | nodes.Value) -> bool:
        """Whether a topic exists; a diagnostic where it does not."""
        if name.text in TOPICS or name.text in self.of("topic") or name.text in self.lost:
            return True
        known = {*TOPICS, *self.of("topic")}
        if any(other.startswith(name.text + ".") for other in known):
            return True
        message = f"there is no topic `{name.text}`"
        self.error("RTM205", message, name.at, self.meant(name.text, known), f"the policy can make it: topic {name.text} " + '"…" { terms "…" }')
        return False

    def tier(self, name: nodes.Name) -> bool:
        if name.text in self.of("tier"):
            return True
        self.unknown("RTM206", "tier", name, self.of("tier"))
        return False

    def questions(self) -> set[str]:
        """What somebody can be asked to answer or do: checks of the policy and questions of checklists, those that could not be read too."""
        return set(self.of("check")) | set(QUESTIONS) | set(self.asks) | self.lost

    def surroundings(self) -> str:
        """All that the meaning of a block may depend on beside its own words: what is declared, and what settings are worth."""
        settings = sorted((name, item.value.sort, item.value.text) for name, item in self.of("setting").items() if item.value is not None)
        declared = [sorted(self.of(sort)) for sort in ("topic", "tier", "check")]
        return repr((settings, declared, self.roles, sorted(self.asks), self.timezone.key, sorted(self.lost)))

    @property
    def timezone(self) -> ZoneInfo:
        """Where the policy's days begin; UTC where it names no zone, or none that exists."""
        clause = self.policy.first("timezone") if self.policy else None
        return (zone_of(clause.texts[0].text) if clause else None) or ZoneInfo("UTC")


SORTS: Mapping[str, str] = MappingProxyType(
    {
        "name": "a word", "path": "a name", "text": "a text", "count": "a number", "number": "a number", "percent": "a percentage",
        "multiple": "a multiple", "date": "a date", "instant": "a time", "region": "a region", "duration": "a duration",
        "characters": "a number of characters",
    }
)  # fmt: skip


def resolve(files: Sequence[nodes.File]) -> Names:
    """Gathers the items of all files by sort and name; duplicates are errors at both places."""
    names = Names({}, None, (), ())
    seen: dict[tuple[str, str], list[At]] = {}
    policies: list[nodes.Item] = []
    tests: list[nodes.Test] = []
    first = At(files[0].name if files else "", 1, 1, 1, 1)
    for file in files:
        tests += file.tests
        for item in file.items:
            if item.word == "policy":
                policies.append(item)
            elif item.word == "halt":
                seen.setdefault(("block", "halt"), []).append(item.at)
                names.halt = names.halt or item
            elif item.name is not None and item.word not in ("set", "switch off"):
                _file(item, item.name, names, seen)
    for (sort, text), places in sorted(seen.items()):
        if len(places) > 1:
            _twice(names, f"{'name' if sort == 'block' else sort} `{text}`", places)
    if len(policies) > 1:
        _twice(names, "`policy` block", [item.title.at if item.title else item.at for item in policies])
    readable = files and not any("policy" in file.lost for file in files)
    if not policies and readable:
        names.error("RTM211", "there is no `policy` block", first, "", 'a policy begins with: policy "Name" { language 1 … }')
    names.policy = policies[0] if policies else None
    names.roles = tuple(name.text for item in policies[:1] for clause in item.all("roles") for name in clause.names)
    names.tests = tuple(tests)
    names.lost = frozenset(name for file in files for name in file.lost)
    return names


def zone_of(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name, if there is one."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _file(item: nodes.Item, name: nodes.Name, names: Names, seen: dict[tuple[str, str], list[At]]) -> None:
    """Puts an item, and the questions and days in it, under their names."""
    sort = "block" if item.word in BLOCKS else item.word
    seen.setdefault((sort, item.id), []).append(name.at)
    names.items.setdefault(sort, {}).setdefault(item.id, item)
    for part in item.parts:
        if isinstance(part, nodes.Ask):
            seen.setdefault(("question", part.name.text), []).append(part.name.at)
            names.asks.setdefault(part.name.text, part)
        elif isinstance(part, nodes.Day):
            seen.setdefault(("day", part.name.text), []).append(part.name.at)
            names.days.setdefault(part.name.text, part)


def _twice(names: Names, what: str, places: list[At]) -> None:
    for place in places:
        others = listed((f"{at.file}:{at.line}" for at in places if at != place), 3)
        names.error("RTM201", f"the {what} stands in more than one place", place, f"also at {others}" if others else "")
