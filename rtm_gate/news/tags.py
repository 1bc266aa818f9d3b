"""What a tag is used for now, read from people's posts under it. What is kept of a post is a hash and what it speaks of, never its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from rtm_gate.model.analysis import Analysis
from rtm_gate.model.feeds import TagContext, TagUse
from rtm_gate.model.news import Story
from rtm_gate.model.topics import PAINFUL
from rtm_gate.model.vocabulary import top_of
from rtm_gate.news.sources.tags import bare_tag
from rtm_gate.news.stories.classify import Reader
from rtm_gate.news.stories.grades import HARMLESS, gravity
from rtm_gate.news.text import fold, long_hash
from rtm_gate.news.times import AHEAD

RECENT = timedelta(hours=24)
"""A post older than this says nothing of what the tag means today."""
READ_WITHIN = timedelta(minutes=60)
"""For how long a reading of a tag is worth something (rulings: tags)."""

_LINK = re.compile(r"https?://\S+")
_REPOST = re.compile(r"^(?:RT|QT) @[\w.@-]+:? ")


def uses_of(stories: Iterable[Story], tag: str, read: Reader, now: datetime) -> tuple[TagUse, ...]:
    """One use for each different post of the last 24 hours that carries the tag, the newest first; `stories` as `read_feed` gives them.

    A repost is the same post. What counts for nothing: a post without a date, one that only mentions the word, one that is nothing but the tag,
    and one in a language the gate does not read, since nobody has then read it.
    """
    bare = bare_tag(tag)
    if not bare:
        return ()
    carried = re.compile(rf"(?<![\w&/#＃])[#＃]{re.escape(bare)}(?!\w)", re.IGNORECASE)
    uses: dict[str, TagUse] = {}
    for story in sorted(stories, key=lambda story: (story.published, story.id)):
        post = _REPOST.sub("", _words(story))
        # The tag itself is left out: what its name means is known without any post, and would else be found in each.
        said = fold(_LINK.sub(" ", carried.sub(" ", post)))
        if not story.dated or not -AHEAD <= now - story.published <= RECENT or not carried.search(post) or not any(map(str.isalnum, said)):
            continue
        found = read(said)
        if found.unfamiliar:
            continue
        topics = _topics(found)
        key = long_hash(said.casefold())
        uses[key] = TagUse(
            tag=f"#{bare.lower()}",
            key=key,
            at=now,
            published=story.published,
            topic=topics[0] if topics else "",
            sensitive=any(top_of(topic) in PAINFUL for topic in topics),
        )
    return tuple(sorted(uses.values(), key=lambda use: (use.published, use.key), reverse=True))


def context_of(tag: str, uses: Iterable[TagUse], now: datetime, within: timedelta = READ_WITHIN) -> TagContext:
    """What the uses of the tag that were read within the last hour (`within`) say together; each post counts once, as it was read last."""
    name = f"#{bare_tag(tag).lower()}"
    latest: dict[str, TagUse] = {}
    for use in uses:
        known = latest.get(use.key)
        if use.tag == name and -AHEAD <= now - use.at <= within and (known is None or known.at < use.at):
            latest[use.key] = use
    if not latest:
        return TagContext(name)
    read = sorted(use.at for use in latest.values())
    topics = Counter(use.topic for use in latest.values() if use.topic)
    sensitive = sum(use.sensitive for use in latest.values())
    ranked = tuple(sorted(topics, key=lambda topic: (-topics[topic], topic)))
    return TagContext(
        tag=name,
        uses=len(latest),
        sensitive=sensitive,
        share=sensitive / len(latest),
        topics=ranked,
        oldest=read[0],
        newest=read[-1],
        topic=next((topic for topic in ranked if 2 * topics[topic] >= len(latest)), ""),
    )


def _words(story: Story) -> str:
    """A post has no headline; some feeds repeat its beginning as one."""
    begins = story.title.rstrip("….").casefold()
    return story.summary if story.summary.casefold().startswith(begins) else f"{story.title} {story.summary}".strip()


def _topics(found: Analysis) -> list[str]:
    """What the post speaks of literally, and what its other tags stand for, the gravest first. What makes a headline harmless (a score, a review)
    does not make a person's words so."""
    topics = {hit.topic for hit in found.mentions if hit.literal and not hit.negated} | {hashtag.topic for hashtag in found.hashtags if hashtag.topic}
    return sorted((topic for topic in topics if top_of(topic) not in HARMLESS), key=lambda topic: (gravity(topic), "." not in topic, topic))
