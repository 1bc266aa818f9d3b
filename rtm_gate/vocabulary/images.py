"""Pictures of catastrophe that the world knows: those that are shipped, joined by a project's own."""

from __future__ import annotations

import re
from functools import lru_cache

from rtm_gate.model.images import KnownImage, KnownImages
from rtm_gate.vocabulary.data_files import toml_of
from rtm_gate.vocabulary.words import is_common, is_frequent, stop_words


@lru_cache(maxsize=1)
def standard_images() -> tuple[KnownImage, ...]:
    """The pictures of `data/images.toml`."""
    return KnownImages.model_validate(toml_of("images.toml")).image


def with_own(own: tuple[KnownImage, ...]) -> tuple[KnownImage, ...]:
    """The shipped pictures and a project's own; one of its own with a shipped id keeps what is shipped, and adds its words and hashes."""
    known = {image.id: image for image in standard_images()}
    for image in own:
        base = known.get(image.id)
        more = {} if base is None else {name: tuple(dict.fromkeys((*getattr(base, name), *getattr(image, name)))) for name in ("words", "unless", "sha256")}
        known[image.id] = image.model_copy(update=more)
    return tuple(known.values())


def is_telling(phrase: str) -> bool:
    """Whether a phrase is enough to know a picture by: two words that carry something, a rare one, or a name with its capital."""
    content = [word for word in re.findall(r"[^\W_]+", phrase) if word.lower() not in stop_words()]
    if len(content) != 1:
        return len(content) > 1
    return not (is_common(content[0]) if content[0][0].isupper() else is_frequent(content[0]))
