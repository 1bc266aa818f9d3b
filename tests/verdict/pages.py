"""Verdicts to show, and a reader of pages that sees what a browser would see."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from rtm_gate.model.draft import Draft
from rtm_gate.model.verdict import (
    Approvals,
    CountedApproval,
    Cut,
    Finding,
    IgnoredApproval,
    Lifts,
    NewsSeen,
    NotEvaluated,
    PlaceInPolicy,
    PolicyName,
    RequiredTier,
    SourceAge,
    ToGo,
    Verdict,
)
from rtm_gate.verdict.render.html import to_html
from rtm_gate.verdict.render.source import Excerpt

NOW = "2026-03-10T12:00:00Z"
SENSES = ("literal", "figurative", "name")
APART = frozenset({"dt", "dd", "td", "th", "p", "li", "h3"})
VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})


@dataclass
class Page(HTMLParser):
    """`elements` are (tag, attributes) in order; `texts` the text of each blockquote, references aside; `words` all text on the page."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    words: str = ""
    style: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    @classmethod
    def of(cls, html: str) -> Page:
        page = cls()
        page.feed(html)
        page.close()
        assert page._open == [], "an element was never closed"
        page.words = " ".join(page.words.split())
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "blockquote":
            self.texts.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in APART:
            self.words += " "

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            self.style += data
            return
        self.words += data
        if "blockquote" in self._open and "sup" not in self._open:
            self.texts[-1] += data

    def tagged(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def words_at(text: str, *spans: tuple[int, int], field: str = "text") -> tuple[dict[str, Any], ...]:
    """Evidence for at most three spans, each read in another sense."""
    return tuple(
        {"kind": "text", "field": field, "start": a, "end": b, "text": text[a:b], "topic": "tragedy", "sense": sense}
        for (a, b), sense in zip(spans, SENSES, strict=False)
    )


def story(said: str, url: str) -> dict[str, str]:
    return {"name": said, "title": said, "url": url, "published": "2026-03-10T09:00:00Z"}


def full(said: str, text: str, spans: tuple[tuple[int, int], ...] = (), url: str = "https://wire.example/a") -> tuple[Verdict, Draft]:
    """A verdict with something in every part, all of it worded `said` (non-empty), about the draft `text`."""
    event = {
        "kind": "situation", "id": "s1", "title": said, "topic": "tragedy.crash", "severity": "major", "state": "active", "regions": ["US-OH", said],
        "relation": ["words", "region"], "updated": "2026-03-10T10:00:00Z", "reason": said, "sources": [story(said, url)] * 8,
    }  # fmt: skip
    rows = (event, *words_at(text, *spans), {"kind": "claim", "text": said}, {"kind": "answer", "question": said, "text": "no", "person": said})
    strict = Finding(
        rule="first", effect="no-go", title=said, because=said, fix=said, at=PlaceInPolicy(file="p.rtm", line=3, column=1), evidence=rows, assumed=("area",),
        lifts=Lifts(until="2026-03-11T11:00:00Z", tier="manager", missing=(said,)),
    )  # fmt: skip
    others = [
        Finding(rule=f"rule_{status}", effect="hold", status=status, title=said, because=said, evidence=(event, *words_at(text, *spans)))
        for status in ("superseded", "lifted", "shadow")
    ]
    verdict = Verdict(
        id="v-1",
        verdict="no-go",
        headline=said[:140],
        draft_id=said,
        content_hash="sha256:0",
        evaluated_at=NOW,
        valid_until=None,
        retry_after=None,
        policy=PolicyName(name=said, digest="sha256:0123456789abcdef"),
        news=NewsSeen(
            snapshot="s", sources=(SourceAge(name=said, age_seconds=600, healthy=True), SourceAge(name="b", age_seconds=None, healthy=False, problem=said))
        ),
        findings=(strict, *others),
        suppressed=({"field": "media[0].alt", "start": 0, "end": 1, "text": said, "would_be": "violence", "because": said},),
        inferred={"class": f"promotional: {said}"},
        warnings=(said,),
        not_evaluated=(NotEvaluated(check=said, because=said),),
        approvals=Approvals(
            required=(RequiredTier(tier="manager", missing=(said,)), RequiredTier(tier="legal")),
            counted=(CountedApproval(person=said, role=said, at=NOW),),
            ignored=(IgnoredApproval(person=said, because=said),),
        ),
        to_go=(
            ToGo(
                change=said,
                verdict="hold",
                then=said,
                text=(said,),
                removed=(Cut(field="text", start=0, end=1, text=text[:1]),),
                added=said,
                regions=("US-OH",),
            ),
        ),
        timings_ms={"total": 2.1},
    )
    draft = Draft.model_validate({"text": text, "platform": "x", "kind": "planned", "media": [{"alt": said}], "links": [said], "regions": ["US-OH"]})
    return verdict, draft


def page_of(verdict: Verdict, draft: Draft, **excerpts: Excerpt) -> Page:
    return Page.of(to_html(verdict, draft, excerpts))
