"""Stage 4: one flat namespace for all files. Each sort of name is unique, wherever it is written, in whatever order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean, listed
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.draft import QUESTIONS
from rtm_gate.model.source import At
from rtm_gate.model.topics import TOPICS

LATER = ("platform", "template", "checklist", "matrix", "calendar", "watch", "halt", "guarantee", "set", "switch off")
_SORTS = {"rule": "block", "blackout": "block", "trigger": "block"}


@dataclass(slots=True)
class Names:
    """Everything that has a name, and what went wrong while naming."""

    items: dict[str, dict[str, nodes.Item]]
    policy: nodes.Item | None
    roles: tuple[str, ...]
    tests: tuple[nodes.Test, ...]
    lost: frozenset[str] = frozenset()
    """Names of items that could not be read: that fault is reported, and nothing else about them."""
    found: list[Diagnostic] = field(default_factory=list)

    def of(self, sort: str) -> Mapping[str, nodes.Item]:
        """The items of a sort by name: `block` (rules, blackouts, triggers), `topic`, `tier`, `setting`, `check`."""
        return MappingProxyType(self.items.get(sort, {}))

    def error(self, code: str, message: str, at: At, label: str = "", *help_: str) -> None:
        self.found.append(Diagnostic(code, "error", message, at, label, tuple(help_)))

    def warn(self, code: str, message: str, at: At, label: str = "") -> None:
        self.found.append(Diagnostic(code, "warning", message, at, label))

    def unknown(self, code: str, what: str, name: nodes.Name | nodes.Value, known: Iterable[str], *help_: str) -> None:
        """A name that is not among those that exist."""
        if name.text in self.lost:
            return
        there = sorted(set(known))
        rest = f"{what}s: {listed(there)}" if there else f"there is no {what} in this policy"
        self.error(code, f"there is no {what} `{name.text}`", name.at, did_you_mean(name.text, there), rest, *help_)

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
        known = set(TOPICS) | set(self.of("topic"))
        if name.text in self.lost or name.text in known or any(other.startswith(name.text + ".") for other in known):
            return True
        message = f"there is no topic `{name.text}`"
        self.error("RTM205", message, name.at, did_you_mean(name.text, known), f"the policy can make it: topic {name.text} " + '"…" { terms "…" }')
        return False

    def tier(self, name: nodes.Name) -> bool:
        if name.text in self.of("tier"):
            return True
        self.unknown("RTM206", "tier", name, self.of("tier"))
        return False

    def questions(self) -> set[str]:
        """What somebody can be asked to answer or do: checks of the policy and questions of the checklist."""
        return set(self.of("check")) | set(QUESTIONS)


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
    policies: list[nodes.Item] = []
    seen: dict[tuple[str, str], list[nodes.Item]] = {}
    tests: list[nodes.Test] = []
    first = At("", 1, 1, 1, 1)
    for number, file in enumerate(files):
        first = At(file.name, 1, 1, 1, 1) if number == 0 else first
        tests += file.tests
        for item in file.items:
            if item.word in LATER:
                names.error("RTM190", f"`{item.word}` belongs to language 1, but this version does not judge it yet", item.at, "take it out")
            if item.word == "policy":
                policies.append(item)
            elif item.name is not None:
                sort = _SORTS.get(item.word, item.word)
                seen.setdefault((sort, item.name.text), []).append(item)
                names.items.setdefault(sort, {}).setdefault(item.name.text, item)
    for (sort, text), items in sorted(seen.items()):
        if len(items) > 1:
            _twice(names, f"{'name' if sort == 'block' else sort} `{text}`", [item.name.at for item in items if item.name is not None])
    if len(policies) > 1:
        _twice(names, "`policy` block", [item.title.at if item.title else item.at for item in policies])
    readable = files and not any("policy" in file.lost for file in files)
    if not policies and readable:
        names.error("RTM211", "there is no `policy` block", first, "", 'a policy begins with: policy "Name" { language 1 … }')
    names.policy = policies[0] if policies else None
    names.roles = tuple(name.text for item in policies[:1] for clause in item.clauses if clause.word == "roles" for name in clause.names)
    names.tests = tuple(tests)
    names.lost = frozenset(name for file in files for name in file.lost)
    return names


def _twice(names: Names, what: str, places: list[At]) -> None:
    for place in places:
        others = listed((f"{at.file}:{at.line}" for at in places if at != place), 3)
        names.error("RTM201", f"the {what} stands in more than one place", place, f"also at {others}" if others else "")
