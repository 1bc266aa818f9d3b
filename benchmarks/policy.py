"""How long it takes to check a policy: `python benchmarks/policy.py [RULES]`. Prints, asserts nothing.

The policy is made of five sorts of blocks in turn. It is checked once afresh, once again, and once with one rule changed, as an
editor does while its author writes; `lint` is part of each. Times are in seconds; the last column is the share of the first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from rtm_gate.language import load_text
from rtm_gate.language.layout import formatted

RULES = 1000
HEAD = """policy "Large" { language 1  audience US  roles manager, legal  otherwise go }
setting quiet 24 hours "How long we stay silent"
tier manager { needs 1 manager }
tier legal { needs 1 legal }
"""
BLOCKS = (
    'rule rule_{n} "Rule {n}" {{ when draft.platform is place_{n} and draft.similar_posts at least {m}  then hold for manager  because "Reason {n}." }}',
    'rule rule_{n} "Rule {n}" {{ when draft.class is one of promotional, editorial and draft.author is person_{n} and any situation where grave '
    'and severity at least major and touches any of words, hashtag  except when draft.directly_impacted  then no-go  because "Reason {n}."  fix "Wait." }}',
    'rule rule_{n} "Rule {n}" {{ when any hashtag where tag is "#tag{n}" and topic is politics and uses_read under {m}  then hold for legal  '
    'because "Reason {n}." }}',
    'blackout rule_{n} "Rule {n}" {{ when account.name is account_{n} and any situation where topic is disaster and sources at least {m} and touches region  '
    'lasts until quiet after situation.updated, at most 48 hours after situation.started  stops promotional, queued  spares service  because "Reason {n}." }}',
    'rule rule_{n} "Rule {n}" {{ when draft.stage is stage_{n} and any media where origin is stock and previews under {m} and not reverse_searched  '
    'then hold until reverse_searched  because "Reason {n}." }}',
)


def policy(rules: int, changed: int = -1) -> str:
    return HEAD + "\n".join(_blocks(rules, changed))


def _blocks(rules: int, changed: int) -> Iterator[str]:
    for n in range(rules):
        yield BLOCKS[n % len(BLOCKS)].format(n=n, m=n % 900 + (2 if n == changed else 1))


def main() -> None:
    rules = int(sys.argv[1]) if len(sys.argv) > 1 else RULES
    load_text(policy(len(BLOCKS)), "warm-up.rtm")
    first = 0.0
    for what, text in (("afresh", policy(rules)), ("again", policy(rules)), ("one rule changed", policy(rules, changed=rules // 2))):
        start = time.perf_counter()
        loaded = load_text(text, "large.rtm")
        took = time.perf_counter() - start
        first = first or took
        assert loaded.policy is not None
        print(f"{rules} rules, checked {what:<17} {took:6.2f}  {took / first:5.0%}   {len(loaded.policy.rules)} core rules, {len(loaded.diagnostics)} warnings")
    start = time.perf_counter()
    formatted(policy(rules), "large.rtm")
    print(f"{rules} rules, laid out                   {time.perf_counter() - start:6.2f}")


if __name__ == "__main__":
    main()
