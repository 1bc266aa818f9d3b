"""Probes of the project and its policy: configuration, what the policy was copied from, whether it loads, its tests."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate import __version__, resources
from rtm_gate.gate.doctor.row import Row, failed, ok, warning
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.gate.gate import Gate
from rtm_gate.gate.policy import load_policy
from rtm_gate.gate.project import CONFIGURATION, Project
from rtm_gate.gate.testing.run import every_test, run_test
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.model.moment import spell

SHOWN = 5
NOBODY = "Examplebrand"
"""Whom the shipped policies speak for, until somebody writes a name of their own."""


def configuration(subject: Subject) -> Iterator[Row]:
    if not subject.configured:
        yield ok(f"no {CONFIGURATION} here: the bundled standard policy judges; `rtm-gate init` makes a project")
        return
    for problem in subject.problems:
        yield failed(problem, "mend it: until then no command works in this folder")
    if subject.problems:
        return
    said = subject.project.configuration
    yield ok(f"{subject.folder / CONFIGURATION} says {', '.join(f'`{key}`' for key in sorted(said.model_fields_set)) or 'nothing'}")
    if said.trust_callers:
        yield warning("`trust_callers` has no effect yet: `check`, `screen` and `policy test` always count the sign-offs in a draft")
    policy = subject.loaded.policy
    if said.lease is not None and policy is not None and said.lease > policy.lease:
        yield warning(
            f"`lease` has no effect: the policy's answers hold for {spell(policy.lease)}, which is shorter than {spell(said.lease)}",
            "take the key out, or change `answers hold for` in the policy",
        )


def policy(subject: Subject) -> Iterator[Row]:
    loaded = subject.loaded
    errors = loaded.errors
    warnings = [diagnostic for diagnostic in loaded.diagnostics if diagnostic.level == "warning"]
    command = f"rtm-gate policy check {subject.project.policy}"
    for one in errors[:SHOWN]:
        yield failed(_placed(one), f"mend it, or everything is held; with its line: {command}")
    if len(errors) > SHOWN:
        yield failed(f"and {len(errors) - SHOWN} more errors", f"see them all: {command}")
    for one in warnings[:SHOWN]:
        yield warning(_placed(one), f"look at it: {command}")
    if len(warnings) > SHOWN:
        yield warning(f"and {len(warnings) - SHOWN} more warnings", f"see them all: {command}")
    if subject.trouble:
        yield failed(subject.trouble, f"make the policy simpler, or mend the engine; {command}")
    elif loaded.policy is not None:
        yield ok(f"“{loaded.policy.name}” loads: {len(loaded.policy.blocks)} blocks, {len(loaded.policy.rules)} core rules")
        if subject.configured and any(brand.own.name == NOBODY for brand in loaded.policy.brands):
            yield warning(f"the policy speaks for {NOBODY}, which is nobody", "put your names into its `brand` block: the gate looks for them in the news")


def _placed(diagnostic: Diagnostic) -> str:
    at = diagnostic.at
    return f"{at.file}:{at.line}:{at.column}: {diagnostic.message}" + (f" ({diagnostic.label})" if diagnostic.label else "")


def copy(subject: Subject) -> Iterator[Row]:
    """What has become of the policy since it was copied. Comments and layout do not count."""
    copied, mine = subject.project.configuration.copied, subject.loaded
    if copied is None or mine.policy is None:
        return
    shipped = load_policy(resources.path("policies", "standard.rtm"))
    if shipped.policy is None:
        yield failed("the bundled standard policy does not load", "install rtm-gate anew")
        return
    now, then, new = mine.policy.digest, copied.digest, shipped.policy.digest
    if now == new:
        yield ok(f"as shipped with this rtm-gate {__version__}")
    elif then == new:
        changed = [name for name, text in mine.sources.items() if shipped.sources.get(name) != text]
        yield ok(f"changed by you since it was copied: {', '.join(sorted(changed)) or 'files are missing'}")
    else:
        changed_too = "" if now == then else ", and changed by you since"
        yield warning(
            f"copied from rtm-gate {copied.version}{changed_too}; {__version__} ships another one",
            f"compare it with {resources.path('policies')} and take over what you need; then set [copied] to version {__version__} and digest {new}",
        )


def tests(subject: Subject) -> Iterator[Row]:
    """The policy's own tests, judged as `policy test` does, without the project's settings."""
    if subject.loaded.policy is None or subject.trouble:
        return
    every = every_test(subject.loaded.policy)
    if not every:
        yield warning("the policy has no tests", "write a `test` block for each answer that must never change by accident")
        return
    with Gate(Project(subject.project.policy), subject.loaded) as gate:
        results = [run_test(gate, test) for test in every]
    bad = [result for result in results if result.failures]
    command = f"rtm-gate policy test {subject.project.policy}"
    for result in bad[:SHOWN]:
        at = result.test.at
        yield failed(f"{at.file}:{at.line} “{result.test.name}”: {result.failures[0]}", f"mend the policy or the test; {command}")
    passed = f"{len(every) - len(bad)} of {len(every)} tests of the policy pass"
    yield failed(passed, f"see them all: {command}") if bad else ok(passed)
