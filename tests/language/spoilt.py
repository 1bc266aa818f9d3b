"""Policies as accidents and malice leave them: texts of the house with words lost, doubled, swapped, and put where nobody would."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from rtm_gate.language.colours.keywords import KEYWORDS
from rtm_gate.language.diagnostics.codes import REST, codes, page_of
from rtm_gate.language.syntax.cut import cut
from rtm_gate.language.syntax.text import SourceText
from rtm_gate.model.schema import SCHEMA
from rtm_gate.model.topics import TOPICS

ROOT = Path(__file__).parent.parent.parent
SEEDS = [
    file.read_text(encoding="utf-8")
    for folder in ("policies", "tests/gate/blocks", "tests/language/good", "tests/language/acme", "tests/language/lint", "tests/language/lowered")
    for file in sorted((ROOT / folder).rglob("*.rtm"))
]
SEEDS += [text for code in codes() if (page := page_of(code)) for text in page.avoid.values()]
"""Every policy that is right, or wrong in one way."""

_WORD = re.compile(r'"(?:\\.|[^"\\\n])*"|\s+|[\w.]+(?:-\w+)*%?|.', re.DOTALL)
_GRAMMAR = sorted({word for row in KEYWORDS.values() for word in row})
_NAMES = sorted({*SCHEMA, *(name for kind in SCHEMA.values() for name in kind.fields), *TOPICS, "manager", "nobody", "x", "planned", "US", "US-NY", "ZZ"})
_NUMBERS = (
    "0", "1", "-1", "007", "999999999", "1000000000", "999999999999", "9" * 50, "0" * 5000 + "1", "9" * 5000, "0.0000001", "1.5", "1e9", "100%", "0%",
    "999999999%", "3x", "999999999 weeks", "999999999 months", "0 seconds", "٣", "1_000", "0001-01-01", "9999-12-31", "2026-02-30", "2026-02-30T99:99Z",
    "9999-12-31T23:59-23:59", "0001-01-01T00:00+23:59", "1970-01-01T00:00Z", "february 30", "280 characters",
)  # fmt: skip
_SIGNS = (
    "{", "}", "{{", "}}", "(", ")", "((", "))", "()", ",", ",,", '"', '""', '"""', '"\\', "\\", '"\\"', '"\\n"', "'", "#", "# ", ".", "..",
    "-", "%", "{x}", "*", '"*"', '"#*"', "\0", "\x1b[31m", "\x07", "\x85", "\r", "\r\n", "\n", "\n\n", "\t", "\x0b", "\u00a0", "\u2028",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", '"\udfff"', '"\0"', '"\u202e"', "é", "e\u0301", "漢字", "İ", "ß", "🙂", "\U0010ffff",
    "not", "not not not", "(" * 60, "not " * 60, ")" * 60, '""' * 60, 'include "../x.rtm"', 'include "\0.rtm"', 'include "\ud800.rtm"',
    'include "packs/days.rtm"', "shadow", "switch off", "set",
)  # fmt: skip


def words(text: str) -> list[str]:
    """The text in pieces: strings, words, white space, signs."""
    return _WORD.findall(text)


def pieces(text: str) -> list[str]:
    """Its items."""
    return [text[piece.start : piece.end] for piece in cut(SourceText.of("a.rtm", text)).pieces]


ITEMS = sorted({item for seed in SEEDS for item in pieces(seed)})
CLAUSES = sorted({line.strip() for seed in SEEDS for line in seed.split("\n") if line.strip() and line.strip()[0] not in "#}"})


def spoilt(random: Random) -> str:
    """A policy of one or two seeds after a few accidents."""
    seed = random.choice(SEEDS)
    if 'policy "' not in seed:
        seed += "\n" + REST
    if random.random() < 0.3:
        seed += "\n" + random.choice(ITEMS)
    row = words(seed)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3, 8))):
        if row:
            random.choice(ACCIDENTS)(row, random)
    return "".join(row)


def _delete(row: list[str], random: Random) -> None:
    at, many = random.randrange(len(row)), random.choice((1, 1, 1, 2, 5, 40))
    del row[at : at + many]


def _double(row: list[str], random: Random) -> None:
    at, many = random.randrange(len(row)), random.choice((1, 1, 5, 60))
    row[at:at] = [" ", *row[at : at + many], " "]


def _swap(row: list[str], random: Random) -> None:
    one, other = random.randrange(len(row)), random.randrange(len(row))
    row[one], row[other] = row[other], row[one]


def _put(things: Sequence[str], beside: bool = True) -> Callable[[list[str], Random], None]:
    """Puts one of the things into the row, with blanks around it or without; or in the place of a word."""

    def put(row: list[str], random: Random) -> None:
        at, blank = random.randrange(len(row)), random.choice(("", " ")) if beside else " "
        row[at : at + random.choice((0, 1))] = [blank, random.choice(things), blank]

    return put


def _alike(row: list[str], random: Random) -> None:
    """A name, a number or a text becomes another one of the same policy: right in its form, wrong in its meaning."""
    at = random.randrange(len(row))
    at = next((number for number in range(at, len(row)) if not row[number].isspace()), at)
    sort = _sort(row[at])
    row[at] = random.choice([word for word in row if _sort(word) == sort])


def _sort(word: str) -> str:
    return "text" if word[:1] == '"' else "number" if word[:1].isdigit() else "region" if word[:1].isupper() else "name" if word[:1].isalpha() else word


def _halve(row: list[str], random: Random) -> None:
    at = random.randrange(len(row))
    del row[at : at + random.choice((len(row), len(row) // 2))]


def _brace(row: list[str], random: Random) -> None:
    braces = [number for number, word in enumerate(row) if word in ("{", "}", "(", ")")]
    if braces:
        at = random.choice(braces)
        row[at] = random.choice(("", row[at] * 2, "{", "}", "(", ")"))


def _ends(row: list[str], random: Random) -> None:
    """Another system's ends of lines, or none at all."""
    end = random.choice(("\r\n", "\r", " ", "\u2028", "\n\n\n"))
    row[:] = [word.replace("\n", end) for word in row]


def _byte(row: list[str], random: Random) -> None:
    """Any character within a word."""
    at = random.randrange(len(row))
    here = random.randrange(len(row[at]) + 1)
    row[at] = row[at][:here] + chr(random.choice((random.randrange(32), random.randrange(256), random.randrange(0x110000)))) + row[at][here:]


def _repeat(row: list[str], random: Random) -> None:
    """A part of a condition, very often."""
    at = random.randrange(len(row))
    part = [" ", random.choice(("or", "and", ",", "")), " ", *row[at : at + random.choice((1, 5, 9))]]
    row[at:at] = part * random.choice((10, 70, 300))


ACCIDENTS: tuple[Callable[[list[str], Random], None], ...] = (
    _delete, _double, _swap, _put(_GRAMMAR), _put(_GRAMMAR, beside=False), _put(_NAMES), _put(_NUMBERS), _put(_SIGNS), _put(ITEMS), _put(CLAUSES),
    _put(CLAUSES, beside=False), _alike, _alike, _alike, _alike, _halve, _brace, _ends, _byte, _repeat,
)  # fmt: skip
