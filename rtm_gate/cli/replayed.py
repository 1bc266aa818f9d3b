"""What a replay came to, for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.text import Text

from rtm_gate.cli.options import WORD_STYLES, console
from rtm_gate.gate.record.replay import Outcome, Summary
from rtm_gate.model.policy import Policy
from rtm_gate.model.verdict import STRICTNESS
from rtm_gate.verdict.render.safe import one_line, safe

MOST_CHANGES = 20
MOST_ROWS = 20


def shown(summary: Summary, new: Policy, against: Policy | None = None) -> None:
    """Printed: how many, the table of words, the rules, samples of every change, and what could not be judged."""
    out = console()
    for line in _lines(summary, new, against):
        out.print(line, soft_wrap=True)


def _lines(summary: Summary, new: Policy, against: Policy | None) -> Iterator[Text]:
    total = summary.judged + summary.unjudged
    before = f", held against {_named(against)}" if against else ""
    yield Text(f"{summary.judged} of {total} verdict{'' if total == 1 else 's'} judged again by {_named(new)}{before}")
    if summary.stopped:
        yield Text(_stopped(summary.stopped))
    if summary.judged:
        yield Text(_changed(summary), style="bold")
    if summary.changes:
        yield Text()
        yield from _table(summary)
        yield Text()
        yield from _rules(summary)
        yield from _changes(summary)
    for why, rows in sorted(summary.missed.items()):
        yield Text()
        yield Text(f"not judged again, {why}: {len(rows)}", style="red")
        yield from _missed(rows)


def _stopped(count: int) -> str:
    them = (
        "1 of them was stopped by people: its halt or rejection counts" if count == 1 else f"{count} of them were stopped by people: halts and rejections count"
    )
    return f"{them} on neither side"


def _changed(summary: Summary) -> str:
    if not summary.changes:
        return "nothing changes"
    parts = [f"{summary.changed} change{'s' if summary.changed == 1 else ''}"] if summary.changed else []
    parts += [f"{summary.otherwise} keep{'s' if summary.otherwise == 1 else ''} the word by other rules"] if summary.otherwise else []
    return ", ".join(parts)


def _table(summary: Summary) -> Iterator[Text]:
    """A line an old word, a column a new one."""
    yield Text("was \\ is".ljust(10) + "".join(word.rjust(8) for word in STRICTNESS), style="dim")
    for old in STRICTNESS:
        line = Text(old.ljust(10), style=WORD_STYLES[old])
        for new in STRICTNESS:
            line.append(str(summary.words[old, new]).rjust(8), style="bold" if old != new and summary.words[old, new] else "dim")
        yield line


def _rules(summary: Summary) -> Iterator[Text]:
    width = max(len(safe(rule)) for rule, _, _ in summary.by_rule) if summary.by_rule else 0
    for rule, came, gone in summary.by_rule:
        said = ", ".join([f"decides now {came}"] * bool(came) + [f"decides no longer {gone}"] * bool(gone))
        yield Text(f"{safe(rule).ljust(width)}  {said}")


def _changes(summary: Summary) -> Iterator[Text]:
    for (old, new, came, gone), count in summary.by_change[:MOST_CHANGES]:
        rules = " ".join([f"+{safe(rule)}" for rule in came] + [f"-{safe(rule)}" for rule in gone])
        yield Text()
        yield Text(old, style=WORD_STYLES[old]) + Text(" → ") + Text(new, style=WORD_STYLES[new]) + Text(f"  {count}  {rules}")
        for one in summary.samples[old, new, came, gone]:
            yield Text(f"  row {one.row}  {one_line(one.draft)}  ") + Text(one_line(one.text), style="dim")
            yield Text(f"    was  {one_line(one.old_headline)}")
            yield Text(f"    is   {one_line(one.new_headline)}")
    if (more := len(summary.changes) - MOST_CHANGES) > 0:
        yield Text(f"\n… and {more} more sorts of change; --format json has all of them")


def _missed(rows: list[Outcome]) -> Iterator[Text]:
    for detail, same in groupby(sorted(rows, key=lambda one: (one.detail, one.row)), key=lambda one: one.detail):
        some = list(same)
        named = ", ".join(f"row {one.row} ({one_line(one.draft)})" if one.draft else f"row {one.row}" for one in some[:MOST_ROWS])
        more = f" and {len(some) - MOST_ROWS} more; --format json names all" if len(some) > MOST_ROWS else ""
        yield Text(f"  {named}{more}{': ' if detail else ''}{one_line(detail)}")


def _named(policy: Policy) -> str:
    return f"{one_line(policy.name)} ({policy.digest[:19]}…)"
