"""How the tags of a draft are used now: what a person read, and what the gate read itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rtm_gate.facts.scene import Row, Scene
from rtm_gate.model.feeds import TagContext
from rtm_gate.model.moment import MINUTE, seconds, spell
from rtm_gate.model.topics import PAINFUL
from rtm_gate.model.vocabulary import top_of

ENOUGH_USES = 10
"""So few posts say nothing of a tag (rulings: tags)."""


@dataclass(frozen=True, slots=True)
class TagReading:
    """`uses` recent posts were read, the first of them at `since` (epoch seconds; None: nobody said when). `share` of them is sensitive
    (0 to 1; None: nobody said), `topic` what they speak of. `rows` show it."""

    uses: int = 0
    since: int | None = None
    share: float | None = None
    topic: str = ""
    rows: tuple[Row, ...] = ()


def reading_of(scene: Scene, tag: str) -> TagReading:
    """One reading counts, never a sum, for both may be of the same posts: the gate's own where it read enough, else the person's.

    Of two shares the higher one counts.
    """
    name = tag.lower()
    told = [context for given, context in scene.draft.hashtag_context.items() if given.lower() == name]
    person = min(told, key=lambda context: context.uses_read, default=None)
    own = next((context for context in scene.news.tags if context.tag == name), None)
    if own is not None and (person is None or own.uses >= ENOUGH_USES):
        share = max(own.share, (person.sensitive_share or 0.0) if person else 0.0)
        topic = own.topic if own.uses >= ENOUGH_USES else ""
        return TagReading(own.uses, seconds(own.oldest) if own.oldest else None, share, topic, (_row(own, scene.now),))
    if person is not None:
        return TagReading(person.uses_read, seconds(person.at) if person.at else None, person.sensitive_share)
    return TagReading()


def _row(own: TagContext, now: datetime) -> Row:
    age = seconds(now) - seconds(own.oldest) if own.oldest else 0
    posts = f"{own.uses} post{'' if own.uses == 1 else 's'} under {own.tag} read {f'{spell(age)} ago' if age >= MINUTE else 'just now'}"
    hurts = ", ".join(topic for topic in own.topics if top_of(topic) in PAINFUL)
    return {"kind": "tag", "tag": own.tag, "text": f"{posts}, {own.sensitive or 'none'} of them sensitive{f': {hurts}' if hurts else ''}"}
