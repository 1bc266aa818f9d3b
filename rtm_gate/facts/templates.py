"""Whether a draft is the copy that was cleared: the template it names, held against its text."""

from __future__ import annotations

import re
import unicodedata

from rtm_gate.facts.scene import Scene
from rtm_gate.model.fact import Value

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
LONGEST_SLOT = 140
"""Characters a slot may hold: a phrase or a sentence, never two of them."""
_SENTENCES = re.compile(r"[.!?…]\s")


def cleared(scene: Scene) -> dict[str, Value]:
    """The fields about the template; whether it matches is unknown where none is named, or none of that name is in the policy."""
    named = scene.draft.template
    if named is None:
        return {"template": "", "template_current": False}
    template = scene.policy.templates.get(named.id)
    if template is None:
        return {"template": named.id, "template_current": False}
    today = scene.now.astimezone(scene.zone).date()
    values: dict[str, Value] = {"template": named.id, "template_current": template.due is None or today < template.due}
    given = {name: _plain(str(value)) for name, value in named.slots.items()}
    return values | {"template_matches": _matches(template.copy, " ".join(scene.draft.text), given)}


def _matches(copy: str, text: str, given: dict[str, str]) -> bool:
    """The text is the copy, word for word, with something short in each slot: what the draft says stands there, where it says so.

    The shortest text that reaches the next words of the copy is a slot's; no way back is tried, so that no text takes long.
    """
    first, *rest = _pieces(_plain(copy), given)
    said = _plain(text)
    if not said.startswith(first):
        return False
    place, slots = len(first), dict[str, str]()
    for number in range(0, len(rest), 2):
        slot, words = rest[number], rest[number + 1]
        last = number + 2 == len(rest)
        end = (len(said) - len(words) if said.endswith(words) else -1) if last else said.find(words, place + 1)
        filling = said[place:end]
        if not place < end <= place + LONGEST_SLOT or _SENTENCES.search(filling) or slots.setdefault(slot, filling) != filling:
            return False
        place = end + len(words)
    return place == len(said)


def _pieces(copy: str, given: dict[str, str]) -> list[str]:
    """Words, slot, words, slot, words: the copy cut at its open slots, the others filled."""
    found = [""]
    for number, piece in enumerate(_SLOT.split(copy)):
        if number % 2 and piece not in given:
            found += [piece, ""]
        else:
            found[-1] += given[piece] if number % 2 else piece
    return found


def _plain(text: str) -> str:
    """Case, blanks and curly quotes make no other copy of it."""
    plain = unicodedata.normalize("NFKC", text).translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return " ".join(plain.casefold().split())
