"""A small project with a record: six drafts, judged three times in two hours of news; and its policy, changed in three ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from rtm_gate import Gate

NOW = datetime(2026, 3, 10, 18, tzinfo=UTC)
POLICY = """
policy "Acme" {
  language   1
  owner      "brand@acme.example"
  timezone   "UTC"
  audience   US
  roles      manager
  otherwise  go
  stale news after 6 hours hold
  answers    hold for 10 minutes
}

setting quiet 6 hours "How long we are silent"

tier manager { needs 1 manager }

topic killer "Words of violence in a sale" { terms "killer savings" certainty 90% }

blackout silence "Silence after a tragedy" {
  when    any situation where topic is tragedy and touches region
  lasts   until quiet after situation.updated, at most 48 hours after situation.started
  stops   promotional
  spares  service, safety
  because "People have died."
  fix     "Wait."
}

rule no_killer "No killer sales" {
  when    draft mentions killer
  then    no-go
  because "It sounds of violence."
  fix     "Say it otherwise."
}
"""
LAYOUT = "# the same, laid out otherwise\n" + POLICY.replace("\n  ", "\n      ").replace("when    draft", "when # a comment\n draft")
QUIETER = POLICY.replace("quiet 6 hours", "quiet 2 hours")
WITHOUT = POLICY[: POLICY.index("rule no_killer")]
HALTS = "halt { by manager  spares reply  resume by manager }\n"
DRAFTS = (
    {"id": "d-1", "text": "Our linen shirts are back in stock: buy now, 20% off.", "kind": "planned"},
    {"id": "d-2", "text": "Killer savings on every sofa.", "kind": "planned"},
    {"id": "d-3", "text": "Where is my order? It is on its way.", "kind": "reply"},
    {"id": "d-4", "text": ["Shop our spring sale today.", "Ends on Sunday."], "kind": "planned"},
    {"id": "d-5", "text": "Our shops open at nine tomorrow.", "kind": "planned", "message_class": "service"},
    {"id": "d-6", "text": "Get 30% off all chairs with code SPRING.", "kind": "planned"},
)
FEED = """<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><guid>{title}</guid><pubDate>Tue, 10 Mar 2026 {hour}:00:00 GMT</pubDate></item>"


def make(folder: Path, policy: str = POLICY, hours: int = 3) -> Path:
    """`hours`: how often the drafts are judged, an hour apart."""
    folder.mkdir()
    for name, title, hour in (("Wire One", "Gunman kills six at a mall in Denver, police say", 16), ("City Daily", "Six dead in Denver mall shooting", 17)):
        (folder / f"{name}.xml").write_text(FEED.format(name=name, items=ITEM.format(title=title, hour=hour)))
    (folder / "acme.rtm").write_text(policy)
    (folder / "rtm-gate.toml").write_text("policy = 'acme.rtm'\nfeeds = ['*.xml']\nrecord = true\n")
    with Gate.open(folder) as gate:
        for hour in range(hours):
            now = NOW + timedelta(hours=hour)
            news = gate.news(now=now)
            for draft in DRAFTS:
                gate.check({"platform": "x", "author": {"id": "sam"}} | draft, news, now)
    return folder
