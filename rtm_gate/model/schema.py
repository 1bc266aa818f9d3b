"""The one fact schema: what a policy may ask about, of what type, and where each value comes from.

The checker, the lowering, the engine's encoding, the facts room and the reference pages are all made from this table.

*Supplied* fields are evidence somebody gives: missing means not given (a flag is then false). *Observed* fields are read
from the world: missing means unknown, three-valued (see docs/policy.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from rtm_gate.model.news import CERTAINTIES, SEVERITIES


class Type(StrEnum):
    """How a value is written by an author and carried by a fact."""

    WORD = "word"  # lower_snake name; closed when `words` is given; str
    TOPIC = "topic"  # a topic name; str; the fact carries `<field>_top` beside it
    REGION = "region"  # ISO 3166 code; str
    TEXT = "text"  # compared with `like` and `is known` only, outside the engine; never in a fact
    FLAG = "flag"  # bool
    COUNT = "count"  # int
    INSTANT = "instant"  # int, epoch seconds
    DURATION = "duration"  # int, seconds
    RATIO = "ratio"  # `3x`, `20%`, `0.5`; int, millionths
    LEVEL = "level"  # ordered words; int, rank from 0


class ComesFrom(StrEnum):
    """Who or what says a value."""

    CALLER = "caller"  # the draft as it was handed in
    TEXT = "text"  # read in the draft's words, tags, links and descriptions
    NEWS = "news"  # the feeds
    PEOPLE = "people"  # sign-offs, answers and scores
    CALENDAR = "calendar"  # days that are kept, and the policy's own
    TOOLS = "tools"  # listening and analytics tools
    PROJECT = "project"  # what the project says of itself


@dataclass(frozen=True, slots=True)
class Field:
    """`many`: a set, carried as `member` facts. `words` closes a WORD and orders a LEVEL. `open_words`: the names a policy adds to."""

    name: str
    type: Type
    doc: str
    words: tuple[str, ...] = ()
    observed: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class FactKind:
    """`single`: a check has exactly one. `internal`: made by the compiler and the facts room, not for authors.

    `comes_from` is said of every field but those of `but`.
    """

    name: str
    doc: str
    fields: Mapping[str, Field]
    single: bool = False
    internal: bool = False
    comes_from: ComesFrom = ComesFrom.CALLER
    but: Mapping[str, ComesFrom] = field(default_factory=lambda: MappingProxyType({}))

    def whence(self, name: str) -> ComesFrom:
        """Where the value of a field comes from."""
        return self.but.get(name, self.comes_from)


KINDS = ("planned", "reactive", "reply", "statement", "transactional", "in_session")
CLASSES = ("promotional", "service", "safety", "editorial", "statement")
ORIGINS = ("own", "stock", "ugc", "reblog", "generated")
STATES = ("watch", "active", "extended", "taper", "closed", "false_alarm")
RISKS = ("low", "medium", "high")
TONES = ("solemn", "religious", "sensitive", "festive")
ANSWERS = ("yes", "no", "unsure", "na")
SELLS = ("offer", "call_to_action", "product", "mascot", "pun", "campaign_tag")
"""Flags of a draft any of which means that it sells."""
CLAIMS = ("comparative", "medical", "financial", "environmental", "superlative")
ABOUT = ("own_brand", "own_product", "competitor", "none")


def _fields(*rows: Field) -> Mapping[str, Field]:
    return MappingProxyType({row.name: row for row in rows})


def _but(**names: str) -> Mapping[str, ComesFrom]:
    """`text="offer pun"`: these two are read in the text."""
    return MappingProxyType({name: ComesFrom(whence) for whence, row in names.items() for name in row.split()})


def _word(name: str, doc: str, *words: str, observed: bool = False, many: bool = False) -> Field:
    return Field(name, Type.WORD, doc, words, observed, many)


def _flag(name: str, doc: str, observed: bool = False) -> Field:
    return Field(name, Type.FLAG, doc, observed=observed)


def _count(name: str, doc: str, observed: bool = False) -> Field:
    return Field(name, Type.COUNT, doc, observed=observed)


def _instant(name: str, doc: str, observed: bool = False) -> Field:
    return Field(name, Type.INSTANT, doc, observed=observed)


def _duration(name: str, doc: str, observed: bool = False) -> Field:
    return Field(name, Type.DURATION, doc, observed=observed)


def _ratio(name: str, doc: str, observed: bool = False) -> Field:
    return Field(name, Type.RATIO, doc, observed=observed)


def _level(name: str, doc: str, *words: str, observed: bool = False) -> Field:
    return Field(name, Type.LEVEL, doc, words, observed)


def _topic(name: str, doc: str, observed: bool = False, many: bool = False) -> Field:
    return Field(name, Type.TOPIC, doc, observed=observed, many=many)


_FACTS = (
    FactKind(
        "draft",
        "the post to be judged",
        _fields(
            Field("text", Type.TEXT, "its words"),
            _word("kind", "how it came about", *KINDS),
            _word("class", "what it is for: given by the caller, else inferred and shown", *CLASSES),
            _word("platform", "where it is to appear"),
            _word("channels", "every platform it is to appear on", many=True),
            _count("length", "characters of the longest part, as its platform counts them"),
            _flag("queued", "it waits in a queue"),
            _flag("sponsored", "somebody paid for it"),
            _flag("offer", "it offers something for sale: a price, a discount, a deal"),
            _flag("call_to_action", "it asks the reader to buy, book, download, order, visit"),
            _flag("product", "it names or shows a product"),
            _flag("mascot", "a mascot or a character appears in it"),
            _flag("pun", "it plays on the brand's or a product's name"),
            _flag("brand", "it names the brand, by any of its names"),
            _flag("competitor", "it names a competitor, by any of its names"),
            _flag("campaign_tag", "it carries a hashtag of the brand or a campaign"),
            _flag("sells", "any of offer, call_to_action, product, mascot, pun, campaign_tag"),
            _flag("sympathy", "it expresses condolence or solidarity"),
            _flag("greeting", "it wishes well for an occasion"),
            _flag("first_person", "a single person speaks (I, me, my)"),
            _flag("connection", "it tells of a gift, a commission or a job that ties the speaker to what is praised"),
            _flag("disclosed", "it says clearly that it is advertising: #ad, #sponsored, paid partnership, sponsored by"),
            _flag("disclosed_first", "it says so in sight: in its first line, before 125 characters, a link or other tags"),
            _flag("disclosed_unclearly", "it hints at it in words few understand: #sp, #spon, #collab, #partner, #gifted, #ambassador, #thanks"),
            _flag("arguing", "it contradicts, blames, lectures, mocks or threatens the reader"),
            _flag("belittling", "it puts somebody down who is not there"),
            _flag("bait", "it asks for a like, share, tag or comment for its own sake, or makes a gift wait for them"),
            _flag("unfamiliar", "a text or tag in a language or script the team does not read"),
            _flag("automated", "no human wrote it"),
            _flag("simultaneous", "it goes to several channels at once, before the lead is measured"),
            _flag("directly_impacted", "the caller says, with evidence, that its own people or places are hit"),
            _flag("opt_out", "somebody is named who can delete it, and how fast"),
            _flag("monitoring", "somebody is named who watches the replies"),
            _flag("joke", "it jokes"),
            _flag("template_matches", "the copy fits the template it names", observed=True),
            _flag("template_current", "the template it names is not past its review date"),
            _word("language", "en, foreign, or und (too short to tell)"),
            _flag("regions_given", "it names regions or places itself; else the policy's audience stands in"),
            Field("regions", Type.REGION, "where it is shown; the policy's audience when the draft names none", many=True),
            _word("template", "the template it claims"),
            _word("origin", "human, automated, ai_assisted, rss, recurring"),
            _word("author", "who wrote it"),
            _word("author_role", "the author's role"),
            _word("stage", "lead, secondary, owned, paid"),
            _count("similar_posts", "how many brands have said the same already"),
            _count("reviewers", "distinct people, not the author, who signed"),
            _instant("submitted", "when it was handed in; first seen when not given"),
            _instant("publish", "when it will appear: the later of now and its schedule"),
            _duration("waiting", "since it was handed in"),
            _duration("notice", "from handing in to publishing"),
            _duration("shelf_life", "how long it is useful"),
            _topic("issues", "debated topics it touches in any sense", many=True),
        ),
        single=True,
        but=_but(
            text="length offer call_to_action product mascot pun brand campaign_tag sells sympathy greeting first_person connection "
            "disclosed disclosed_first disclosed_unclearly arguing belittling bait unfamiliar template_matches language issues",
            people="reviewers",
        ),
    ),
    FactKind(
        "account",
        "the account that speaks",
        _fields(
            _word("name", "its id"),
            _word("industry", "its industry"),
            _flag("regulated", "its industry is regulated"),
            _flag("b2b_enterprise", "it sells to enterprises"),
            _flag("stance_published", "it has published its stance on its core issues"),
            _flag("track_record", "it has acted on its core issues before"),
            _flag("action_plan", "it has a plan of action for its core issues"),
            _topic("core_issues", "the issues the brand declared its own", many=True),
        ),
        single=True,
    ),
    FactKind(
        "mention",
        "a word of a sensitive or contrast topic in the draft",
        _fields(
            _topic("topic", "what it is about"),
            _word("term", "the row of the lexicon"),
            _word("field", "where it stands", "text", "hashtag", "link", "alt_text", "media_text"),
            _flag("literal", "it is meant literally"),
            _flag("negated", "it is denied"),
            _flag("targeted", "it is aimed at a person or group"),
            _ratio("certainty", "how sure the literal sense is"),
        ),
        comes_from=ComesFrom.TEXT,
    ),
    FactKind(
        "claim",
        "a claim the draft makes",
        _fields(
            _word("kind", "what sort", *CLAIMS),
            _word("about", "whom it is measured against", *ABOUT),
            _flag("substantiated", "evidence is recorded"),
        ),
        comes_from=ComesFrom.TEXT,
        but=_but(caller="substantiated"),
    ),
    FactKind(
        "hashtag",
        "a tag in the draft",
        _fields(
            _word("tag", "the tag, lower case, with its #"),
            Field("text", Type.TEXT, "the tag as written"),
            _flag("own", "it is the brand's or campaign's own"),
            _flag("trending", "the caller or a feed says that it trends"),
            _flag("known", "it splits into words that are known"),
            _flag("sensitive", "people speak of what hurt them under it: a grave or debated topic, a death, remembrance, hate"),
            _topic("topic", "what it is about: by its words, else by what at least half of the posts speak of that the gate read under it"),
            _word("language", "en, foreign, or und (its words are unknown)"),
            _flag("misread", "a reader may part its words in another way, into something obscene or tragic"),
            _count("uses_read", "how many recent uses somebody or the gate read"),
            _duration("read_age", "how long ago they were read", observed=True),
            _ratio("sensitive_share", "share of the recent uses that is sensitive, by whoever read them; the higher one where both did", observed=True),
        ),
        comes_from=ComesFrom.TEXT,
        but=_but(caller="trending", people="uses_read read_age sensitive_share"),
    ),
    FactKind(
        "media",
        "an attachment",
        _fields(
            _word("type", "image, video, gif, audio, link_card"),
            _word("origin", "where it comes from", *ORIGINS),
            _flag("alt_text", "it is described"),
            _count("previews", "distinct people who opened the preview, not the author"),
            _flag("previewed", "two people have opened the preview"),
            _flag("rights_cleared", "permission is recorded"),
            _flag("reverse_searched", "a reverse image search was done"),
            _flag("people_verified", "the people shown were verified"),
            _flag("ai_generated", "it was generated"),
            _flag("people_shown", "it shows or names a real person"),
            _flag("mascot", "it shows a mascot or character"),
            _flag("product", "it shows a product"),
            _word("match", "a picture known from a catastrophe, by its file or the words that describe it", "historic_disaster", "none"),
        ),
        but=_but(people="previews previewed reverse_searched people_verified", text="people_shown mascot product match"),
    ),
    FactKind(
        "situation",
        "a current event that could concern the draft",
        _fields(
            _topic("topic", "what it is about"),
            _level("severity", "how grave it is", *SEVERITIES, observed=True),
            _level("certainty", "how sure it is", *CERTAINTIES, observed=True),
            _word("state", "where it is in its life", *STATES),
            _flag("confirmed", "two independent sources or an official one, and its silence is not over"),
            _flag("official", "an official source reports it, be it in doubt"),
            _flag("alert", "an official alert is in force"),
            _flag("unsure", "a watch, one unofficial source, an impossible time, or a false alarm cooling off"),
            _flag("grave", "its topic is tragedy, disaster, war, terror, a health outbreak, or unrest with dead"),
            _flag("debated", "its topic divides people: politics, war, unrest, justice, movement, gender"),
            _flag("sensitive", "its topic is not a contrast topic"),
            _flag("global", "ten or more dead in a market country, or extreme there"),
            _count("sources", "independent sources"),
            _count("dead", "people reported dead", observed=True),
            _instant("started", "first news of it"),
            _instant("updated", "last corroborated news of it"),
            _instant("ends", "when its alert or blackout ends", observed=True),
            _duration("age", "since it started"),
            _word("about", "what of ours it concerns", *ABOUT),
            _flag("touches_words", "a word of its topic, a phrase of it, or the thing it happened to stands in the draft, in any sense"),
            _flag("touches_entity", "a name of it stands in the draft"),
            _flag("area_known", "where it is, is known"),
        ),
        comes_from=ComesFrom.NEWS,
        but=_but(text="touches_words touches_entity"),
    ),
    FactKind(
        "day",
        "a calendar entry that overlaps the draft's life, where it is shown",
        _fields(
            _word("name", "its name"),
            _word("tone", "how it is kept", *TONES),
            _instant("begins", "when it begins"),
            _flag("touched", "the draft names it or its words"),
            _flag("custom", "sales on it are customary"),
        ),
        comes_from=ComesFrom.CALENDAR,
        but=_but(text="touched"),
    ),
    FactKind(
        "trigger",
        "what set the post off",
        _fields(
            _word("category", "declared by the caller, else inferred"),
            _flag("declared", "the caller declared it"),
            _word("inferred", "what the gate would say"),
            _flag("contradicted", "the caller declared another category than the gate would say"),
            _topic("topic", "the topic it is about"),
            _instant("detected", "when it was noticed; when submitted if not given"),
            _duration("age", "how long ago"),
            _ratio("mention_ratio", "mentions an hour over the baseline"),
        ),
        single=True,
        but=_but(text="inferred topic"),
    ),
    FactKind(
        "team",
        "the people behind the account",
        _fields(_count("size", "people"), _duration("tenure", "shortest tenure"), _flag("on_call", "somebody is on call")),
        single=True,
        comes_from=ComesFrom.PROJECT,
    ),
    FactKind(
        "lead",
        "how the lead channel did",
        _fields(
            _word("platform", "which"),
            _instant("published", "when"),
            _duration("age", "how long ago"),
            _ratio("ratio", "engagement over the baseline"),
        ),
        single=True,
    ),
    FactKind(
        "portfolio",
        "the mix of posts, where the record has enough of them",
        _fields(
            _count("posts", "how many the mix is of"),
            _ratio("planned_share", "share that was planned"),
            _duration("planned_notice", "from handing in to publishing, of the planned ones: half were handed in later"),
        ),
        single=True,
        comes_from=ComesFrom.PROJECT,
    ),
    FactKind(
        "audience",
        "who will see it",
        _fields(
            _word("segments", "which", many=True),
            _duration("engaged_within", "how recently they engaged"),
            _flag("detractors_excluded", "detractors are left out"),
        ),
        single=True,
    ),
    FactKind(
        "scores",
        "the scores of the opportunity matrix, averaged",
        _fields(
            _count("scorers", "distinct people who scored, not the author"),
            _ratio("spread", "largest difference of any pair on an axis"),
            _ratio("relevance", "mean"),
            _ratio("interest", "mean"),
        ),
        single=True,
        comes_from=ComesFrom.PEOPLE,
    ),
    FactKind(
        "score",
        "one person's score on one axis",
        _fields(_word("person", "who"), _word("axis", "relevance or interest"), _ratio("value", "0 to 10")),
        comes_from=ComesFrom.PEOPLE,
    ),
    FactKind(
        "approval",
        "a sign-off, not the author's",
        _fields(_word("person", "who"), _word("role", "their role"), _instant("at", "when"), _word("checks", "what they checked", many=True)),
        comes_from=ComesFrom.PEOPLE,
    ),
    FactKind(
        "answer",
        "an answer to a question of the checklist",
        _fields(
            _word("question", "which"),
            _word("value", "the answer", *ANSWERS),
            _word("person", "who"),
            _flag("open", "no or unsure, or contradicted by what the gate sees"),
            _flag("refuted", "the gate sees the contrary"),
        ),
        comes_from=ComesFrom.PEOPLE,
    ),
    FactKind(
        "trend",
        "a measured trend",
        _fields(_word("term", "of what"), _ratio("ratio", "over the baseline", observed=True), _ratio("velocity", "growth an hour", observed=True)),
        comes_from=ComesFrom.TOOLS,
    ),
    FactKind(
        "outcome",
        "a metric of a published post",
        _fields(
            _word("metric", "which"),
            _ratio("value", "measured", observed=True),
            _ratio("baseline", "usual", observed=True),
            _ratio("ratio", "value over baseline", observed=True),
        ),
        comes_from=ComesFrom.TOOLS,
    ),
    FactKind(
        "source",
        "a news feed",
        _fields(_word("name", "its name"), _duration("age", "since it was read", observed=True), _flag("healthy", "it was read and made sense")),
        comes_from=ComesFrom.NEWS,
    ),
    FactKind(
        "news",
        "the news as a whole",
        _fields(
            _flag("given", "there is news to judge against"),
            _flag("stale", "too few feeds were read within the policy's limit"),
        ),
        single=True,
        comes_from=ComesFrom.NEWS,
    ),
    # ---- links between facts, made by the facts room for the compiler --------------------------------------------------
    FactKind("draft_region", "a region of the draft, or an ancestor of one", _fields(_word("code", ""), _flag("own", "")), internal=True),
    FactKind(
        "situation_region",
        "a region of a situation, or an ancestor of one",
        _fields(_word("situation", ""), _word("code", ""), _flag("own", "")),
        internal=True,
    ),
    FactKind("situation_tag", "a tag the stories of a situation carry", _fields(_word("situation", ""), _word("tag", "")), internal=True),
    FactKind(
        "member",
        "a member of a set field: `of` is `account.core_issues`",
        _fields(_word("of", ""), _word("owner", ""), _topic("value", "")),
        internal=True,
    ),
    FactKind("count", "how many facts a count query found", _fields(_word("of", ""), _count("n", "")), internal=True),
)

SCHEMA: Mapping[str, FactKind] = MappingProxyType({kind.name: kind for kind in _FACTS})

SINGLES = tuple(kind.name for kind in _FACTS if kind.single)
"""The kinds of which a check has one, in order."""

ALWAYS_THERE = ("draft", "account", "trigger", "news")
"""Those of them that no check lacks, with all that is asked of them."""


def stored_types(kind: str) -> Mapping[str, type]:
    """What a fact of this kind may carry, as python types: the contract of encoder and facts room.

    Topics bring a `<field>_top` companion; texts and sets carry nothing; facts of plural kinds carry `key`, their ref.
    """
    found: dict[str, type] = {} if SCHEMA[kind].single else {"key": str}
    for row in SCHEMA[kind].fields.values():
        if row.many or row.type is Type.TEXT:
            continue
        found[row.name] = {Type.WORD: str, Type.TOPIC: str, Type.REGION: str, Type.FLAG: bool}.get(row.type, int)
        if row.type is Type.TOPIC:
            found[row.name + "_top"] = str
    return MappingProxyType(found)
