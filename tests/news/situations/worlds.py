"""Any news of any event: stories and alerts of some days, edited, re-dated, dated ahead, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from rtm_gate.model.news import Alert, Story
from rtm_gate.news.reading.story import make_story
from tests.news.situations.events import MONDAY

HEADLINES = (
    "Gunman kills five at shopping centre in Ohio",
    "Ohio mall shooting: five dead, suspect arrested",
    "Shooting reported at mall in Ohio, shoppers flee",
    "Ohio mall shooting report was a false alarm, police say",
    "Unconfirmed: several shot at Ohio mall",
    "Floods in Ohio kill 12",
    "Ohio floods: homes damaged, towns cut off",
    "Library extends opening hours in Ohio",
)
EVENTS = ("Flood Warning", "Tornado Warning", "Flood Watch", "Earthquake")
HOURS = st.integers(-10, 1300).map(lambda quarter: quarter / 4)


def _at(quarter: int | None) -> datetime | None:
    return None if quarter is None else MONDAY + timedelta(minutes=15 * quarter)


@st.composite
def _alert(draw: st.DrawFn, number: int) -> Alert:
    event = draw(st.sampled_from(EVENTS))
    ends = draw(st.none() | st.integers(0, 600))
    return Alert(
        dialect=draw(st.sampled_from(("cap", "usgs"))),
        id=f"alert-number-{number}",
        event=event,
        message=draw(st.sampled_from(("Alert", "Alert", "Update", "Cancel", "Error"))),
        severity=draw(st.sampled_from(("moderate", "major", "extreme", None))),
        certainty=draw(st.sampled_from(("observed", "likely", "possible"))),
        urgency=draw(st.sampled_from(("Immediate", "Immediate", "Future", "Past"))),
        onset=_at(draw(st.none() | st.integers(-400, 400))),
        ends=_at(ends),
        codes=("US-OH",),
        references=tuple(draw(st.lists(st.sampled_from(("alert-number-0", "alert-number-1", "alert-number-2")), max_size=1))),
    )


@st.composite
def _story(draw: st.DrawFn) -> Story:
    number = draw(st.integers(0, 4))
    source = draw(st.sampled_from(("wire-a", "wire-b", "wire-c", "NWS")))
    alert = draw(_alert(number)) if source == "NWS" else None
    published = MONDAY + timedelta(minutes=15 * draw(st.integers(0, 300)))
    return make_story(
        source=source,
        entry=f"entry {number}",
        title=draw(st.sampled_from(HEADLINES)) if alert is None or draw(st.integers(0, 5)) == 0 else f"{alert.event} for Franklin",
        summary="",
        url="",
        published=published,
        updated=published + timedelta(minutes=15 * draw(st.sampled_from((0, 0, 3, 40, 90)))),
        fetched=published,
        alert=alert,
        official=draw(st.integers(0, 6)) == 0,
    )


NEWS = st.lists(_story(), max_size=8)
"""Up to eight versions of up to twenty stories."""
