"""What the root file changes of the packs it includes: `set NAME to VALUE`, `switch off NAME`. Nobody else may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rtm_gate.language.meaning.resolve import SORTS, Names
from rtm_gate.language.syntax import nodes


def override(names: Names, files: Sequence[nodes.File]) -> None:
    """Applies the root file's changes to `names`; in other files, and of names that do not exist, they are errors."""
    done: dict[str, nodes.Item] = {}
    for number, file in enumerate(files):
        for item in file.items:
            if item.word not in ("set", "switch off") or item.name is None:
                continue
            before = done.setdefault(f"{item.word} {item.name.text}", item)
            if number > 0:
                names.error("RTM318", f"only the root file can `{item.word}`", item.at, f"move it to {files[0].name}")
            elif before is not item:
                names.error("RTM201", f"`{item.word} {item.name.text}` stands in more than one place", item.name.at, f"also at line {before.at.line}")
            elif item.word == "set":
                _set(item, item.name, names)
            else:
                _switch_off(item, item.name, names)


def _set(item: nodes.Item, name: nodes.Name, names: Names) -> None:
    setting = names.of("setting").get(name.text)
    if setting is None or setting.value is None or item.value is None:
        names.unknown("RTM209", "setting", name, names.of("setting"))
        return
    if item.value.sort != setting.value.sort:
        is_, was = SORTS[item.value.sort], SORTS[setting.value.sort]
        names.error("RTM220", f"`{name.text}` is {was}, and `{item.value.text}` is {is_}", item.value.at, f"the pack says {setting.value.text}")
        return
    names.items["setting"][name.text] = replace(setting, value=item.value)


def _switch_off(item: nodes.Item, name: nodes.Name, names: Names) -> None:
    because = " ".join(text.text for clause in item.clauses for text in clause.texts)
    if name.text in names.of("block"):
        gone = names.items["block"].pop(name.text)
        for part in gone.parts:
            if isinstance(part, nodes.Ask):
                names.asks.pop(part.name.text, None)
    elif name.text in names.days:
        names.days.pop(name.text)
    else:
        names.unknown("RTM210", "block", name, {*names.of("block"), *names.days})
        return
    names.switched_off[name.text] = because
