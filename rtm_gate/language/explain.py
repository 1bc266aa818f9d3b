"""What a block became, in words: its reasons to fire, one by one, and what each does. For people and for snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rtm_gate.model.moment import from_seconds, spell, stamp
from rtm_gate.model.policy import Policy
from rtm_gate.model.rule import CoreRule, Effect, Exit, ForTier, Join, Pattern, Test, Time, UntilAnswered, UntilChanged, UntilSaid, UntilShown, UntilTime
from rtm_gate.model.schema import SCHEMA, Field, Type
from rtm_gate.vocabulary.names import key_of

_SAID = {"==": "is", "!=": "is not", "<": "under", "<=": "at most", ">": "over", ">=": "at least"}
_PLACES = {"text": "", "first_line": " in the first line", "every_post": " in every post", "picture": " in the picture"}
_LINKS = {
    "situation_region": "a region of it", "draft_region": "a region of the draft", "situation_tag": "a tag of it",
}  # fmt: skip


def explain(policy: Policy, block: str) -> str:
    """The block's core rules as text; raises KeyError for a block the policy does not have."""
    return _told(policy, block, [tuple(_rule(rule, policy)) for rule in _rules(policy, block)])


def summarise(policy: Policy, block: str) -> str:
    """The same for a reader: the three ways in which regions touch are one, and the reasons the author gave stand below."""
    what = policy.blocks[block]
    alternatives = dict.fromkeys(tuple(_rule(_without_links(rule), policy, _touching(rule))) for rule in _rules(policy, block))
    reasons = (("because", what.because), ("fix", what.fix), ("owner", what.owner), ("serves", "; ".join(what.serves)))
    return "\n".join([_told(policy, block, list(alternatives)), *(f"{name}: {said}" for name, said in reasons if said)])


def brand_said(policy: Policy, name: str) -> str:
    """A brand block as it is understood; empty for a name that none of the policy's brands has."""
    brand = next((one for one in policy.brands if key_of(name) in map(key_of, one.own.spellings)), None)
    if brand is None:
        return ""
    named = (("product", brand.products), ("competitor", brand.competitors), ("person", brand.people))
    rows = [("brand ", brand.own), *((f"    {word} ", one) for word, names in named for one in names)]
    return "\n".join(word + one.name + (f", called {', '.join(one.called)}" if one.called else "") for word, one in rows)


def _touching(rule: CoreRule) -> tuple[str, ...]:
    """The situations that touch the draft through links."""
    places = {join.alias for pattern in rule.positives if pattern.kind == "situation_region" for join in pattern.joins if join.other == "key"}
    tags = {join.alias for pattern in rule.positives if pattern.kind == "situation_tag" for join in pattern.joins if join.other == "key"}
    return (*(f"{alias} touches a region of the draft" for alias in sorted(places)), *(f"{alias} touches a hashtag of the draft" for alias in sorted(tags)))


def _without_links(rule: CoreRule) -> CoreRule:
    return replace(rule, positives=tuple(pattern for pattern in rule.positives if not is_link(pattern, rule.positives)))


def is_link(pattern: Pattern, patterns: Iterable[Pattern]) -> bool:
    """Whether a pattern only ties others of `patterns` together: by region or by tag."""
    tags = {other.alias for other in patterns if other.kind == "situation_tag"}
    on_a_tag = pattern.kind == "hashtag" and not pattern.tests and any(join.alias in tags or join.alias.endswith("_tag") for join in pattern.joins)
    return on_a_tag or pattern.kind in ("situation_region", "draft_region", "situation_tag")


def _told(policy: Policy, block: str, alternatives: Sequence[tuple[str, ...]]) -> str:
    what = policy.blocks[block]
    rules = _rules(policy, block)
    rows = [f"{what.kind} {block.removeprefix(what.kind + '.')}: {what.title}" + (" (shadow)" if what.shadow else "")]
    for number, lines in enumerate(alternatives, 1):
        rows += [(f"{number}." if first else "").ljust(4) + line for first, line in zip([True] + [False] * 99, lines, strict=False)]
    used = {test.value for rule in rules for pattern in _patterns(rule) for test in pattern.tests if pattern.kind == "count" and test.field == "of"}
    asked = [query for query in policy.counts if query.name in used]
    for query in asked:
        rows.append(f"{query.name} counts each {query.alternatives[0][0].kind} where")
        rows += [f"    {'or ' if n else ''}{_facts(patterns, policy)}" for n, patterns in enumerate(query.alternatives)]
    for tally in policy.tallies.get(block, ()):
        open_ = f"{tally.least}" if tally.most == tally.least else f"{tally.least} or more" if tally.most is None else f"{tally.least} to {tally.most}"
        rows.append(f"    with {open_} open: {', '.join(map(effect_said, tally.effects))}")
    if not rules:
        rows.append("    nothing is judged by it")
    told = "\n".join(rows)
    # Inside, a count is named after what it counts; a reader numbers them.
    for number, query in enumerate(asked, 1):
        told = told.replace(query.name, f"count_{number}")
    return told


def _rules(policy: Policy, block: str) -> list[CoreRule]:
    """Its rules, and those of the questions that are blocks of their own."""
    return [rule for rule in (*policy.rules, *policy.watches) if rule.block == block or rule.block.startswith(f"{block}.")]


def _patterns(rule: CoreRule) -> list[Pattern]:
    return [*rule.positives, *(pattern for group in rule.absent for pattern in group)]


