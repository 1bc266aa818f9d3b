"""`rtm-gate analyze`: what the gate reads in a text."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from rtm_gate.cli.options import FAULT, console, policy_option, refuse
from rtm_gate.cli.reading import lines_of
from rtm_gate.model.topics import TOPICS, TopicName


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True))
@click.option("--text", help="A text, instead of a file of JSON Lines with a `text` each.")
@policy_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def analyze(file: Path | None, text: str | None, policy: Path | None, form: str) -> None:
    """Show the words that count and those that do not, with the evidence, the tags, places, claims, language and tone."""
    as_json = form == "json"
    if file is not None and text is None:
        rows = _lines(file, as_json)
    elif text is not None and file is None:
        rows = [("", text)]
    else:
        refuse(["give a FILE of JSON Lines or --text, not both"], as_json)

    from rtm_gate.cli.world import open_gate

    with open_gate(policy, as_json) as gate:
        for name, one in rows:
            found = gate.read_text(one)
            if as_json:
                click.echo(json.dumps(row_of(name, found), ensure_ascii=False))
            else:
                _print(one, found)
        if gate.loaded.policy is None or gate.weights_problems:
            sys.exit(FAULT)


def row_of(name: str, found: Any) -> dict[str, Any]:
    keys = ("mentions", "suppressed", "hashtags", "places", "claims", "intents", "names")
    listed = {key: [asdict(item) for item in getattr(found, key)] for key in keys}
    for mention in listed["mentions"]:
        known = TOPICS.get(mention["topic"], TopicName(""))
        mention |= {"risk": known.risk, "iab": known.iab}
    return {"id": name, **listed, "language": found.language, "unfamiliar": list(found.unfamiliar), "tone": list(found.tone), "length": found.length}


def _lines(file: Path, as_json: bool) -> list[tuple[str, str]]:
    """Id (else line number) and text of each line. Refuses the call, listing every line that is none."""
    from rtm_gate.gate.drafts import parse
    from rtm_gate.model.draft import InvalidDraftError

    found, problems = [], []
    for number, line in enumerate(lines_of(file, as_json), start=1):
        if not line.strip():
            continue
        try:
            row = parse(line.decode("utf-8"))
            found.append((str(row.get("id", number)), str(row["text"])))
        except (InvalidDraftError, UnicodeDecodeError, KeyError, AttributeError):
            problems.append(f"line {number}: is not a JSON object with a text")
    if problems:
        refuse(problems, as_json)
    return found


def _print(text: str, found: Any) -> None:
    from rtm_gate.verdict.render.safe import safe

    out = console()
    out.print(f"{safe(text)}", style="bold", markup=False)
    for mention in found.mentions:
        sense = "literal" if mention.literal else "figurative"
        clues = ", ".join(f"{clue.kind} {clue.weight:+.2f}" + (f" “{safe(clue.text)}”" if clue.text else "") for clue in mention.evidence)
        out.print(f"  {mention.topic:<22} “{safe(mention.text)}”  {sense}, {mention.certainty:.2f} = {clues}", markup=False)
    for hit in found.suppressed:
        out.print(f"  not counted            “{safe(hit.text)}” as {hit.would_be}: {safe(hit.because)}", style="dim", markup=False)
    for tag in found.hashtags:
        out.print(f"  hashtag                {safe(tag.tag)} = {' '.join(tag.words)}" + (f"  {tag.topic}" if tag.topic else ""), markup=False)
    for place in found.places:
        out.print(f"  place                  “{safe(place.text)}” {' '.join(place.regions)}", markup=False)
    for claim in found.claims:
        out.print(f"  {claim.kind + ' claim':<22} “{safe(claim.text)}”", markup=False)
    for intent in found.intents:
        out.print(f"  {intent.kind:<22} “{safe(intent.text)}”", markup=False)
    out.print(f"  language {found.language}" + (f", tone {', '.join(found.tone)}" if found.tone else ""), style="dim", markup=False)
