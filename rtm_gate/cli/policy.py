"""`rtm-gate policy`: is it right, and does it do what it should."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from rtm_gate.cli.options import console

FINDINGS = 1
"""Exit code of check and test where something is wrong."""


@click.group()
def policy() -> None:
    """Check, explain and test a policy."""


@policy.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check_(path: Path, strict: bool, form: str) -> None:
    """Read, type-check and compile a policy; a folder stands for its standard.rtm.

    Exit code 0 clean, 1 something is wrong.
    """
    from rtm_gate.gate.policy import load_policy, types_of
    from rtm_gate.language import render
    from rtm_gate.rules import trial

    loaded = load_policy(path)
    if form == "json":
        click.echo(json.dumps([as_json(d) for d in loaded.diagnostics], ensure_ascii=False, indent=1))
    else:
        for diagnostic in loaded.diagnostics:
            click.echo(render(diagnostic, loaded.sources) + "\n")
    bad = bool(loaded.errors) or (strict and bool(loaded.diagnostics))
    if loaded.policy is not None:
        # A hang in the engine cannot be interrupted in process, so a new policy first runs in a child of its own.
        trouble = trial.try_out(loaded.policy.rules, types_of(loaded.policy), seconds=20)
        if trouble:
            click.echo(f"error: the engine cannot run this policy: {trouble}", err=True)
            bad = True
        elif form == "text":
            done = loaded.policy
            click.echo(f"{done.name}: {len(done.blocks)} blocks, {len(done.rules)} core rules, {len(done.tests)} tests, {len(loaded.diagnostics)} warnings")
    sys.exit(FINDINGS if bad else 0)


@policy.command()
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.argument("name", required=False)
@click.option("--fields", metavar="FACT", help="Instead: what a policy may ask of a fact (draft, situation, hashtag …).")
def explain(path: Path | None, name: str | None, fields: str | None) -> None:
    """Say in words what the block NAME of the policy PATH became, or what a fact has to offer."""
    if fields is not None:
        _explain_fields(fields)
        return
    if path is None or name is None:
        raise click.UsageError("give a policy and the name of a block, or --fields FACT")
    from rtm_gate.cli.world import show_errors
    from rtm_gate.gate.policy import load_policy
    from rtm_gate.language.explain import summarise

    loaded = load_policy(path)
    if loaded.policy is None:
        show_errors(loaded)
        sys.exit(FINDINGS)
    if name not in loaded.policy.blocks:
        raise click.UsageError(f"the policy has no block `{name}`; it has {', '.join(sorted(loaded.policy.blocks))}")
    click.echo(summarise(loaded.policy, name))


def _explain_fields(kind: str) -> None:
    from rtm_gate.model.schema import SCHEMA

    known = [fact.name for fact in SCHEMA.values() if not fact.internal]
    if kind not in known:
        raise click.UsageError(f"there is no fact `{kind}`; facts are {', '.join(known)}")
    fact = SCHEMA[kind]
    click.echo(f"{kind}: {fact.doc}" + ("; a check has one" if fact.single else ""))
    for field in fact.fields.values():
        words = f" ({', '.join(field.words)})" if field.words else ""
        sort = ("set of " if field.many else "") + field.type.value + (", may be unknown" if field.observed else "")
        click.echo(f"  {field.name:<20} {sort:<28} {field.doc}{words}")


@policy.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--cases", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Also judge the recorded cases below this folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def test(path: Path, cases: Path | None, form: str) -> None:
    """Run the policy's test blocks, and judge recorded cases: folders with draft.json, feeds/ and case.json.

    Exit code 0 all as expected, 1 something is not.
    """
    from rich.progress import track

    from rtm_gate.cli.world import show_errors
    from rtm_gate.gate import Gate
    from rtm_gate.gate.cases import case_folders, judge_case, summary
    from rtm_gate.gate.policy_tests import run_test

    with Gate.open(path if path.is_file() else path / "standard.rtm") as gate:
        if gate.loaded.policy is None:
            show_errors(gate.loaded)
            sys.exit(FINDINGS)
        progress = console(sys.stderr)
        tests = [run_test(gate, one) for one in gate.policy.tests]
        folders = case_folders(cases) if cases else []
        if cases and not folders:
            raise click.UsageError(f"{cases} has no cases: folders with draft.json, feeds/ and case.json")
        results = [judge_case(gate, folder) for folder in track(folders, description="cases", console=progress, disable=not progress.is_terminal)]
    if form == "json":
        done = {"tests": [t.as_json() for t in tests], "cases": [r.as_json() for r in results], "summary": summary(results)}
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
    else:
        _print(tests, results, summary(results))
    sys.exit(FINDINGS if any(t.problems for t in tests) or any(r.failed for r in results) else 0)


def as_json(diagnostic: Any) -> dict[str, Any]:
    at = diagnostic.at
    return {
        "code": diagnostic.code,
        "level": diagnostic.level,
        "message": diagnostic.message,
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "label": diagnostic.label,
        "help": list(diagnostic.help),
    }


def _print(tests: list[Any], results: list[Any], totals: dict[str, Any]) -> None:
    out = console()
    for one in tests:
        for problem in one.problems:
            out.print(f"✖ {one.test.at.file}:{one.test.at.line} “{one.test.name}”: {problem}", markup=False)
    passed = sum(not t.problems for t in tests)
    out.print(f"{passed} of {len(tests)} tests passed", markup=False)
    for result in results:
        if not result.exact:
            found = ", ".join(result.as_json()["findings"])
            mark = "○ known" if result.known else "✖"
            out.print(f"{mark} {result.id}: expected {result.expect}, came {result.word}" + (f" from {found}" if found else ""), markup=False)
            out.print(f"    {result.problem or result.known or result.why}", style="dim", markup=False)
    if results:
        parts = ", ".join(f"{word} {row['exact']}/{row['cases']}" for word, row in totals["by_expect"].items())
        out.print(f"{totals['exact']} of {totals['cases']} cases exactly as expected ({parts})", markup=False)
