"""What `rtm-gate calibrate` shows: what the weights are worth, which changed, and which texts they read otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from rtm_gate.analysis.calibration import Calibration
from rtm_gate.analysis.calibration.figures import Figures
from rtm_gate.analysis.senses.weights import ROWS
from rtm_gate.verdict.render.safe import safe


def rows(found: Calibration, written: Path | None) -> dict[str, Any]:
    literal, others = _kinds(found)
    return {
        "texts": {"literal": literal, "others": others, "without_a_word": dict(zip(("literal", "others"), found.wordless, strict=True))},
        "held_out": {"before": _figures(found.before), "after": _figures(found.after)},
        "better": found.better,
        "weights": [{"name": row.name, "before": row.value, "after": found.weights[row.name], "texts": found.uses.get(row.name, 0)} for row in ROWS],
        "read_otherwise": [
            {
                "id": one.label.id,
                "text": one.label.text,
                "label": one.label.literal,
                "literal": one.literal,
                "word": one.word,
                "topic": one.topic,
                "before": one.before,
                "after": one.after,
            }
            for one in found.reread
        ],
        "written": str(written) if written else None,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "found": figures.found,
        "missed": figures.missed,
        "false_alarms": figures.false_alarms,
        "precision": figures.precision,
        "recall": figures.recall,
        "f1": figures.f1,
    }


def _kinds(found: Calibration) -> tuple[int, int]:
    literal = sum(label.literal for label in found.labels)
    return literal, len(found.labels) - literal


def show(out: Console, found: Calibration, output: Path | None, written: Path | None) -> None:
    literal, others = _kinds(found)
    out.print(f"{literal} texts are labelled literal, {others} are not", style="bold")
    for count, kind in zip(found.wordless, ("literal", "other"), strict=True):
        if count:
            out.print(f"  {count} {kind} texts have no word that counts: no weight reads them otherwise", style="dim")
    out.print("\nOn texts held out from the fit", style="bold")
    table = Table.grid(padding=(0, 3))
    table.add_row("", "precision", "recall", "F1", "false alarms", "missed")
    for name, figures in (("as shipped", found.before), ("fitted", found.after)):
        shares = ("–" if share is None else f"{share:.3f}" for share in (figures.precision, figures.recall, figures.f1))
        table.add_row(f"  {name}", *shares, str(figures.false_alarms), str(figures.missed))
    out.print(table)
    out.print("\nWeights that changed" if found.weights.changed else "\nNo weight changed", style="bold")
    for row in ROWS:
        if row.name in found.weights.changed:
            out.print(f"  {row.name:<16} {row.value:+.2f} -> {found.weights[row.name]:+.2f}   in {found.uses.get(row.name, 0)} texts", markup=False)
    for literally, title in ((True, "Read as literal now"), (False, "No longer read as literal")):
        reread = [one for one in found.reread if one.literal is literally]
        if reread:
            out.print(f"\n{title}: {len(reread)}, {sum(one.right for one in reread)} of them as labelled", style="bold")
        for one in reread:
            mark = "✔" if one.right else "✖"
            out.print(f"  {mark} {safe(one.label.id)}  “{safe(one.word)}” {one.topic} {one.before:.2f} -> {one.after:.2f}", markup=False)
            out.print(f"      {safe(one.label.text)}", style="dim", markup=False)
    out.print()
    out.print(_conclusion(found, output, written), markup=False)


def _conclusion(found: Calibration, output: Path | None, written: Path | None) -> str:
    if not found.weights.changed:
        said = "The labels give no reason to change a weight."
    elif not found.better:
        said = "The fitted weights are no better than the shipped ones on texts held out: use the shipped ones, or label more texts."
    elif written is not None:
        return f'Written to {written}. A project uses it by `weights = "{written.name}"` in rtm-gate.toml.'
    else:
        return "The fitted weights are better on texts held out. With -o FILE they are written."
    return said + (f" {output} was not written." if output is not None else "")
