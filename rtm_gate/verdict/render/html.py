"""A verdict as one page, for mail, archive and print: it needs no other file, no script and no network."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from rtm_gate.model.draft import Draft
from rtm_gate.model.moment import parse_instant, spell, stamp
from rtm_gate.model.verdict import Verdict
from rtm_gate.verdict.render.safe import safe, web_address
from rtm_gate.verdict.render.source import Excerpt
from rtm_gate.verdict.render.view import findings, harmless, pieces, ways
from rtm_gate.verdict.render.words import LOOK, NO_WAY, ago
from rtm_gate.vocabulary.regions import name_of

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def to_html(verdict: Verdict, draft: Draft, excerpts: Mapping[str, Excerpt]) -> str:
    """A whole document. `excerpts` are the policy's own lines, by the rule of a finding; a finding without one shows its place only.

    What a draft, a feed or a policy said stays text: of all of it only the http(s) addresses of stories become attributes, and the
    draft's language where it is a language tag.
    """
    now = parse_instant(verdict.evaluated_at)
    environment = _environment()
    sheet = environment.get_template("verdict.css").render()
    return environment.get_template("verdict.html").render(
        verdict=verdict,
        draft=draft,
        look=LOOK,
        findings=findings(verdict, excerpts),
        harmless=harmless(verdict),
        pieces=pieces(verdict, draft),
        ways=ways(verdict, draft),
        no_way=NO_WAY,
        language=draft.language if LANGUAGE.fullmatch(draft.language) else "",
        sheet=b64encode(hashlib.sha256(sheet.encode()).digest()).decode(),
        ago=lambda moment: ago(moment, now),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("rtm_gate.verdict.render", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_neutral,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"day": _day, "prose": _prose, "spell": spell, "stamp": stamp, "address": web_address, "host": _host, "region": _region}
    return made


def _neutral(value: object) -> object:
    """Every value a template prints passes here; what is marked as HTML already is made of such values."""
    return safe(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _day(moment: str) -> str:
    """`2026-11-18T13:00:00Z` -> `18 Nov 2026, 13:00 UTC`."""
    read = parse_instant(moment)
    return f"{read.day} {read:%b %Y, %H:%M} UTC"


def _prose(text: str) -> str:
    """Sentences of the gate with their times as people write them."""
    return STAMP.sub(lambda found: _day(found[0]), text)


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _region(code: str) -> str:
    name = name_of(code)
    return name if name == code or code in name else f"{name} ({code})"
