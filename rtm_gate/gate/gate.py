"""The gate: one draft, one policy, one moment of the world, one verdict. Every fault on the way is a hold with its name."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from rtm_gate import __version__
from rtm_gate import news as newsroom
from rtm_gate.analysis import STANDARD, Analyser
from rtm_gate.facts import Facts, Scene, build
from rtm_gate.facts.own import own_names
from rtm_gate.gate.answer import Answer
from rtm_gate.gate.drafts import accept
from rtm_gate.gate.images import images_for
from rtm_gate.gate.model import Model
from rtm_gate.gate.news import ProjectNews
from rtm_gate.gate.policy import LoadedPolicy, load_policy, no_policy, types_of
from rtm_gate.gate.project import Project, open_project
from rtm_gate.gate.record.halts import OnRecord, ProjectHalts
from rtm_gate.gate.record.situations import ProjectSituations
from rtm_gate.gate.scaffold import samples
from rtm_gate.gate.ways import Way, ways_to_go
from rtm_gate.gate.weights import weights_for
from rtm_gate.gate.words import vocabulary_of
from rtm_gate.model.analysis import Analysis, FieldText
from rtm_gate.model.draft import Draft
from rtm_gate.model.fact import Fact
from rtm_gate.model.news import News, Story
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import Match
from rtm_gate.model.signoff import SignOff
from rtm_gate.model.verdict import Finding, ReadBy, Verdict
from rtm_gate.model.vocabulary import OwnNames
from rtm_gate.rules import Engine, reference
from rtm_gate.verdict import Fault, rejection, stopped, verdict_of

if TYPE_CHECKING:
    from rtm_gate.gate.record.recorder import Recorder

log = logging.getLogger("rtm_gate")
T = TypeVar("T")
NO_NEWS = News(given=False, situations=(), sources=(), snapshot="")
SAMPLE_NEWS = "the news is the recorded sample of a new project, not today's; name your feeds in rtm-gate.toml"
REMEMBERED = 4096
"""Analyses kept by content: a queue is re-judged without reading its texts again."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A verdict and what it rests on. `facts` is None where they could not be gathered; `matches` index the policy's rules.

    `faults` are what failed on the way, and `stops` the findings that people made: halts and rejections.
    """

    verdict: Verdict
    scene: Scene
    facts: Facts | None
    matches: tuple[Match, ...]
    faults: tuple[Fault, ...] = ()
    stops: tuple[Finding, ...] = ()


class Gate:
    """Judges drafts under one policy. Thread safe; `close` frees the engine."""

    def __init__(self, project: Project, loaded: LoadedPolicy) -> None:
        self.project = project
        self.loaded = loaded
        self.policy: Policy = _leased(loaded.policy or no_policy(project.policy), project.configuration.lease)
        self.weights, self.weights_problems = weights_for(project)
        self.images, self.images_problems = images_for(project)
        self._model = Model(project)
        self._lock = threading.Lock()
        self._analyser: Analyser | None = None
        self._engine: Engine | None = None
        self._types = types_of(self.policy)
        self._samples = samples(feed.address for feed in project.feeds)
        self.project_news = ProjectNews(project, self.read_headline, self.policy.stale_after)
        self._recorder: Recorder | None = None
        self.situations = ProjectSituations(project, self.project_news)
        self.halts = ProjectHalts(project, self.project_news, loaded.policy)
        self._read = lru_cache(maxsize=REMEMBERED)(self._analyse)

    @classmethod
    def open(cls, path: str | Path | None = None, policy: str | Path | None = None) -> Gate:
        """A project folder, or a policy file. A policy that does not load still gives a gate: one that holds everything."""
        where = Path(path) if path is not None else None
        if where is not None and (where.is_file() or where.suffix == ".rtm"):
            project = open_project(policy=where)
        else:
            project = open_project(where, Path(policy) if policy else None)
        return cls(project, load_policy(project.policy))

    def __enter__(self) -> Gate:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.project_news.close()
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None
            if self._recorder is not None:
                self._recorder.close()
                self._recorder = None

    # ---- the world ---------------------------------------------------------------------------------------------------
    def news(
        self,
        feeds: Sequence[str] | None = None,
        *,
        now: datetime | None = None,
        fetched_at: datetime | None = None,
        stories: Sequence[Story] = (),
        everything: bool = False,
    ) -> News:
        """The feeds given, read as if fetched at `fetched_at` (default: now), else what the project knows; `everything`: also what no check
        asks about. Never raises: a fault is in the answer.
        """
        moment = now or datetime.now(UTC)
        try:
            if feeds is None and not stories:
                return self.project_news.at(moment, fetched_at or moment, everything=everything)
            return newsroom.gather(
                feeds or (),
                now=moment,
                fetched_at=fetched_at or moment,
                read=self.read_headline,
                stories=stories,
                stale_after=self.policy.stale_after,
            )
        except Exception as error:
            log.exception("reading the news failed")
            return News(True, (), (), "", fault=f"{type(error).__name__}: {error}", failed="news")

    def read_text(self, text: str) -> Analysis:
        """What one text says, posted by a brand of the policy."""
        return self._read((FieldText("text", text),), own_names(None, self.policy.brands), False)

    def read_headline(self, text: str) -> Analysis:
        """What a headline says, by the lexicon and the shipped weights alone: what a brand learns from its own posts must not make it deaf to the world."""
        return self._read((FieldText("text", text),), OwnNames(), True)

    def analyse(self, draft: Draft) -> Analysis:
        own = own_names(draft.account, self.policy.brands)
        return self._read(tuple(FieldText(field, piece) for field, piece in draft.pieces.items()), own, False)

    def reads(self, draft: Draft) -> str:
        """The digest of what an analysis of a draft is made of: its words, our names, and who reads them."""
        own, read_by = own_names(draft.account, self.policy.brands), self._reader().read_by
        return hashlib.sha256(repr((__version__, read_by, own, sorted(draft.pieces.items()))).encode()).hexdigest()

    # ---- the verdict -------------------------------------------------------------------------------------------------
    def check(
        self,
        draft: Draft | dict[str, Any],
        news: News | None = None,
        now: datetime | None = None,
        warnings: Sequence[str] = (),
        rejected: Sequence[SignOff] = (),
    ) -> Answer:
        """One verdict, always. Raises InvalidDraftError for a dict that is no draft, ValueError for a `now` without a time zone.

        `news` None: the project's feeds are read; a project without feeds is judged without news, and says so. `rejected`: who said no to it.
        """
        moment = now or datetime.now(UTC)
        if moment.tzinfo is None:
            raise ValueError("`now` needs a time zone")
        on_record = replace(self.halts.at(moment), stops=tuple(rejection(rejected)))
        examined = self.examine(draft, news, moment, warnings, on_record=on_record)
        return Answer.of(self._recorded(examined, self._with_ways(examined)), examined.scene.draft, self.loaded)

    def examine(
        self,
        draft: Draft | dict[str, Any],
        news: News | None,
        now: datetime,
        warnings: Sequence[str] = (),
        given: Sequence[Fact] = (),
        on_record: OnRecord | None = None,
        analysis: Analysis | None = None,
    ) -> Examined:
        """A check, laid open: the verdict with all it rests on, but no way to a go is looked for.

        `given` facts are stated beside those that are made (see `facts.build`). `on_record` None: what the project's record says to any
        draft. `analysis`: what was read in this draft before, by the same reader.
        """
        if isinstance(draft, dict):
            draft, found = accept(draft, self.policy)
            warnings = [*warnings, *found]
        faults = self.faults()
        if news is None:
            news = self.news(now=now) if self.project_news.is_told() else NO_NEWS
        if any(source.url in self._samples for source in news.sources):
            warnings = [*warnings, SAMPLE_NEWS]
        if news.fault:
            faults.append(Fault(news.failed or "news", news.fault))
        on_record = self.halts.at(now) if on_record is None else on_record
        if on_record.fault:
            fault = Fault("store", on_record.fault)
            faults += [fault] if fault not in faults else []
        return self._judge(draft, news, now, faults, warnings, given, on_record, analysis)

    def faults(self) -> list[Fault]:
        """What is wrong with the gate itself, whatever it is asked."""
        faults: list[Fault] = []
        if self.loaded.policy is None:
            first = self.loaded.errors[0]
            faults.append(Fault("policy", f"{first.at.file}:{first.at.line}:{first.at.column}: {first.message}"))
        if self.weights_problems:
            faults.append(Fault("weights", "; ".join(self.weights_problems)))
        if self.images_problems:
            faults.append(Fault("images", "; ".join(self.images_problems)))
        if self._model.problem:
            faults.append(Fault("model", self._model.problem))
        return faults

    def scene(self, draft: Draft, analysis: Analysis, news: News, now: datetime, on_record: OnRecord) -> Scene:
        return Scene(draft, analysis, news, self.policy, now, self.project.configuration.team, self.images, on_record.portfolio)

    def _judge(
        self,
        draft: Draft,
        news: News,
        now: datetime,
        faults: list[Fault],
        warnings: Sequence[str],
        given: Sequence[Fact],
        on_record: OnRecord,
        analysis: Analysis | None,
    ) -> Examined:
        timings: dict[str, float] = {}
        with _timed(timings, "analysis"):
            read = analysis or self._guard("analysis", faults, lambda: self.analyse(draft)) or Analysis()
        scene = self.scene(draft, read, news, now, on_record)
        stops: Sequence[Finding] = on_record.stops
        if on_record.halts or on_record.over:
            # Before all that may fail: a halt needs neither the engine nor a policy.
            stopping, sparing = self._guard("store", faults, lambda: stopped(on_record.halts, on_record.over, scene)) or ([], [])
            stops, warnings = [*stopping, *stops], [*warnings, *sparing]
        with _timed(timings, "facts"):
            facts = self._guard("facts", faults, lambda: build(scene, given))
        matches = self._matches(facts, faults, timings) if facts else ()
        timings["total"] = round(sum(timings.values()), 3)
        verdict = self._verdict(scene, facts, matches, faults, halts=stops, warnings=warnings, timings=timings, read_by=self._read_by())
        return Examined(verdict, scene, facts, tuple(matches), tuple(faults), tuple(stops))

    def _verdict(self, scene: Scene, facts: Facts | None, matches: Sequence[Match], faults: list[Fault], **also: Any) -> Verdict:
        """Where the reasons cannot be put together, the faults alone still make a verdict."""
        verdict = self._guard("verdict", faults, lambda: verdict_of(scene, facts, matches, faults=faults, **also))
        return verdict or verdict_of(scene, None, (), faults=faults, **also)

    def _with_ways(self, examined: Examined) -> Verdict:
        """The verdict with what would make it a go. Whatever goes wrong in the search, the verdict itself stays as it is."""
        verdict = examined.verdict
        if not verdict.sought:
            return verdict
        timings = dict(verdict.timings_ms)
        warnings = verdict.warnings
        ways: tuple[Way, ...] = ()
        with _timed(timings, "to_go"):
            try:
                ways = self.ways(examined)
            except Exception as error:
                log.exception("looking for a way to a go failed")
                warnings = (*warnings, f"no way to a go was looked for to the end: {type(error).__name__}: {error}")
        timings["total"] = round(timings.get("total", 0.0) + timings["to_go"], 3)
        return verdict.model_copy(update={"to_go": tuple(way.told for way in ways), "warnings": warnings, "timings_ms": timings})

    def _recorded(self, examined: Examined, verdict: Verdict) -> Verdict:
        """The verdict once it is written down, where the project keeps a record. What could not be written is a fault, and no go."""
        if not self.project.records():
            return verdict
        scene = examined.scene
        try:
            # Late: who keeps no record needs no keys.
            from rtm_gate.gate.record.recorder import recorder_of

            with self._lock:
                self._recorder = self._recorder or recorder_of(self.project, self.loaded)
                self._recorder.write([(scene.draft, verdict)], scene.news, scene.now, scene.portfolio)
        except Exception as error:
            log.exception("writing the record failed")
            if any(fault.detail == str(error) for fault in examined.faults):
                return verdict  # the same fault holds it already
            faults = [*examined.faults, Fault("record", str(error))]
            also: dict[str, Any] = {"warnings": verdict.warnings, "timings": verdict.timings_ms, "read_by": verdict.read_by}
            return self._verdict(scene, examined.facts, examined.matches, faults, halts=examined.stops, **also)
        return verdict

    def ways(self, examined: Examined) -> tuple[Way, ...]:
        """What would make it a go, each with the drafts that were judged. May raise: `check` sees to it that nothing comes of that."""
        return ways_to_go(examined.verdict, examined.scene, self.again(examined.scene), self.sentences)

    def sentences(self, text: str) -> tuple[tuple[int, int], ...]:
        return self._reader().sentences(text)

    def again(self, scene: Scene) -> Callable[[Draft, datetime], Verdict | None]:
        """Judges another draft, or a later moment, in the same world; None where the engine would refuse it.

        By the reference alone: who goes a way asks for the edited draft's own verdict before publishing, and the engine judges then.
        """

        def judge(draft: Draft, now: datetime) -> Verdict | None:
            told = newsroom.ahead(scene.news, scene.now, now) if now != scene.now else scene.news
            other = replace(scene, draft=draft, analysis=self.analyse(draft), news=told, now=now)
            facts = build(other)
            if self._ready().too_many(facts.rows):
                return None
            return verdict_of(other, facts, reference.match(self.policy.rules, facts.rows, self._types))

        return judge

    def _matches(self, facts: Facts, faults: list[Fault], timings: dict[str, float]) -> Sequence[Match]:
        """The engine's matches, confirmed by the reference. Where they differ, what either found still counts."""
        with _timed(timings, "engine"):
            decided = self._guard("engine", faults, lambda: self._ready().match(facts.rows))
        if decided is None:
            # The engine refuses facts that combine beyond all bounds; the reference would try them all.
            return ()
        with _timed(timings, "confirmation"):
            confirmed = self._guard("engine", faults, lambda: reference.match(self.policy.rules, facts.rows, self._types))
        if confirmed is not None and decided != confirmed:
            differing = sorted({self.policy.rules[m.rule].block for m in set(decided) ^ set(confirmed)})
            faults.append(Fault("disagreement", f"they differ on {', '.join(differing)}"))
            log.error("engine and reference differ on %s", differing)
        return sorted({*decided, *(confirmed or ())})

    def _guard(self, name: str, faults: list[Fault], work: Callable[[], T]) -> T | None:
        """The rim of fail-closed: whatever goes wrong inside becomes a named fault, never a go and never a traceback."""
        try:
            return work()
        except Exception as error:
            log.exception("%s failed", name)
            fault = Fault(name, f"{type(error).__name__}: {error}")
            if fault not in faults:
                faults.append(fault)
            return None

    # ---- parts made on first use --------------------------------------------------------------------------------------
    def _ready(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = Engine(self.policy.rules, self._types)
            return self._engine

    def _analyse(self, parts: tuple[FieldText, ...], own: OwnNames, as_shipped: bool) -> Analysis:
        reader = self._reader().with_own(own)
        if not as_shipped:
            return reader.read(parts)
        found = reader.with_weights(STANDARD).without_pipeline().read(parts)
        silent = frozenset(topic.name for topic in self.policy.topics if topic.posts_only)
        return found.without(silent) if silent else found

    def _reader(self) -> Analyser:
        with self._lock:
            if self._analyser is None:
                self._analyser = Analyser(vocabulary_of(self.policy), weights=self.weights, pipeline=self._model.pipeline)
            return self._analyser

    def _read_by(self) -> ReadBy:
        with self._lock:
            return self._analyser.read_by if self._analyser is not None else ReadBy()


def _leased(policy: Policy, lease: int | None) -> Policy:
    """A project may shorten the policy's lease, never lengthen it."""
    return policy if lease is None or lease >= policy.lease else replace(policy, lease=lease)


@contextmanager
def _timed(timings: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        timings[name] = round((time.perf_counter() - start) * 1000, 3)
