"""The index behind the lint of superfluous rules: it may name blocks that hide nothing, and leaves none out that does."""

from __future__ import annotations

from rtm_gate.language import load_text
from rtm_gate.language.lint.hidden import _Hiding
from rtm_gate.language.lint.subject import Subject
from rtm_gate.language.meaning.resolve import resolve
from rtm_gate.language.syntax.files import read_text
from tests.language.test_lint import CLOSE, HEAD

COUNTED = (
    "at least 2 hashtag where tag is a", "at least 3 hashtag where tag is a", "at least 2 hashtag where (tag is a and trending)",
    "(any hashtag where tag is a)", "at least 2 hashtag where tag is b", "fewer than 2 hashtag where tag is a", "fewer than 3 hashtag where tag is a",
)  # fmt: skip
CONDITIONS = [*CLOSE, *COUNTED, *(f"draft is planned and {one}" for one in COUNTED), *(f"{one} and {other}" for one in CLOSE[::3] for other in CLOSE[1::3])]
EFFECTS = ("no-go", "no-go", "hold for manager")


def test_no_block_that_hides_another_is_left_out() -> None:
    rules = [f'rule r{number} "R" {{ when {condition}  then {EFFECTS[number % 3]}  because "b"  fix "f" }}' for number, condition in enumerate(CONDITIONS)]
    text = HEAD + "\n".join(rules)
    loaded = load_text(text, "l.rtm")
    assert loaded.policy is not None, loaded.diagnostics
    files = tuple(read_text(text, "l.rtm").files)
    subject = Subject(resolve(files), files, loaded.policy, None)
    hiding = _Hiding(subject)
    pairs = {(item.id, other.id) for other in subject.blocks for item in subject.blocks if hiding.hides(item, other)}
    assert len(pairs) > 100
    assert {(item.id, other.id) for other in subject.blocks for item in hiding.over(other)} == pairs
