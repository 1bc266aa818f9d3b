"""What nobody declared: a message of help is service, one that bids for custom is not, whatever the caller says."""

from __future__ import annotations

import pytest

from rtm_gate.facts.infer import message_class
from rtm_gate.model.analysis import Analysis, Intent
from rtm_gate.model.draft import read_draft


def _class(intents: tuple[str, ...], **draft: str) -> str:
    read, _ = read_draft({"text": "Hello.", "platform": "x", "kind": "reply", "account": {"id": "a", "brand": "Acme"}, **draft})
    return message_class(read, Analysis(intents=tuple(Intent(kind, "Hello", "text", 0, 5) for kind in intents)))[0]


@pytest.mark.parametrize("declared", [{}, {"message_class": "service"}])
@pytest.mark.parametrize(
    ("intents", "expected"),
    [
        ((), "service"),
        (("call_to_action",), "service"),  # "Tap here to reset your password"
        (("call_to_action", "product", "service"), "service"),  # "DM us the order number of your toaster"
        (("call_to_action", "product"), "promotional"),  # "Order our new burger"
        (("offer", "service"), "promotional"),
    ],
)
def test_a_reply(intents: tuple[str, ...], declared: dict[str, str], expected: str) -> None:
    assert _class(intents, **declared) == expected


def test_a_campaign_tag_is_no_service() -> None:
    assert _class(("campaign_tag",)) == "editorial"
    assert _class(("campaign_tag",), message_class="service") == "promotional"


def test_a_declared_class_stands_otherwise() -> None:
    assert _class(("offer",), message_class="editorial") == "editorial"
