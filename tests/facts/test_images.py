"""Which known picture an attachment is, by its words and by its file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from rtm_gate.facts.images import known_image, words_of
from rtm_gate.model.draft import Media
from rtm_gate.model.images import KnownImage
from rtm_gate.vocabulary.images import is_telling, standard_images, with_own

ROWS = tomllib.loads(Path(__file__).with_name("images.toml").read_text(encoding="utf-8"))["row"]
DIGEST = "ab" * 32


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.get("alt", "nothing"))
def test_words(row: dict[str, str]) -> None:
    found = known_image(Media(alt=row.get("alt"), text=row.get("text", "")), ())
    assert (found.image.id if found else "") == row["known"]
    assert found is None or found.by == "words"


def test_every_phrase_of_the_shipped_list_tells_its_own_picture() -> None:
    images = standard_images()
    assert len({image.id for image in images}) == len(images) >= 60
    for image in images:
        assert image.words
        assert image.year
        for phrase in image.words:
            assert is_telling(phrase), phrase
            found = known_image(Media(alt=f"Look: {phrase.upper()}!"), ())
            assert (found.image.id if found else "") == image.id, phrase


def test_no_hash_is_shipped() -> None:
    assert not [image.id for image in standard_images() if image.sha256]


@pytest.mark.parametrize("phrase", ["clouds", "smoke", "Smoke", "the explosion", "of the", "—", "tower"])
def test_a_phrase_that_tells_nothing(phrase: str) -> None:
    assert not is_telling(phrase)


@pytest.mark.parametrize("given", [DIGEST, DIGEST.upper(), f"sha256:{DIGEST}", f" {DIGEST} "])
def test_a_file_is_known_by_its_hash_whatever_is_said_of_it(given: str) -> None:
    own = (KnownImage(id="market_fire", title="The market", event="Market fire", sha256=(DIGEST,)),)
    found = known_image(Media(alt="The Hindenburg in flames", sha256=given), own)
    assert found is not None
    assert (found.image.id, found.by) == ("market_fire", "hash")
    assert known_image(Media(alt="pretty clouds", sha256=given), ()) is None


def test_an_own_picture_of_a_shipped_id_adds_to_it() -> None:
    own = (KnownImage(id="challenger", title="Our copy", event="Challenger", words=("branching smoke plume",), sha256=(DIGEST,)),)
    (joined,) = [image for image in with_own(own) if image.id == "challenger"]
    assert (joined.title, joined.sha256) == ("Our copy", (DIGEST,))
    for media in (Media(alt="branching smoke plume"), Media(alt="Challenger explosion"), Media(sha256=DIGEST)):
        found = known_image(media, own)
        assert (found.image.title if found else "") == "Our copy"
    assert len(with_own(own)) == len(standard_images())


def test_words_are_compared_bare() -> None:
    assert words_of("The Kennedy’s — a “Đức” &c_d") == "kennedy duc c d"
