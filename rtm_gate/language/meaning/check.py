"""Stage 5b: conditions against the fact schema. What comes out speaks of real fields, with values in the units of the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from rtm_gate.language.meaning import typed
from rtm_gate.language.meaning.quantities import Quantities
from rtm_gate.language.meaning.resolve import Names
from rtm_gate.language.meaning.scope import scoped
from rtm_gate.language.syntax import nodes
from rtm_gate.language.syntax.words import listed
from rtm_gate.model.rule import Op
from rtm_gate.model.schema import CLASSES, KINDS, SCHEMA, SINGLES, Field, Type
from rtm_gate.model.source import At

IN_A_DRAFT = ("media", "hashtag", "claim", "mention")
HOW: tuple[typed.HowTouched, ...] = ("region", "words", "hashtag", "entity")
_ORDER: dict[str, Op] = {"at least": ">=", "at most": "<=", "over": ">", "under": "<"}
_ORDERED = (Type.COUNT, Type.INSTANT, Type.DURATION, Type.RATIO, Type.LEVEL)

_T = TypeVar("_T")


class Checker:
    """Checks the conditions of one block: aliases are counted, and quantified facts remembered, over all of them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.quantities = Quantities(names)
        self.aliases: dict[str, str] = {}
        """Every quantified fact so far that can be named elsewhere in the block: alias -> kind, in the order of the text."""
        self.seen: set[str] = set()
        """Every kind of fact that the block asks about."""
        self._counts: dict[str, int] = {}

    def condition(self, node: nodes.Condition | None) -> typed.Typed | None:
        """The typed condition, or None where something in it is wrong (and reported)."""
        if node is None:
            return None
        before = len(self.names.found)
        whole = scoped(node, self.names.found)
        if whole is None:
            return None
        result = self._typed(whole, None)
        return result if len(self.names.found) == before else None

    def draft_word(self, name: nodes.Name | nodes.Value) -> typed.Typed | None:
        """`draft is promotional`: a kind, a class or a flag of the draft."""
        self.seen.add("draft")
        fields = SCHEMA["draft"].fields
        if name.text in KINDS:
            return typed.Tested("draft", "draft", fields["kind"], "kind", "==", name.text, name.at)
        if name.text in CLASSES:
            return typed.Tested("draft", "draft", fields["class"], "class", "==", name.text, name.at)
        if name.text in fields and fields[name.text].type is Type.FLAG:
            return typed.Tested("draft", "draft", fields[name.text], name.text, "==", True, name.at)
        flags = [row.name for row in fields.values() if row.type is Type.FLAG]
        return self._wrong(
            "RTM203", f"a draft is never `{name.text}`", name.at, self.names.meant(name.text, (*KINDS, *CLASSES, *flags)),
            f"kinds: {', '.join(KINDS)}", f"classes: {', '.join(CLASSES)}", f"flags: {listed(sorted(flags), 40)}",
        )  # fmt: skip

    # ---- the tree ----------------------------------------------------------------------------------------------------------------
    def _typed(self, node: nodes.Condition, owner: tuple[str, str] | None) -> typed.Typed | None:
        """`owner` is the (alias, kind) that bare fields belong to."""
        match node:
            case nodes.All() | nodes.Either():
                parts = [self._typed(part, owner) for part in node.parts]
                whole = tuple(part for part in parts if part is not None)
                return (typed.And if isinstance(node, nodes.All) else typed.Or)(whole, node.at) if len(whole) == len(parts) else None
            case nodes.Not():
                part = self._typed(node.part, owner)
                return None if part is None else typed.Negated(part, node.at)
            case nodes.Group():
                return self._typed(node.part, owner)
            case nodes.Quantified():
                return self._quantified(node, owner)
            case nodes.Flag():
                return self._flag(node, owner)
            case nodes.Compare():
                return self._compare(node, owner)
            case nodes.Mentions():
                return self._mentions(node, owner)
            case nodes.Has():
                return self._has(node, owner)
            case nodes.Touches():
                return self._touches(node, owner)

    def _quantified(self, node: nodes.Quantified, owner: tuple[str, str] | None) -> typed.Typed | None:
        if not self._outside(node.at, owner):
            return None
        kind = node.kind.text
        if kind not in SCHEMA or SCHEMA[kind].internal:
            plural = [row.name for row in SCHEMA.values() if not row.internal and not row.single]
            return self._wrong("RTM202", f"there is no fact `{kind}`", node.kind.at, self.names.meant(kind, plural), f"facts: {', '.join(sorted(plural))}")
        if kind in SINGLES:
            return self._wrong("RTM202", f"a check has one `{kind}` only", node.kind.at, f"name its field: `{kind}.…`")
        if not 1 <= node.count <= 999:
            return self._wrong("RTM220", f"`{node.count}` is not a count from 1 to 999", node.at)
        alias = self.alias(kind)
        body = None if node.where is None else self._typed(node.where, (alias, kind))
        if node.where is not None and body is None:
            return None
        if node.how == "any":
            self.aliases[alias] = kind
        if node.count == 1:
            found: typed.Typed = typed.Exists(alias, kind, body, node.at)
        else:
            found = typed.AtLeast(alias, kind, node.count, body, node.at)
        return typed.Negated(found, node.at) if node.how in ("no", "fewer than") else found

    def alias(self, kind: str) -> str:
        """A name for another fact of the block: the kind, then `situation2`."""
        self.seen.add(kind)
        number = self._counts.get(kind, 0) + 1
        self._counts[kind] = number
        return kind if number == 1 else f"{kind}{number}"

    def _outside(self, at: At, owner: tuple[str, str] | None) -> bool:
        if owner is None:
            return True
        self._wrong("RTM302", f"inside `where ( … )` only fields of `{owner[1]}` can stand", at, "put this test outside of the parentheses")
        return False

    def _subject(self, name: nodes.Name, owner: tuple[str, str] | None) -> tuple[str, str, Field] | None:
        """The alias, kind and field a test is about."""
        parts = name.parts
        if len(parts) == 1:
            if owner is None:
                return self._wrong("RTM301", f"`{name.text}` names no field", name.at)
            return self._field(owner[0], owner[1], parts[0], name.at, name)
        kind = parts[0]
        if kind not in SINGLES:
            if kind in SCHEMA and not SCHEMA[kind].internal:
                hint = f"say `{'.'.join(parts[1:])}` alone, after `any {kind} where`"
                return self._wrong("RTM302", f"there may be many facts `{kind}`", name.at, hint)
            return self._wrong("RTM202", f"there is no fact `{kind}`", name.at, self.names.meant(kind, SINGLES))
        if not self._outside(name.at, owner):
            return None
        return self._field(kind, kind, ".".join(parts[1:]), name.at, name)

    def _field(self, alias: str, kind: str, field: str, at: At, name: nodes.Name) -> tuple[str, str, Field] | None:
        self.seen.add(kind)
        fields = SCHEMA[kind].fields
        if field in fields:
            return alias, kind, fields[field]
        end = At(at.file, at.line, at.column + len(name.text) - len(field), at.end_line, at.end_column)
        return self._wrong(
            "RTM204", f"`{kind}` has no field `{field}`", end, self.names.meant(field, fields), f"fields of {kind}: {listed(sorted(fields), 40)}"
        )

    # ---- tests ---------------------------------------------------------------------------------------------------------------------
    def _flag(self, node: nodes.Flag, owner: tuple[str, str] | None) -> typed.Typed | None:
        subject = self._subject(node.subject, owner)
        if subject is None:
            return None
        alias, kind, field = subject
        if field.type is Type.FLAG:
            return typed.Tested(alias, kind, field, field.name, "==", True, node.at)
        return self._wrong("RTM222", f"`{node.subject.text}` is not true or false by itself", node.at, f"it is {self._described(field)}; compare it")

    def _compare(self, node: nodes.Compare, owner: tuple[str, str] | None) -> typed.Typed | None:
        if node.subject.text == "draft":
            return self._draft_is(node, owner)
        subject = self._subject(node.subject, owner)
        if subject is None:
            return None
        alias, kind, field = subject
        if field.many:
            return self._set(node, alias, kind, field)
        if node.how in ("is known", "is unknown"):
            return self._known(node, alias, kind, field)
        if node.how == "like":
            return self._like(node, alias, kind, field)
        if field.type in (Type.FLAG, Type.TEXT):
            hint = f"write `{node.subject.text}` or `not {node.subject.text}`" if field.type is Type.FLAG else 'a text is compared with `like "…"`'
            return self._wrong("RTM222", f"`{node.subject.text}` cannot be compared so", node.at, hint)
        if node.how in _ORDER:
            if field.type not in _ORDERED:
                return self._wrong(
                    "RTM221", f"`{node.how}` does not fit `{node.subject.text}`", node.at, f"it is {self._described(field)}: write `is` or `is one of`"
                )
            return self._one(node, alias, kind, field, node.values[0], _ORDER[node.how], owner)
        if node.how.startswith("includes"):
            return self._wrong("RTM221", f"`{node.subject.text}` has one value, not many", node.at, "write `is` or `is one of`")
        each = [self._one(node, alias, kind, field, value, "==", owner) for value in node.values]
        return self._closed(each, node) or self._joined(each, node)

    def _closed(self, each: list[Any], node: nodes.Compare) -> typed.Typed | None:
        """`is one of a, b` of a field with few possible words says that it is none of the others: one core rule instead of one a word."""
        if node.how != "is one of" or not all(isinstance(part, typed.Tested) and isinstance(part.value, str) and part.field.words for part in each):
            return None
        first, wanted = each[0], {part.value for part in each}
        others = tuple(typed.Negated(replace(first, value=word), node.at) for word in first.field.words if word not in wanted)
        return typed.And(others, node.at) if len(others) > 1 and not first.field.observed else None

    def _joined(self, each: list[Any], node: nodes.Compare) -> typed.Typed | None:
        """`is one of a, b`, and its negation."""
        if any(part is None for part in each):
            return None
        whole: typed.Typed = each[0] if len(each) == 1 else typed.Or(tuple(each), node.at)
        return typed.Negated(whole, node.at) if "not" in node.how else whole

    def _one(self, node: nodes.Compare, alias: str, kind: str, field: Field, value: nodes.Value, op: Op, owner: tuple[str, str] | None) -> typed.Typed | None:
        other = self._ref(value, field, owner)
        if other is not None:
            if isinstance(other, str):
                return None
            if other.alias == alias:
                return self._wrong("RTM319", f"two fields of one `{kind}` cannot be compared", node.at, "compare with a value, or with another fact's field")
            return typed.Tested(alias, kind, field, field.name, op, other, node.at)
        known = self.quantities.value(kind, field, value)
        if known is None:
            return None
        column = f"{field.name}_top" if field.type is Type.TOPIC and "." not in value.text else field.name
        return typed.Tested(alias, kind, field, column, op, known, node.at)

    def _ref(self, value: nodes.Value, field: Field, owner: tuple[str, str] | None) -> typed.Ref | str | None:
        """The field that a path on the right side names; a str where it is wrong; None where it is no reference."""
        if value.sort != "path":
            return None
        alias, _, name = value.text.partition(".")
        kind = alias if alias in SINGLES else self.aliases.get(alias, alias)
        if kind not in SCHEMA or (name not in SCHEMA[kind].fields and field.type in (Type.TOPIC, Type.WORD)):
            return None
        other = SCHEMA[kind].fields.get(name)
        if other is None or SCHEMA[kind].internal:
            self._wrong("RTM204", f"`{kind}` has no field `{name}`", value.at, self.names.meant(name, SCHEMA[kind].fields))
            return "wrong"
        if kind not in SINGLES and (alias not in self.aliases or (owner is not None and owner[0] == alias)):
            self._wrong("RTM308", f"no `{kind}` is named before this", value.at, f"`any {kind} where …` has to stand on its left")
            return "wrong"
        if other.type is not field.type or other.many or other.type is Type.TEXT:
            self._wrong("RTM220", f"`{value.text}` is {self._described(other)}", value.at, f"`{field.name}` is {self._described(field)}")
            return "wrong"
        return typed.Ref(alias, kind, other)

    def _known(self, node: nodes.Compare, alias: str, kind: str, field: Field) -> typed.Typed | None:
        if field.type is Type.TEXT:
            return self._wrong("RTM221", f"`{node.subject.text}` is always there", node.at)
        if field.type is Type.FLAG and not field.observed:
            flag = f"not {node.subject.text}" if node.how == "is unknown" else node.subject.text
            return self._wrong("RTM221", f"`{node.subject.text}` is given or it is not", node.at, f"write `{flag}`")
        test = typed.Tested(alias, kind, field, field.name, "known", None, node.at)
        return typed.Negated(test, node.at) if node.how == "is unknown" else test

    def _like(self, node: nodes.Compare, alias: str, kind: str, field: Field) -> typed.Typed | None:
        if field.type not in (Type.TEXT, Type.WORD) or field.words:
            return self._wrong("RTM221", f"`like` does not fit `{node.subject.text}`", node.at, f"it is {self._described(field)}")
        return typed.Like(alias, kind, field, node.values[0].text, node.at)

    def _set(self, node: nodes.Compare, alias: str, kind: str, field: Field) -> typed.Typed | None:
        if not node.how.startswith("includes"):
            return self._wrong("RTM221", f"`{node.subject.text}` has many values", node.at, "write `includes` or `includes any of`")
        each = [self._member(value, alias, kind, field, node.at) for value in node.values]
        return self._joined(each, node)

    def _member(self, value: nodes.Value, alias: str, kind: str, field: Field, at: At) -> typed.Typed | None:
        other = self._ref(value, field, None) if field.type is not Type.REGION else None
        if isinstance(other, str):
            return None
        if other is not None:
            same = typed.Holds(alias, kind, field, "value", other, at)
            if field.type is not Type.TOPIC:
                return same
            # The brand's issue `politics` covers a trigger about `politics.election`.
            top = Field(f"{other.field.name}_top", Type.TOPIC, "")
            return typed.Or((same, typed.Holds(alias, kind, field, "value", typed.Ref(other.alias, other.kind, top), at)), at)
        known = self.quantities.value(kind, field, value)
        if known is None:
            return None
        if field.type is Type.REGION:
            return typed.InRegion(str(known), at)
        column = "value_top" if field.type is Type.TOPIC and "." not in value.text else "value"
        return typed.Holds(alias, kind, field, column, str(known), at)

    def _draft_is(self, node: nodes.Compare, owner: tuple[str, str] | None) -> typed.Typed | None:
        if not self._outside(node.at, owner):
            return None
        if node.how not in ("is", "is not", "is one of", "is not one of"):
            return self._wrong("RTM222", f"`draft {node.how}` says nothing", node.at, "name a field: `draft.…`")
        return self._joined([self.draft_word(value) for value in node.values], node)

    def _mentions(self, node: nodes.Mentions, owner: tuple[str, str] | None) -> typed.Typed | None:
        if not self._outside(node.at, owner) or not self._is_draft(node.subject, "mentions"):
            return None
        if [topic for topic in node.topics if not self.names.topic(topic)]:
            return None
        alias, fields = self.alias("mention"), SCHEMA["mention"].fields
        self.aliases[alias] = "mention"
        tests = [
            typed.Tested(alias, "mention", fields["topic"], "topic" if "." in topic.text else "topic_top", "==", topic.text, topic.at) for topic in node.topics
        ]
        literal = typed.Tested(alias, "mention", fields["literal"], "literal", "==", True, node.at)
        topics: typed.Typed = tests[0] if len(tests) == 1 else typed.Or(tuple(tests), node.at)
        return typed.Exists(alias, "mention", typed.And((literal, topics), node.at), node.at)

    def _has(self, node: nodes.Has, owner: tuple[str, str] | None) -> typed.Typed | None:
        if not self._outside(node.at, owner) or not self._is_draft(node.subject, "has"):
            return None
        what, fields = node.what.text, SCHEMA["draft"].fields
        found: typed.Typed | None = None
        if what in IN_A_DRAFT:
            alias = self.alias(what)
            if not node.no:
                self.aliases[alias] = what
            found = typed.Exists(alias, what, None, node.at)
        elif what in fields and fields[what].type is Type.FLAG:
            found = typed.Tested("draft", "draft", fields[what], what, "==", True, node.at)
        else:
            flags = [row.name for row in fields.values() if row.type is Type.FLAG]
            known = (*IN_A_DRAFT, *flags)
            return self._wrong("RTM203", f"a draft never has `{what}`", node.what.at, self.names.meant(what, known), f"it may have: {listed(known, 40)}")
        return typed.Negated(found, node.at) if node.no else found

    def _is_draft(self, name: nodes.Name, verb: str) -> bool:
        if name.text == "draft":
            return True
        self._wrong("RTM221", f"`{verb}` is said of the draft only", name.at, f"write `draft {verb} …`")
        return False

    def _touches(self, node: nodes.Touches, owner: tuple[str, str] | None) -> typed.Typed | None:
        if owner is None or owner[1] != "situation":
            return self._wrong("RTM221", "only a situation touches the draft", node.at, "write `any situation where touches …`")
        parts: list[typed.Typed] = []
        for name in node.how:
            how = next((row for row in HOW if row == name.text), None)
            if how is None:
                return self._wrong("RTM203", f"`{name.text}` is no way to touch", name.at, self.names.meant(name.text, HOW), f"ways: {', '.join(HOW)}")
            parts.append(typed.Touched(owner[0], how, name.at))
        return parts[0] if len(parts) == 1 else typed.Or(tuple(parts), node.at)

    # ---- sentences -----------------------------------------------------------------------------------------------------------------------
    def _described(self, field: Field) -> str:
        return self.quantities.described(field)

    def _wrong(self, code: str, message: str, at: At, label: str = "", *help_: str) -> _T | None:
        """Reports, and is None: what a check that failed comes to."""
        self.names.error(code, message, at, label, *help_)
        return None
