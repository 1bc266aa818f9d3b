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
    """Whether it reads as everyday words (`Target`, `The Bar`): every word is one, and no more than one of those that carry a subject has a capital.

    `Best Buy` does not: no text puts two capitals there by chance.
    """
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", name)
    everyday = bool(words) and not is_handle(name) and all(is_frequent(word) or word.lower() in stop_words() for word in words)
    return everyday and sum(needs_capital(word) for word in words) <= 1


def needs_capital(word: str) -> bool:
    """Whether a word of a name is told by its capital from the same word elsewhere; `The` begins a sentence just as well."""
    return word[:1].isupper() and word.lower() not in stop_words()
