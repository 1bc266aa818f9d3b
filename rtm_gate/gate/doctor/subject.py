"""What the probes look at: each part is read once, when the first probe asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from rtm_gate import news as newsroom
from rtm_gate import resources
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.people import People, read_people
from rtm_gate.gate.policy import LoadedPolicy, load_policy, types_of
from rtm_gate.gate.project import CONFIGURATION, Project, open_project
from rtm_gate.gate.toml import ProjectError
from rtm_gate.model.news import SourceHealth, Story
from rtm_gate.news.fetching import Access, fetch_all
from rtm_gate.rules import trial

PATIENCE = 5.0
"""Seconds for one feed: whoever asks whether all is well does not wait for a server that is not."""
LONGEST = 8.0
"""Seconds for all of them together: a host with several feeds is asked for one at a time."""
TRIAL = 20.0
"""Seconds for the policy's first run."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One feed, fetched once. `served` is the server's own clock, where it said it."""

    where: str
    health: SourceHealth
    stories: tuple[Story, ...]
    served: datetime | None

    @property
    def from_web(self) -> bool:
        return "://" in self.where and not self.where.lower().startswith("file:")

    @property
    def shown(self) -> str:
        """Without what may be a password or a key: reports end up in logs."""
        if not self.from_web:
            return self.where
        scheme, _, rest = self.where.partition("://")
        host, slash, path = rest.partition("?")[0].partition("#")[0].partition("/")
        return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


@dataclass(frozen=True)
class Subject:
    """A folder at a moment. Where the configuration cannot be read, `project` is what judges without it."""

    folder: Path
    now: datetime

    @property
    def configured(self) -> bool:
        return (self.folder / CONFIGURATION).is_file()

    @cached_property
    def problems(self) -> list[str]:
        """What is wrong with the configuration."""
        try:
            open_project(self.folder)
        except ProjectError as error:
            return error.problems
        return []

    @cached_property
    def project(self) -> Project:
        return Project(resources.path("policies", "standard.rtm")) if self.problems else open_project(self.folder)

    @cached_property
    def loaded(self) -> LoadedPolicy:
        return load_policy(self.project.policy, self.now.date())

    def gate(self) -> Gate:
        """The gate of the project, to be closed."""
        return Gate(self.project, self.loaded)

    @cached_property
    def trouble(self) -> str:
        """Why the engine cannot run the policy; empty where it can, or where there is none."""
        return trial.try_out(self.loaded.policy.rules, types_of(self.loaded.policy), TRIAL) if self.loaded.policy else ""

    @cached_property
    def people(self) -> People | None:
        """None where the project names no file of them. Raises ProjectError."""
        return read_people(self.project.people) if self.project.people else None

    @cached_property
    def readings(self) -> list[Reading]:
        """Every feed, in the order of the configuration."""
        wheres = [feed.address for feed in self.project.feeds]
        access = Access(self.project.configuration.private)
        fetched = fetch_all(wheres, access, deadline=PATIENCE, longest=LONGEST)
        return [self._read(where, found) for where, found in zip(wheres, fetched, strict=True)]

    def _read(self, where: str, fetched: newsroom.Fetched) -> Reading:
        if fetched.problem:
            return Reading(where, SourceHealth(where, where, None, 0, 0, fetched.problem), (), fetched.served)
        return Reading(where, *newsroom.read_feed(fetched.data, where, self.now, self.now), fetched.served)
