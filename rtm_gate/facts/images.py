"""Which known picture an attachment is: by the hash of its file, else by the words that describe it or stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rtm_gate.analysis.written.folding import fold
from rtm_gate.analysis.written.phrases import Phrases
from rtm_gate.model.draft import Media
from rtm_gate.model.images import KnownImage
from rtm_gate.vocabulary.images import with_own

_POSSESSIVE = re.compile(r"'s\b")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = ("a", "an", "the")


@dataclass(frozen=True, slots=True)
class Known:
    image: KnownImage
    by: Literal["hash", "words"]


def known_image(media: Media, own: tuple[KnownImage, ...]) -> Known | None:
    """The picture of the shipped list, or of a project's `own`, that it is; None where nothing says so."""
    return _gallery(own).find(media)


class _Gallery:
    """A list, compiled. Of pictures that share a phrase or a hash the later one counts: a project's own come last."""

    def __init__(self, images: tuple[KnownImage, ...]) -> None:
        self._by_hash = {digest: image for image in images for digest in image.sha256}
        self._by_words = {words_of(phrase): image for image in images for phrase in image.words}
        self._phrases = Phrases(self._by_words)
        self._unless = {image.id: Phrases(map(words_of, image.unless)) for image in images if image.unless}

    def find(self, media: Media) -> Known | None:
        image = self._by_hash.get(media.sha256.strip().lower().removeprefix("sha256:"))
        if image is not None:
            return Known(image, "hash")
        longest = max(self._named(media), key=len, default="")
        return Known(self._by_words[longest], "words") if longest else None

    def _named(self, media: Media) -> Iterator[str]:
        """The phrases in it; of two the longer one tells more."""
        pieces = [words_of(piece).split() for piece in (media.alt or "", media.text)]
        for piece in pieces:
            for hit in self._phrases.among(piece):
                image = self._by_words[hit.key]
                if image.id not in self._unless or not any(self._unless[image.id].among(other) for other in pieces):
                    yield hit.key


@lru_cache(maxsize=16)
def _gallery(own: tuple[KnownImage, ...]) -> _Gallery:
    return _Gallery(with_own(own))


def words_of(text: str) -> str:
    """Its words with single spaces between them, in lower case, without accents, articles and a possessive s."""
    bare = "".join(char for char in unicodedata.normalize("NFD", fold(text).plain) if not unicodedata.combining(char))
    return " ".join(word for word in _WORD.findall(_POSSESSIVE.sub("", bare.lower().replace("đ", "d"))) if word not in _ARTICLES)
