"""The command line. One file a verb; each parses, calls one function of the gate, and renders."""

from __future__ import annotations

import gc
import logging
import sys

import click

from rtm_gate import __version__
from rtm_gate.cli.analyze import analyze
from rtm_gate.cli.approve import approve, reject
from rtm_gate.cli.calibrate import calibrate
from rtm_gate.cli.check import check
from rtm_gate.cli.doctor import doctor
from rtm_gate.cli.feeds import feeds
from rtm_gate.cli.halt import halt
from rtm_gate.cli.images import images
from rtm_gate.cli.init import init
from rtm_gate.cli.ledger import ledger
from rtm_gate.cli.options import FAULT
from rtm_gate.cli.policy import policy
from rtm_gate.cli.queue import queue
from rtm_gate.cli.resume import resume
from rtm_gate.cli.schema import schema
from rtm_gate.cli.screen import screen
from rtm_gate.cli.situations import situations


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="rtm-gate")
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what goes on inside, tracebacks of faults included.")
def cli(verbose: bool) -> None:
    """A gate for a brand's posts: go, hold or no-go, with the reasons.

    \b
    rtm-gate init acme                            a project to start from
    rtm-gate feeds pull                           read the news
    rtm-gate check draft.json --feed news.xml     one verdict
    rtm-gate policy test policies --cases cases   does the policy do what it should
    """
    level = logging.DEBUG if verbose else logging.CRITICAL
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    logging.getLogger("rtm_gate").setLevel(level)


for verb in (init, doctor, check, screen, approve, reject, halt, resume, analyze, calibrate, feeds, situations, queue, ledger, images, policy, schema):
    cli.add_command(verb)


def main() -> None:
    """The program. Whatever nobody foresaw ends in a sentence and the exit code of a fault, never in a traceback.

    A command builds most of a million values that stay to its end (words, rules, modules). At Python's own thresholds the search for garbage walks
    through them all again and again, and once more at the end: a quarter of the CPU of a check. So it is rarer, and at the end left out.
    """
    gc.set_threshold(1_000_000, 20, 10)
    try:
        cli()
    except Exception as error:
        logging.getLogger("rtm_gate").exception("unforeseen")
        print(f"error: something failed inside the gate: {type(error).__name__}: {error} (rtm-gate --verbose shows more)", file=sys.stderr)
        sys.exit(FAULT)
    finally:
        gc.freeze()
