"""Stage 7: everything an author said, checked and put together as a `Policy`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from rtm_gate.language import lint
from rtm_gate.language.lowering import freshness
from rtm_gate.language.lowering.blocks import Blocks
from rtm_gate.language.meaning.examples import Examples
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.meaning.topics import topic_of
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.moment import HOUR, MINUTE
from rtm_gate.model.policy import Block, Policy, Seat, Tier, Trigger
from rtm_gate.model.rule import CoreRule, Effect, ForTier
from rtm_gate.model.schema import KINDS
from rtm_gate.model.source import At

STALE_AFTER = 30 * MINUTE
LEASE = 10 * MINUTE
SHELF_LIFE = {"reactive": 12 * HOUR}
ANYBODY = ("person", "people")


def assemble(names: Names, files: Sequence[nodes.File]) -> Policy | None:
    """The policy; what is wrong goes to `names.found`, and then it is not to be used."""
    blocks = Blocks(names)
    rules: list[CoreRule] = []
    for item in names.of("block").values():
        rules += blocks.lowered(item)
    topics = tuple(topic_of(item, names) for item in names.of("topic").values())
    tiers = {name: _tier(item, names) for name, item in sorted(names.of("tier").items())}
    tests = tuple(Examples(names).test(test) for test in names.tests)
    head = _Head(names)
    lint.lint(names)
    if names.policy is None:
        return None
    return Policy(
        name=names.policy.title.text if names.policy.title else "",
        digest=digest(files),
        files=tuple(file.name for file in files),
        owner=head.owner,
        timezone=head.timezone,
        audience=head.audience,
        roles=names.roles,
        checks=MappingProxyType({name: item.title.text if item.title else name for name, item in sorted(names.of("check").items())}),
        otherwise=head.otherwise,
        stale_after=head.stale_after,
        stale_effect=head.stale_effect,
        lease=head.lease,
        shelf_life=MappingProxyType(head.shelf_life),
        settings=MappingProxyType(_settings(names)),
        topics=topics,
        tiers=MappingProxyType(tiers),
        triggers=MappingProxyType({name: _trigger(item) for name, item in sorted(names.of("block").items()) if item.word == "trigger"}),
        blocks=MappingProxyType({name: _block(item, head) for name, item in names.of("block").items()} | head.blocks),
        rules=(*rules, *freshness.rules_of(head.stale_effect)),
        counts=blocks.queries.counts,
        likes=blocks.queries.likes,
        tests=tests,
    )


def digest(files: Sequence[nodes.File]) -> str:
    """SHA-256 over what the files say; comments and layout do not count."""
    return "sha256:" + hashlib.sha256("\n".join(file.canonical for file in files).encode()).hexdigest()


class _Head:
    """The clauses of the `policy` block, with what holds where they are silent."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.owner, self.timezone = "", "UTC"
        self.audience: tuple[str, ...] = ()
        self.otherwise, self.stale_effect = Effect("go"), Effect("hold")
        self.stale_after, self.lease = STALE_AFTER, LEASE
        self.shelf_life = dict(SHELF_LIFE)
        self.blocks: dict[str, Block] = {}
        item = names.policy
        seen: set[str] = set()
        for clause in item.clauses if item else ():
            if clause.word in seen and clause.word != "shelf life":
                names.error("RTM310", f"`{clause.word}` stands twice in this policy", clause.at, "say it once")
            seen.add(clause.word)
            self._clause(clause)
        if item and "language" not in seen:
            names.error("RTM312", "the policy does not say which language it is written in", item.at, "begin it with `language 1`")
        self._blocks(item)

    def _clause(self, clause: nodes.Clause) -> None:
        match clause.word:
            case "language" if clause.values[0].amount != 1:
                self.names.error("RTM312", f"language {clause.values[0].text} is not known here", clause.at, "this version reads `language 1`")
            case "owner":
                self.owner = clause.texts[0].text
            case "timezone":
                self.timezone = self._zone(clause.texts[0])
            case "audience":
                self.audience = tuple(value.text for value in clause.values)
            case "otherwise":
                self.otherwise = self._plain(clause, ("go", "hold", "hold for"))
            case "stale news":
                self.stale_after, self.stale_effect = self.names.span(clause.values[0]), self._plain(clause, ("warn", "hold"))
            case "answers hold for":
                self.lease = self.names.span(clause.values[0])
            case "shelf life" if clause.names[0].text not in KINDS:
                name = clause.names[0]
                self.names.error("RTM203", f"there is no kind of draft `{name.text}`", name.at, did_you_mean(name.text, KINDS), f"kinds: {', '.join(KINDS)}")
            case "shelf life":
                self.shelf_life[clause.names[0].text] = self.names.span(clause.values[0])

    def _zone(self, text: nodes.Text) -> str:
        try:
            ZoneInfo(text.text)
        except (KeyError, ValueError, OSError):
            self.names.error("RTM313", f"there is no time zone `{text.text}`", text.at, "write the place whose clocks it follows: America/New_York")
        return text.text

    def _plain(self, clause: nodes.Clause, allowed: tuple[str, ...]) -> Effect:
        """An effect that needs no fact of a rule."""

        effect = clause.effects[0]
        if len(clause.effects) > 1 or effect.kind not in allowed:
            self.names.error("RTM307", f"`{clause.word}` cannot do this", effect.at, f"it can: {', '.join(allowed)}")
            return Effect("hold")
        if effect.kind == "hold for":
            self.names.tier(effect.names[0])
            return Effect("hold", (ForTier(effect.names[0].text),))
        return Effect("go" if effect.kind == "go" else "warn" if effect.kind == "warn" else "hold")

    def _blocks(self, item: nodes.Item | None) -> None:
        """What findings that rest on the policy block itself point at."""
        if item is None:
            return
        places: dict[str, At] = {clause.word: clause.at for clause in item.clauses}
        for name, word, title, because in (
            ("otherwise", "otherwise", "Nothing else decides", "The policy says what happens where no rule decides."),
            (freshness.BLOCK, "stale news", "The news cannot be trusted right now", "Nobody knows what we would be talking into."),
        ):
            fix = "Get the feeds read again, then ask again." if name == freshness.BLOCK else ""
            self.blocks[name] = Block(name, "policy", title, because, fix, self.owner, places.get(word, item.at))


