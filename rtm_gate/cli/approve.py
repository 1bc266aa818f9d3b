"""`rtm-gate approve|reject`: a decision about a draft's exact text, by the person who is logged in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from rtm_gate.cli.feeds.desk import project_gate
from rtm_gate.cli.ledger.project import faults
from rtm_gate.cli.options import console, refuse

if TYPE_CHECKING:
    from rtm_gate.model.signoff import Decision

_as = click.option("--as", "person", required=True, metavar="PERSON", help="Who decides: the one of the project's people whose account this is.")
_role = click.option("--role", "roles", multiple=True, help="In which role; repeatable. Default: every role the person has.")
_reason = click.option("--reason", default="", help="Why; it stays in the record.")
_content = click.option("--content", default="", metavar="HASH", help="The content hash that was read; where the text is another by now, nothing is signed.")
_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.command()
@click.argument("draft")
@_as
@_role
@click.option("--check", "checks", multiple=True, help="What the person vouches for, as the policy names it (fact_check); repeatable.")
@click.option("--withdraw", is_flag=True, help="Take back what was signed; needs --reason.")
@_content
@_reason
@_format
def approve(draft: str, person: str, roles: tuple[str, ...], checks: tuple[str, ...], withdraw: bool, content: str, reason: str, form: str) -> None:
    """Sign DRAFT, named by its id, as it was checked last. Shows the verdict that the recorded sign-offs come to.

    Exit code 0 it is recorded, 2 it is refused, 30 something failed.
    """
    _decide("withdraw" if withdraw else "approve", draft, person, roles, checks, content, reason, form)


@click.command()
@click.argument("draft")
@_as
@_role
@_content
@_reason
@_format
def reject(draft: str, person: str, roles: tuple[str, ...], content: str, reason: str, form: str) -> None:
    """Say no to DRAFT, named by its id, as it was checked last: it is held until the text is another, or whoever rejected it signs.

    Exit code 0 it is recorded, 2 it is refused, 30 something failed.
    """
    _decide("reject", draft, person, roles, (), content, reason, form)


def _decide(decision: Decision, draft: str, person: str, roles: tuple[str, ...], checks: tuple[str, ...], content: str, reason: str, form: str) -> None:
    as_json = form == "json"
    with project_gate(as_json) as gate, faults():
        from rtm_gate.desk.refused import RefusedError
        from rtm_gate.desk.signing import sign
        from rtm_gate.gate.record import open_ledger
        from rtm_gate.gate.record.signing import judged_by_record, login, recorded_draft, signer_of
        from rtm_gate.gate.toml import ProjectError
        from rtm_gate.verdict.render import to_text

        ledger = open_ledger(gate.project)
        if ledger is None:
            refuse(["nothing is recorded here yet: say `record = true` in rtm-gate.toml, and check the draft"], as_json)
        now = datetime.now(UTC)
        try:
            signer = signer_of(gate.project, person, login())
            read = recorded_draft(ledger, draft)
            if content and content != read.content_hash():
                refuse([f"the text of `{draft}` has changed since: its content hash is {read.content_hash()}"], as_json)
            unknown = [name for name in checks if name not in gate.policy.checks]
            if unknown:
                refuse([f"the policy has no check `{name}`; it has {', '.join(gate.policy.checks)}" for name in unknown], as_json)
            sign(ledger, read, decision, signer, roles or signer.roles, checks, now, reason)
            verdict, _ = judged_by_record(gate, ledger, read, now)
            with gate.project_news.store().reading() as tx:
                waits = tx.queue.get(draft) is not None
        except ProjectError as error:
            refuse(error.problems, as_json)
        except RefusedError as error:
            refuse(error.problems, as_json)
        except ValueError as error:
            refuse([str(error)], as_json)
        finally:
            ledger.close()
    if as_json:
        click.echo(verdict.to_json())
    else:
        console().print(to_text(verdict, read))
        if waits:
            click.echo(f"`{draft}` waits in the queue: `rtm-gate queue sweep` judges it there by this.")
