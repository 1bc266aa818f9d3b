"""What the tests of the news share: the hour, the recorded feeds, and readers of text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rtm_gate.analysis import Analyser
from rtm_gate.model.analysis import Analysis
from rtm_gate.model.vocabulary import Vocabulary
from rtm_gate.news import Reader
from rtm_gate.vocabulary.topics import digest_of, standard_topics

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def feeds() -> Path:
    """Recorded feeds, most of them misbehaving; all were read on 2026-03-02 at noon."""
    return HERE / "reading" / "feeds"


@pytest.fixture(scope="session")
def noon() -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def nothing() -> Reader:
    """A reader that finds nothing: what an alert says without its words."""
    return lambda text: Analysis()


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The real analyser with the standard vocabulary."""
    topics = standard_topics()
    return Analyser(Vocabulary(topics, digest_of(topics))).read_text
