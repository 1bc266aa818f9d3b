"""What our names are: those the draft's account gives, and those of the policy's brand blocks. The one place that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rtm_gate.model.draft import Account
from rtm_gate.model.policy import Brand
from rtm_gate.model.vocabulary import OwnName, OwnNames
from rtm_gate.vocabulary.names import key_of

BRAND, PRODUCT, COMPETITOR = "brand", "product", "competitor"


def own_names(account: Account | None, brands: Sequence[Brand]) -> OwnNames:
    """The account's names, if there is one, first, then the policy's; what has a name in common is one, with all its names.

    A policy of several brands gives those of the brand the account names, under any of its names; all of them where it names none of these.
    A name counts once, as what it was first given for.
    """
    if account is None:
        return _joined("", (), (), tuple(brands))
    return _joined(account.brand, account.products, account.competitors, tuple(brands))


@lru_cache(maxsize=256)
def _joined(brand: str, products: tuple[str, ...], competitors: tuple[str, ...], brands: tuple[Brand, ...]) -> OwnNames:
    join = _Join()
    for kind, names in ((BRAND, (brand,)), (PRODUCT, products), (COMPETITOR, competitors)):
        for name in filter(None, names):
            join.add(kind, (name,))
    ours = [one for one in brands if key_of(brand) in map(key_of, one.own.spellings)] or brands
    for kind, found in (
        (BRAND, [one.own for one in ours]),
        # What happens to somebody who stands for the brand happens to the brand.
        (BRAND, [person for one in ours for person in one.people]),
        (PRODUCT, [product for one in ours for product in one.products]),
        (COMPETITOR, [competitor for one in ours for competitor in one.competitors]),
    ):
        for own in found:
            join.add(kind, own.spellings)
    return OwnNames(join.of(BRAND), join.of(PRODUCT), join.of(COMPETITOR))


class _Join:
    """Names put together: each thing with its spellings, each spelling with the one thing it stands for."""

    def __init__(self) -> None:
        self._things: list[tuple[str, list[str]]] = []
        self._thing_of: dict[str, int] = {}

    def add(self, kind: str, spellings: Iterable[str]) -> None:
        every = list(spellings)
        known = (self._thing_of[key] for key in map(key_of, every) if key in self._thing_of)
        number = next((number for number in known if self._things[number][0] == kind), len(self._things))
        mine = [spelling for spelling in every if self._thing_of.get(key_of(spelling), number) == number]
        if number == len(self._things):
            if not mine:
                return
            self._things.append((kind, []))
        spelled = self._things[number][1]
        for spelling in mine:
            self._thing_of[key_of(spelling)] = number
            # `AcmeBar` beside `Acme Bar` is no repetition: a headline is searched for each of them.
            if spelling.lower() not in map(str.lower, spelled):
                spelled.append(spelling)

    def of(self, kind: str) -> tuple[OwnName, ...]:
        return tuple(OwnName(names[0], tuple(names[1:])) for sort, names in self._things if sort == kind)
