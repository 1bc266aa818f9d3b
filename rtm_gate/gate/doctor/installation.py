"""Probes of the installation: Python, packages, the rule engine, the reader of texts, the clock."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from rtm_gate import language
from rtm_gate.analysis import Analyser
from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.gate.model import Model
from rtm_gate.gate.policy import types_of
from rtm_gate.gate.words import vocabulary_of
from rtm_gate.model.fact import Fact
from rtm_gate.model.moment import LATEST, seconds, spell
from rtm_gate.news.times import AHEAD
from rtm_gate.rules import Engine, EngineFault, library, trial

US = "rtm-gate"
TINY = """policy "Tiny" { language 1 owner "doctor@rtm-gate.example" otherwise go }
rule stopped "Stopped" { when draft.kind is reactive then no-go because "It is reactive." fix "Wait." }
"""
RELEASED = 2026
"""The year this version was written: no right clock is before it."""
ENGINE_SECONDS = 10.0


def python(_: Subject) -> Iterator[Row]:
    wanted, here = metadata.metadata(US)["Requires-Python"], platform.python_version()
    if SpecifierSet(wanted).contains(here, prereleases=True):
        yield ok(f"Python {here}")
    else:
        yield failed(f"Python {here} is not one this version was written for ({wanted})", "install rtm-gate under one of these")


def packages(_: Subject) -> Iterator[Row]:
    wrong = [trouble for wanted in map(Requirement, metadata.requires(US) or ()) if (trouble := _unmet(wanted))]
    if wrong:
        yield failed("; ".join(wrong), f"install {US} anew, with its dependencies, in an environment of its own")
    else:
        yield ok(f"{US} {metadata.version(US)}, with every package it needs in a version it knows")


def _unmet(wanted: Requirement) -> str:
    if wanted.marker is not None and not wanted.marker.evaluate():
        return ""
    try:
        here = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return f"{wanted.name} is not installed"
    return "" if wanted.specifier.contains(here, prereleases=True) else f"{wanted.name} {here} is installed, {wanted.specifier} is needed"


def engine(_: Subject) -> Iterator[Row]:
    """A policy of one rule, first in a child process, since a broken C module may take its process with it."""
    try:
        library.load()
    except ImportError as error:
        yield failed(f"{error}", "build it as said, then ask again")
        return
    policy = language.load_text(TINY, "tiny.rtm").policy
    if policy is None:
        yield failed("the compiler no longer takes the smallest policy", f"install {US} anew")
        return
    types = types_of(policy)
    trouble = trial.try_out(policy.rules, types, ENGINE_SECONDS)
    if not trouble:
        try:
            with Engine(policy.rules, types) as made:
                fired = [bool(made.match([Fact("draft", {"kind": kind}, "draft")])) for kind in ("reactive", "planned")]
            trouble = "" if fired == [True, False] else "The rule engine judges the smallest policy wrongly."
        except EngineFault as fault:
            trouble = f"The rule engine failed: {fault}."
    if trouble:
        yield failed(trouble, f"build it anew: pip uninstall --yes durable_rules && {library.BUILD}")
    else:
        yield ok(f"durable_rules {metadata.version('durable_rules')} judges a small policy right")


def text_model(subject: Subject) -> Iterator[Row]:
    """The reader that every check uses, and the pipeline that the project names."""
    policy = language.load_text(TINY, "tiny.rtm").policy
    read = Analyser(vocabulary_of(policy)).read_text("Police say two people died in a shooting.") if policy else None
    if read is None or not any(mention.literal and mention.topic.startswith("tragedy") for mention in read.mentions):
        yield failed("the text reader does not find a shooting in a sentence about one", f"install {US} and spacy anew")
    else:
        yield ok(f"spaCy {metadata.version('spacy')} with its blank English pipeline reads a sentence right")
    model = Model(subject.project)
    if model.problem:
        yield failed(f"`model`: {model.problem}", f"install it (python -m spacy download {model.name}), or take the key out; until then everything is held")
    elif model.pipeline:
        yield ok(f"`model`: {model.pipeline.name} {model.pipeline.version} adds names and parts of speech")


def clock(subject: Subject) -> Iterator[Row]:
    """Against the servers that answered, else for a year that can be right; and the data of time zones."""
    now, zone = subject.now, subject.loaded.policy.timezone if subject.loaded.policy else "UTC"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield failed(f"there is no data for the time zone `{zone}`", "install the system's tzdata, or: pip install tzdata")
    if not RELEASED <= now.year <= LATEST:
        yield failed(f"the clock says {now:%Y-%m-%d}, which cannot be right", "set the clock of this machine")
        return
    others = [(reading.shown, reading.served) for reading in subject.readings if reading.served is not None]
    if not others:
        yield ok(f"it is {now:%Y-%m-%d %H:%M} UTC, which can be right; no server was there to compare with")
        return
    where, served = min(others, key=lambda other: _apart(other[1], now))
    apart = _apart(served, now)
    if apart > AHEAD.total_seconds():
        yield warning(
            f"the clock is {spell(apart)} {'behind' if served > now else 'ahead of'} that of {where}", "set the clock of this machine, or have it set by NTP"
        )
    else:
        yield ok(f"it is {now:%Y-%m-%d %H:%M} UTC, as {where} says too")


def _apart(one: datetime, other: datetime) -> int:
    return abs(seconds(one) - seconds(other))
