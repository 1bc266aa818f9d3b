"""`brand` blocks: our names, what we sell, with whom we compete, who stands for us."""

from __future__ import annotations

from collections.abc import Sequence

from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.syntax import nodes
from rtm_gate.model.policy import Brand
from rtm_gate.model.vocabulary import OwnName


def brand_of(item: nodes.Item, names: Names) -> Brand:
    assert item.title is not None
    called = [text for clause in item.all("called") for text in clause.texts]
    return Brand(
        _named([item.title, *called], names),
        tuple(_named(clause.texts, names) for clause in item.all("product")),
        tuple(_named(clause.texts, names) for clause in item.all("competitor")),
        tuple(_named(clause.texts, names) for clause in item.all("person")),
    )


def _named(texts: Sequence[nodes.Text], names: Names) -> OwnName:
    for text in texts:
        if not any(char.isalnum() for char in text.text):
            names.error("RTM220", "a name has letters" if text.text.strip() else "an empty text names nothing", text.at)
    name, *called = (" ".join(text.text.split()) for text in texts)
    return OwnName(name, tuple(called))
