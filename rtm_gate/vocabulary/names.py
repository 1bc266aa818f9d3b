"""Names as people spell them: which spellings are one name, and which look like ordinary words."""

from __future__ import annotations

import re

from rtm_gate.vocabulary.words import is_frequent, stop_words


def is_handle(name: str) -> bool:
    """`@acme`: met in exactly this form, sign and all."""
    return name.startswith("@")


def key_of(name: str) -> str:
    """Equal for the spellings of one name: `Coca-Cola`, `coca cola`, `#CocaCola`. A handle is a name of its own."""
    return "@" * is_handle(name) + "".join(char for char in name.lower() if char.isalnum())


def is_ordinary(name: str) -> bool:
    """Whether it reads as everyday words (`Target`, `the Bar`): every word is one, and no more than one of several has a capital.

    `Best Buy` does not: no text puts two capitals there by chance.
    """
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", name)
    capitals = sum(word[:1].isupper() for word in words)
    return bool(words) and not is_handle(name) and (len(words) == 1 or capitals <= 1) and all(is_frequent(w) or w.lower() in stop_words() for w in words)
