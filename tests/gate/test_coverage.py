"""What tests and cases reach of a small policy, and what they leave out, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtm_gate import Gate
from rtm_gate.gate.testing.coverage import Counter, Coverage, Share
from rtm_gate.gate.testing.run import run_test

POLICY = """policy "Covered" { language 1  owner "o@example.com"  audience US  roles manager, legal }
rule mourning "Mourning" {
  when     any situation where grave and severity at least major and touches any of region, words
  except when draft.directly_impacted or account.regulated
  then     hold
  because  "b"
}
rule waiting "Waiting" { when draft.queued or draft.sponsored or at least 2 media  then hold  because "b" }
rule unused "Unused" { when draft is statement  then hold  because "b" }
rule shared "Shared" { when any hashtag where trending and any hashtag where own  then warn }
test "a region" { draft { text "Hello." }  situation { topic tragedy  severity major  touches region }  expect hold from mourning }
test "excused"  { draft { text "Hello." }  situation { topic tragedy  severity major  touches region }  account { regulated yes }  expect go }
test "queued"   { draft { text "Hello."  queued yes }  expect hold from waiting }
test "one tag is both" { draft { text "#joy" }  hashtag { tag "#joy"  trending yes  own yes }  expect go }
"""


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    file = tmp_path_factory.mktemp("covered") / "p.rtm"
    file.write_text(POLICY)
    with Gate.open(file) as gate:
        assert gate.loaded.errors == ()
        counter = Counter(gate.policy)
        assert [run_test(gate, test, counter.add).failures for test in gate.policy.tests] == [()] * 4
    return counter.coverage()


def missed(share: Share) -> list[tuple[str, str]]:
    return [(clause.block.name, " ".join(clause.words)) for clause in share.missed]


def test_blocks(coverage: Coverage) -> None:
    assert missed(coverage.blocks) == [("unused", "Unused"), ("stale_news", "The news cannot be trusted right now")]
    assert (coverage.blocks.reached, coverage.blocks.percent) == (3, 60.0)


def test_alternatives(coverage: Coverage) -> None:
    """How regions touch, and whether one hashtag serves for two, makes no alternative of its own."""
    own = [row for row in missed(coverage.alternatives) if row[0] != "stale_news"]
    assert own == [
        (
            "mourning",
            "when not draft.directly_impacted and not account.regulated "
            "and any situation where (grave and severity at least major and touches words) then hold",
        ),
        ("waiting", "when draft.sponsored then hold"),
        ("waiting", "when at least 2 media then hold"),
        ("unused", "when draft.kind is statement then hold"),
    ]


def test_exceptions(coverage: Coverage) -> None:
    assert missed(coverage.exceptions) == [("mourning", "draft.directly_impacted")]
    assert coverage.exceptions.percent == 50.0


def test_what_rests_on_the_unknown_is_counted_and_not_asked_for(coverage: Coverage) -> None:
    reached, every = coverage.assumed
    assert reached == 0
    assert every > 0
    assert not any("assumed" in words for _, words in missed(coverage.alternatives))


def test_an_exception_counts_only_where_the_block_would_have_fired(tmp_path: Path) -> None:
    (tmp_path / "p.rtm").write_text(
        'policy "P" { language 1  audience US }\n'
        'rule a "A" { when draft.queued  except when draft.sponsored  then hold  because "b" }\n'
        'test "never met" { draft { sponsored yes }  expect go }\n'
        'test "lifted" { draft { sponsored yes  queued yes }  expect go }\n'
    )
    with Gate.open(tmp_path / "p.rtm") as gate:
        reached = []
        for test in gate.policy.tests:
            counter = Counter(gate.policy)
            run_test(gate, test, counter.add)
            reached.append(counter.coverage().exceptions.reached)
    assert reached == [0, 1]