def _rule(rule: CoreRule, policy: Policy, further: Sequence[str] = ()) -> Iterable[str]:
    for number, said in enumerate([*(_pattern(pattern, policy) for pattern in rule.positives), *further]):
        yield f"{'and ' if number else 'when '}{said}"
    for group in rule.absent:
        yield f"and no {_facts(group, policy)}"
    assumed = f" (assumed, since not known: {', '.join(rule.assumed)})" if rule.assumed else ""
    yield f"then {effect_said(rule.effect)}{assumed}"


def _facts(patterns: Iterable[Pattern], policy: Policy) -> str:
    return ", ".join(_pattern(pattern, policy) for pattern in patterns)


def _pattern(pattern: Pattern, policy: Policy) -> str:
    if pattern.kind == "member":
        return member_said(pattern)
    if pattern.kind == "count":
        return " ".join(_test(test, SCHEMA["count"].fields, policy) for test in pattern.tests if test.field == "n").replace("n ", f"{pattern.alias} ", 1)
    name = pattern.alias if pattern.alias.startswith(pattern.kind) else f"{_LINKS.get(pattern.kind, pattern.kind)} ({pattern.alias})"
    said = [*tests_said(pattern, policy), *(join_said(join, SCHEMA[pattern.kind].fields.get(join.field)) for join in pattern.joins)]
    return name + (f" [{'; '.join(said)}]" if said else "")


def member_said(pattern: Pattern) -> str:
    """`account.core_issues (politics)`."""
    said = {test.field: str(test.value) for test in pattern.tests}
    value = next((said[name] for name in ("value", "value_top") if name in said), "")
    other = next((f"{join.alias}.{join.other}" for join in pattern.joins if join.field != "owner"), "")
    owner = next((f" of {join.alias}" for join in pattern.joins if join.field == "owner"), "")
    return f"{value or other} among {said['of']}{owner}"


def tests_said(pattern: Pattern, policy: Policy) -> Iterable[str]:
    """The tests in order; several `is not` of a closed list are told as what is left."""
    fields = SCHEMA[pattern.kind].fields
    told: set[str] = set()
    for test in pattern.tests:
        closed = fields[test.field].words if test.field in fields and fields[test.field].type is Type.WORD else ()
        if test.op == "!=" and closed:
            if test.field not in told:
                told.add(test.field)
                out = {other.value for other in pattern.tests if other.field == test.field and other.op == "!="}
                left = [word for word in closed if word not in out]
                few = len(left) < len(out) or len(left) == 1
                yield f"{test.field} is {'one of ' if len(left) > 1 else ''}{', '.join(left)}" if few else f"{test.field} is not {_or(sorted(map(str, out)))}"
            continue
        yield _test(test, fields, policy)


def _or(words: list[str]) -> str:
    return " or ".join(words)


def _test(test: Test, fields: Mapping[str, Field], policy: Policy) -> str:
    field = fields.get(test.field)
    if test.op in ("known", "unknown"):
        return f"{test.field} is {test.op}"
    if isinstance(test.value, bool):
        like = next((query for query in policy.likes if query.name == test.field), None)
        said = f'{like.field} like "{like.glob}"' if like else test.field
        return said if test.value is (test.op == "==") else f"not {said}"
    if test.value == "":
        return f"{test.field} is {'not ' if test.op == '==' else ''}given"
    value = str(test.value)
    if field is not None and isinstance(test.value, int):
        value = amount_said(field, test.value)
    return f"{test.field.removesuffix('_top')} {_said(test.op, field)} {value}"


def amount_said(field: Field, value: int) -> str:
    if field.type is Type.LEVEL and 0 <= value < len(field.words):
        return field.words[value]
    if field.type is Type.DURATION:
        return spell(value)
    if field.type is Type.INSTANT:
        return stamp(from_seconds(value))
    if field.type is Type.RATIO:
        return f"{value / 10_000:g}%" if 0 < value < 1_000_000 else f"{value / 1_000_000:g}x"
    return str(value)


def _said(op: str, field: Field | None) -> str:
    if field is not None and field.type is Type.INSTANT:
        return {"<": "before", ">": "after"}.get(op, _SAID[op])
    return _SAID[op]


def join_said(join: Join, field: Field | None) -> str:
    if join.other == "key":
        return f"of {join.alias}"
    return f"{join.field.removesuffix('_top')} {_said(join.op, field)} {join.alias}.{join.other}"


def effect_said(effect: Effect) -> str:
    match effect.kind:
        case "recommend":
            return f"recommend {effect.action}"
        case "pause":
            return f"pause similar for {spell(effect.span)}"
        case "mark":
            return f"count `{effect.action}` as open"
        case "tally":
            return "count the open questions"
        case "assert":
            return f"hold where the verdict would be {effect.action}"
    said = " and ".join(_exit(way) for way in effect.exits) if effect.exits else effect.kind
    return f"{said}, instead of the sign-offs of trigger, platform and matrix" if effect.relieves else said + (f" ({effect.note})" if effect.note else "")


def _exit(way: Exit) -> str:
    match way:
        case ForTier():
            return f"hold for {way.tier}"
        case UntilTime():
            return f"hold until {_time(way.time)}"
        case UntilShown():
            return f"hold until {way.alias}.{way.field}"
        case UntilChanged():
            return f"hold until {way.what}"
        case UntilAnswered():
            return f"hold until {way.name} is answered"
        case UntilSaid():
            return f"hold until it says {_or([_quoted(text) for text in way.texts])}{_PLACES[way.place]}"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _time(time: Time) -> str:
    if not time.alias:
        said = stamp(from_seconds(time.offset))
    elif time.offset:
        said = f"{spell(abs(time.offset))} {'after' if time.offset > 0 else 'before'} {time.alias}.{time.field}"
    else:
        said = f"{time.alias}.{time.field}"
    return said + (f", at most {_time(time.cap)}" if time.cap else "")
