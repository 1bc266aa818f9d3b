"""Two readers: one with a small vocabulary whose every row the tests know, and one with the standard topics."""

from __future__ import annotations

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.model.vocabulary import OwnName, OwnNames, Vocabulary
from rtm_gate.vocabulary.topics import digest_of, standard_topics
from tests.analysis.tables import small_vocabulary


def _named(*names: str) -> tuple[OwnName, ...]:
    return tuple(map(OwnName, names))


@pytest.fixture(scope="session")
def small() -> Analyser:
    return Analyser(small_vocabulary())


@pytest.fixture(scope="session")
def acme(small: Analyser) -> Analyser:
    """The account of own_names.toml."""
    return small.with_own(
        OwnNames(
            brands=(OwnName("Acme", ("Acme Foods", "@acme")), *_named("KFC", "Gap")),
            products=(OwnName("Acme Bar", ("the Bar", "@the_bar")), *_named("Vela GT", "Storm Chaser")),
            competitors=(OwnName("Bolt", ("Bolt Energy", "@drinkbolt")), *_named("Other Cola")),
        )
    )


@pytest.fixture(scope="session")
def standard() -> Analyser:
    topics = standard_topics()
    return Analyser(Vocabulary(topics, digest_of(topics)))
