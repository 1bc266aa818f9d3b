"""What verdicts share in the record: the news they were judged against, as bytes that come back as they went in."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from rtm_gate.desk.ledger.chain import canonical
from rtm_gate.model.news import News
from rtm_gate.store import StoreError


@cache
def _news() -> TypeAdapter[News]:
    return TypeAdapter(News)


def news_to_bytes(news: News) -> bytes:
    """Equal news are equal bytes."""
    fields = _news().dump_python(news, mode="json")
    for situation in fields["situations"]:
        for story in situation["stories"]:
            # The only set among lists, and sets have no order of their own.
            story["tokens"].sort()
    return canonical(fields).encode()


def news_of_bytes(content: bytes) -> News:
    """StoreError for what is no news."""
    try:
        return _news().validate_json(content)
    except ValidationError as fault:
        raise StoreError("news in the record cannot be read: it was written by another rtm-gate") from fault