def _block(item: nodes.Item, head: _Head) -> Block:
    assert item.name is not None
    kind: Any = item.word
    title = item.title.text if item.title else item.name.text.replace("_", " ").capitalize()
    return Block(item.name.text, kind, title, _words(item, "because"), _words(item, "fix"), _words(item, "owner") or head.owner, item.at, item.shadow)


def _words(item: nodes.Item, word: str) -> str:
    return " ".join(text.text for clause in item.clauses if clause.word == word for text in clause.texts)


def _tier(item: nodes.Item, names: Names) -> Tier:
    assert item.name is not None
    seats: list[Seat] = []
    checks: list[str] = []
    spans: dict[str, int] = {}
    for clause in item.clauses:
        for seat in clause.seats:
            if seat.check is not None:
                checks.append(seat.check.text)
                if seat.check.text not in names.of("check"):
                    names.unknown("RTM208", "check", seat.check, names.of("check"))
                continue
            anybody = len(seat.roles) == 1 and seat.roles[0].text in ANYBODY
            for role in () if anybody else seat.roles:
                if names.policy is not None and role.text not in names.roles:
                    names.unknown("RTM207", "role", role, (*names.roles, *ANYBODY))
            if not 1 <= seat.count <= 99:
                names.error("RTM220", f"`{seat.count}` people is not a number from 1 to 99", seat.at)
            seats.append(Seat(seat.count, () if anybody else tuple(role.text for role in seat.roles)))
        if clause.word in ("answer within", "valid for"):
            spans[clause.word] = names.span(clause.values[0])
    if not seats and not checks:
        names.error("RTM309", f"`{item.name.text}` needs nobody", item.name.at, "a tier says who signs: `needs 1 manager`")
    title = item.title.text if item.title else item.name.text.replace("_", " ")
    return Tier(item.name.text, title, tuple(seats), tuple(checks), item.at, spans.get("answer within"), spans.get("valid for"))


def _trigger(item: nodes.Item) -> Trigger:
    assert item.name is not None
    title = item.title.text if item.title else item.name.text.replace("_", " ").capitalize()
    named = {word: tuple(name.text for clause in item.clauses if clause.word == word for name in clause.names) for word in ("covers", "topics", "risk")}
    return Trigger(item.name.text, title, named["covers"], named["topics"], next(iter(named["risk"]), ""), item.at)


def _settings(names: Names) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for name, item in sorted(names.of("setting").items()):
        value = item.value
        if value is None:
            continue
        if value.sort in ("percent", "multiple", "number"):
            found[name] = value.amount / 1_000_000
        else:
            found[name] = value.amount if value.sort in ("count", "characters", "duration", "instant", "date") else value.text
    return found
