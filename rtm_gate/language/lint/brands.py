"""Names of `brand` blocks that do not tell one thing from another, or from ordinary words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rtm_gate.language.lint.subject import Subject, named, warning
from rtm_gate.language.syntax import nodes
from rtm_gate.model.diagnostic import Diagnostic
from rtm_gate.vocabulary.names import is_handle, is_ordinary, key_of

SHORTEST = 2
"""Letters and digits; a shorter name is not looked for."""


def one_name_for_two(subject: Subject) -> Iterator[Diagnostic]:
    """Within a block, and among the names of the brands themselves; two brands of a house may well have a competitor in common.

    `AcmeBar` beside `Acme Bar` is fine: headlines are searched for each of them.
    """
    brands: dict[str, str] = {}
    for item in subject.names.of("brand").values():
        yield from _taken(item, brands)
        for texts in _things(item)["brand"]:
            brands |= {key_of(text.text): f"the brand {named(item).text}" for text in texts if key_of(text.text) not in brands}


def _taken(item: nodes.Item, brands: Mapping[str, str]) -> Iterator[Diagnostic]:
    found: dict[str, str] = {}
    spelled: set[tuple[str, str]] = set()
    for kind, things in _things(item).items():
        for texts in things:
            thing = f"the {kind} {texts[0].text}"
            for text in texts:
                key = key_of(text.text)
                written = " ".join(text.text.lower().split())
                if key and found.get(key, thing) != thing:
                    yield warning("RTM420", f'"{text.text}" is a name of {found[key]} already', text.at, "it counts as that one")
                elif (thing, written) in spelled:
                    yield warning("RTM420", f'"{text.text}" is a name of {thing} already', text.at, "take it out")
                elif kind == "brand" and key in brands:
                    yield warning("RTM420", f'"{text.text}" is a name of {brands[key]} already', text.at, "an account of that name takes both for its own")
                found.setdefault(key, thing)
                spelled.add((thing, written))


def too_plain(subject: Subject) -> Iterator[Diagnostic]:
    for item in subject.names.of("brand").values():
        for text in (text for things in _things(item).values() for texts in things for text in texts):
            name = " ".join(text.text.split())
            if 0 < len(key_of(name).lstrip("@")) < SHORTEST:
                yield warning("RTM421", f'"{name}" is too short to be looked for', text.at, "a name has two letters at least")
            elif name == name.lower() and not is_handle(name) and is_ordinary(name):
                yield warning("RTM421", f'"{name}" is met wherever somebody uses these words', text.at, "write it with the capitals it has as a name")


def _things(item: nodes.Item) -> Mapping[str, list[tuple[nodes.Text, ...]]]:
    """Each brand, product, competitor and person of a block with all its names, the own one first; what is named first counts first."""
    assert item.title is not None
    called = tuple(text for clause in item.all("called") for text in clause.texts)
    return {
        "brand": [(item.title, *called)],
        "product": [clause.texts for clause in item.all("product")],
        "competitor": [clause.texts for clause in item.all("competitor")],
        "person": [clause.texts for clause in item.all("person")],
    }
