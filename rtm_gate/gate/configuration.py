"""What `rtm-gate.toml` may say."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from rtm_gate.model.moment import DAY, parse_span, spell
from rtm_gate.model.team import Team

DAYS = r"([1-9][0-9]{0,4}) days"
DURATION = r"^[1-9][0-9]{0,5} (second|minute|hour|day)s?$"
ADDRESSES = ("http", "https", "file")
STORE = "rtm-gate.db"
LEAST_DAYS = 14
STORES = ("sqlite", "postgresql", "postgresql+psycopg")
"""Schemes of a store's address."""


def _duration(value: Any) -> int:
    """`10 minutes`, as in a policy. A bare number would leave its unit to be guessed."""
    if not isinstance(value, str) or not re.fullmatch(DURATION, value):
        raise ValueError(f'`{value}` is not a duration; write it with its unit, like "10 minutes"')
    seconds = parse_span(value)
    if seconds > DAY:
        raise ValueError(f"`{value}` is longer than {spell(DAY)}: an answer that old is worth nothing")
    return seconds


def _days(value: Any) -> int:
    """`30 days`: a whole number of days."""
    found = re.fullmatch(DAYS, value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'`{value}` is no number of days; write it like "30 days"')
    return int(found[1])


def _keeping(value: int) -> int:
    """At least as many days as a situation may live."""
    if value < LEAST_DAYS:
        raise ValueError(f"`{value} days` is too short: a situation may live for {LEAST_DAYS} days")
    return value


def _filled(value: str) -> str:
    if not value.strip() or "\0" in value:
        raise ValueError("is empty" if not value.strip() else "holds a broken character")
    return value


def _feed(value: str) -> str:
    scheme, marked, _ = value.partition("://")
    if marked and scheme.lower() not in ADDRESSES:
        raise ValueError(f"`{scheme}` addresses are not read; give a file or an http(s) address")
    return value


def _store(value: str) -> str:
    scheme, marked, _ = value.partition("://")
    if marked and scheme not in STORES:
        # Not the address itself: it may hold a password.
        raise ValueError(f"`{scheme}` is no store; give a path, or an address that begins with {', '.join(f'{name}://' for name in STORES)}")
    # A server on the same machine may be reached by the folder of its socket: postgresql:///news?host=/run/postgresql
    if marked and scheme != "sqlite" and not urlsplit(value).hostname and not parse_qs(urlsplit(value).query).get("host"):
        raise ValueError("the address names no host")
    return value


Filled = Annotated[str, AfterValidator(_filled)]
Duration = Annotated[int, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": DURATION, "examples": ["10 minutes"]})]


Days = Annotated[int, BeforeValidator(_days), WithJsonSchema({"type": "string", "pattern": f"^{DAYS}$", "examples": ["30 days"]})]


class Copied(BaseModel):
    """Where the project's policy came from, so that `doctor` can say what has become of it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    version: Filled = Field(description="The rtm-gate whose policy was copied.")
    digest: str = Field(pattern=r"^sha256:[0-9a-f]{64}$", description="The digest of the policy that was copied.")


class Configuration(BaseModel):
    """The keys of `rtm-gate.toml`. Paths are seen from the folder of the file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="rtm-gate.toml")

    policy: Filled | None = Field(default=None, description="A policy file, or a folder with a standard.rtm. Default: the bundled standard policy.")
    feeds: tuple[Annotated[Filled, AfterValidator(_feed)], ...] = Field(
        default=(),
        strict=False,
        description="The news: names of the catalog, lists of feeds (.toml, .opml), files, patterns of files (feeds/*.xml) and http(s) addresses; "
        "RSS, Atom, RDF, CDF, JSON Feed, CAP, EDXL, MeteoAlarm, NWS, GDACS, USGS.",
    )
    catalog: Filled | None = Field(
        default=None, description="A file or folder that lists feeds by name, with their trust, topics and rhythm, beside those of the bundled catalog."
    )
    private: tuple[Filled, ...] = Field(
        default=(),
        strict=False,
        description='Addresses inside your own network that feeds may be read from: networks ("10.0.0.0/8"), addresses, names of hosts.',
    )
    keep_news: Annotated[Days, AfterValidator(_keeping)] = Field(default=30, description=f"How long stories are kept, in days; at least {LEAST_DAYS}.")
    people: Filled | None = Field(default=None, description="The file that lists people and their roles.")
    weights: Filled | None = Field(
        default=None, description="The file of weights by which words are read, as `rtm-gate calibrate` writes it. Default: the shipped weights."
    )
    images: Filled | None = Field(
        default=None, description="The file that lists pictures known from a catastrophe, by words and hashes, beside those that are shipped."
    )
    team: Team | None = Field(default=None, description="The people behind the account; a policy asks `team.size`, `team.tenure` and `team.on_call`.")
    model: Filled | None = Field(
        default=None, description="A trained spaCy pipeline, by package (en_core_web_md) or folder, that adds names and parts of speech. Default: none."
    )
    lease: Duration | None = Field(
        default=None, description='How long a go holds, like "10 minutes". It shortens what the policy says (`answers hold for`), never lengthens it.'
    )
    store: Annotated[str, AfterValidator(_filled), AfterValidator(_store)] | None = Field(
        default=None, description=f"Where the news is kept: a path (SQLite), or a sqlite:// or postgresql:// address. Default: {STORE}."
    )
    record: bool | None = Field(
        default=None,
        description="Whether every verdict, and what becomes of situations, is written into the ledger, in the store; what cannot be written is a hold. "
        "Default: where there is a store.",
    )
    keep_told: Days | None = Field(
        default=None,
        description="For how many days the record tells texts and people; `rtm-gate ledger mask --expired` masks what is older. Default: for ever.",
    )
    trust_callers: bool = Field(default=False, description="Whether a server counts the sign-offs that stand in a draft. Has no effect yet.")
    copied: Copied | None = Field(default=None, description="Which policy this project's was copied from; written by `rtm-gate init`.")
