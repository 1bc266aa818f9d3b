"""Stage 5: what an author declares beside rules: tiers, triggers, platforms, templates, questions, days, the halt."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import did_you_mean
from rtm_gate.model.calendar import KeptDay
from rtm_gate.model.moment import DAY
from rtm_gate.model.policy import Halt, Platform, Question, Seat, Template, Tier, Trigger
from rtm_gate.model.schema import CLASSES, KINDS, TONES

ANYBODY = ("person", "people")


def tier_of(item: nodes.Item, names: Names) -> Tier:
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


def trigger_of(item: nodes.Item) -> Trigger:
    assert item.name is not None
    title = item.title.text if item.title else item.name.text.replace("_", " ").capitalize()
    named = {word: tuple(name.text for clause in item.all(word) for name in clause.names) for word in ("covers", "topics", "risk")}
    return Trigger(item.name.text, title, named["covers"], named["topics"], next(iter(named["risk"]), ""), item.at)


def platform_of(item: nodes.Item, names: Names) -> Platform:
    aim = clause.values[0] if (clause := item.first("aim for")) else None
    risk = next(iter(_names(item, "tolerates")), "high")
    return Platform(name_of(item), title_of(item), risk, _names(item, "tone"), _names(item, "formats"), names.span(aim) if aim else None, item.at)


def template_of(item: nodes.Item) -> Template:
    copy = " ".join(text.text for clause in item.all("copy") for text in clause.texts)
    reviewed = item.first("reviewed")
    due = _due(*reviewed.values) if reviewed is not None and len(reviewed.values) == 2 else None
    return Template(name_of(item), title_of(item), copy, _names(item, "images"), due, item.at)


def _due(reviewed: nodes.Value, again: nodes.Value) -> date | None:
    """When it has to be read again; a month is one of the calendar, and its last day where it lacks that day."""
    try:
        first = date.fromisoformat(reviewed.text)
        count, unit = again.text.split()
        if not unit.startswith("month"):
            return first + timedelta(days=again.amount // DAY)
        years, month = divmod(first.year * 12 + first.month - 1 + int(count), 12)
        after = date(years + month // 11, (month + 1) % 12 + 1, 1)
        return min(date(years, month + 1, 1) + timedelta(days=first.day - 1), after - timedelta(days=1))
    except (ValueError, OverflowError):
        return None


def question_of(ask: nodes.Ask, item: nodes.Item) -> Question:
    return Question(ask.name.text, ask.question.text, item.id, ask.must, tuple(word.text for word in ask.good), ask.at)


def day_of(day: nodes.Day, names: Names) -> KeptDay:
    """By its title, its other names and its tag a draft touches it."""
    if day.tone.text not in TONES:
        names.error("RTM203", f"a day is never `{day.tone.text}`", day.tone.at, did_you_mean(day.tone.text, TONES), f"tones: {', '.join(TONES)}")
    words = [text.text.lower() for text in (day.title, *day.called)]
    words += ["#" + "".join(char for char in word if char.isalnum()) for word in words if not word.startswith("#")]
    tone: Any = day.tone.text
    return KeptDay(day.name.text, day.title.text, tone, day.when.text, tuple(sorted(v.text for v in day.regions)), tuple(dict.fromkeys(words)))


def halt_of(item: nodes.Item, names: Names) -> Halt:
    """Who may stop everything, what goes on meanwhile, and who starts it again."""
    by, spares, resume = item.first("by"), item.first("spares"), item.first("resume by")
    for role in by.names if by else ():
        if role.text not in names.roles:
            names.unknown("RTM207", "role", role, names.roles)
    for word in spares.names if spares else ():
        if word.text not in (*KINDS, *CLASSES):
            names.error("RTM203", f"a draft is never `{word.text}`", word.at, did_you_mean(word.text, (*KINDS, *CLASSES)))
    if by is None or resume is None:
        lacking = "by" if by is None else "resume by"
        names.error("RTM309", f"this halt has no `{lacking}`", item.at, "write `by manager  resume by TIER`")
        return Halt((), (), "", 0, 0, item.at)
    names.tier(resume.names[0])
    at_most, every = (resume.values[0].amount, names.span(resume.values[1])) if resume.values else (0, 0)
    spared = tuple(word.text for word in spares.names) if spares else ()
    return Halt(tuple(role.text for role in by.names), spared, resume.names[0].text, at_most, every, item.at)


def name_of(item: nodes.Item) -> str:
    assert item.name is not None
    return item.name.text


def title_of(item: nodes.Item) -> str:
    return item.title.text if item.title else name_of(item).replace("_", " ").capitalize()


def _names(item: nodes.Item, word: str) -> tuple[str, ...]:
    return tuple(name.text for clause in item.all(word) for name in clause.names)
