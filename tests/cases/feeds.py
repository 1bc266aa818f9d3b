"""The news lines of a case as the feeds an outlet or an office would have served at that hour.

Ordinary outlets are RSS 2.0; weather and civil-protection offices Atom with CAP elements; GDACS and USGS their own dialects.
A line without `alert` is a story of an outlet; `alert` names the office otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

from .moments import moment, stamp

Line = Mapping[str, Any]

NEUTRAL = ("Museum of tram history reopens after repairs", "Bakery chain names new finance chief", "Allotment society doubles its waiting list")
OFFICES = {
    "nws": ("National Weather Service alerts", "w-nws.webmaster@noaa.gov", "Met"),
    "meteoalarm": ("MeteoAlarm - Alerting Europe for extreme weather", "info@meteoalarm.org", "Met"),
    "civil": ("State Emergency Management alerts", "duty@emergency.example", "Safety"),
}
BROKEN = {
    "html": "<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Your session has ended. Please sign in again.</p></body></html>",
    "empty": "",
    "truncated": '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Evening Cou',
}
GDACS_CODES = {"earthquake": "EQ", "flood": "FL", "cyclone": "TC", "drought": "DR", "volcano": "VO", "wildfire": "WF"}


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def feeds_of(case: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """File stem -> text of each feed of the case, the neutral outlet among them unless `neutral = false`."""
    outlets: dict[str, list[Line]] = {}
    offices: dict[str, list[Line]] = {}
    for line in case.get("news", []):
        (offices if "alert" in line else outlets).setdefault(line.get("alert") or line["source"], []).append(line)
    found = {slug(name): outlet(name, lines, now) for name, lines in outlets.items()}
    for office, lines in offices.items():
        found[office] = _gdacs(lines, now) if office == "gdacs" else _usgs(lines, now) if office == "usgs" else _cap(office, lines, now)
    if case.get("neutral", True):
        lines = [{"title": title, "at": f"{3 + n}h ago"} for n, title in enumerate(NEUTRAL)]
        found["neutral"] = outlet("Quiet Corner", lines, now)
    found.update({f"broken-{n}-{kind}": BROKEN[kind] for n, kind in enumerate(case.get("broken", []))})
    return found


def outlet(name: str, lines: Sequence[Line], now: datetime) -> str:
    """An RSS 2.0 feed of one outlet; the channel's title is its name."""
    site = f"https://{slug(name)}.example"
    root, channel = _rss(name, site)
    for n, line in enumerate(lines):
        item = ET.SubElement(channel, "item")
        _add(item, "title", line["title"])
        _add(item, "description", line.get("summary", ""))
        _add(item, "link", f"{site}/{slug(line['title'])[:40]}")
        _add(item, "guid", f"{slug(name)}-{n}", isPermaLink="false")
        _add(item, "pubDate", format_datetime(moment(line["at"], now)))
    return _text(root)


def _cap(office: str, lines: Sequence[Line], now: datetime) -> str:
    title, sender, category = OFFICES[office]
    root = _atom(title, f"https://{office}.example/alerts", now, {"xmlns:cap": "urn:oasis:names:tc:emergency:cap:1.2"})
    sent = {line["id"]: stamp(moment(line["at"], now)) for line in lines if "id" in line}
    for n, line in enumerate(lines):
        identifier, at = line.get("id", f"{office}-{n}"), stamp(moment(line["at"], now))
        entry = _entry(root, f"urn:oid:2.49.{identifier}", line.get("headline") or f"{line['event']} issued for {line['area']}", at)
        _add(entry, "summary", line.get("summary", ""))
        refers = line.get("references")
        told = {
            "event": line["event"],
            "sent": at,
            "effective": at,
            "onset": stamp(moment(line["onset"], now)) if "onset" in line else at,
            "expires": stamp(moment(line.get("expires", "in 6h"), now)),
            "ends": stamp(moment(line["ends"], now)) if "ends" in line else "",
            "status": line.get("status", "Actual"),
            "msgType": line.get("message", "Alert"),
            "category": category,
            "urgency": line.get("urgency", "Immediate"),
            "severity": line["severity"],
            "certainty": line.get("certainty", "Observed"),
            "areaDesc": line["area"],
            "references": f"{sender},urn:oid:2.49.{refers},{sent[refers]}" if refers else "",
        }
        for name, value in told.items():
            if value:
                _add(entry, f"cap:{name}", value)
        for kind, name, value in (("geocode", "UGC", line.get("zones")), ("parameter", "VTEC", line.get("vtec"))):
            if value:
                holder = ET.SubElement(entry, f"cap:{kind}")
                _add(holder, "valueName", name)
                _add(holder, "value", value)
    return _text(root)


def _gdacs(lines: Sequence[Line], now: datetime) -> str:
    root, channel = _rss("GDACS RSS information", "https://www.gdacs.org")
    root.set("xmlns:gdacs", "http://www.gdacs.org")
    for n, line in enumerate(lines):
        at, hazard = moment(line["at"], now), line["hazard"]
        item = ET.SubElement(channel, "item")
        _add(item, "title", line.get("title") or f"{line['level']} {hazard} alert in {line['country']}")
        _add(item, "description", line.get("summary", ""))
        _add(item, "link", f"https://www.gdacs.org/report.aspx?eventid={1000 + n}")
        _add(item, "guid", f"{GDACS_CODES[hazard]}{1000 + n}", isPermaLink="false")
        _add(item, "pubDate", format_datetime(at))
        told = {
            "alertlevel": line["level"],
            "eventtype": GDACS_CODES[hazard],
            "eventid": str(1000 + n),
            "iscurrent": "true",
            "fromdate": format_datetime(at),
            "todate": format_datetime(now),
            "country": line["country"],
            "iso3": line["iso3"],
        }
        for name, value in told.items():
            _add(item, f"gdacs:{name}", value)
    return _text(root)


def _usgs(lines: Sequence[Line], now: datetime) -> str:
    root = _atom("USGS All Earthquakes, Past Day", "https://earthquake.usgs.gov/feed", now, {"xmlns:georss": "http://www.georss.org/georss"})
    for n, line in enumerate(lines):
        at = moment(line["at"], now)
        event = moment(line.get("event_at", line["at"]), now)
        pager = line.get("pager", "")
        level = f'<p class="quicksummary"><a title="PAGER estimated impact alert level" class="pager-{pager}">PAGER - {pager.upper()}</a></p>'
        facts = f"<dl><dt>Time</dt><dd>{event:%Y-%m-%d %H:%M:%S} UTC</dd><dt>Depth</dt><dd>9.80 km</dd></dl>"
        entry = _entry(root, f"urn:earthquake-usgs-gov:ci:{4000 + n}", f"M {line['magnitude']} - {line['place']}", stamp(at))
        _add(entry, "summary", (level if pager else "") + facts, type="html")
        _add(entry, "georss:point", line["point"])
        ET.SubElement(entry, "category", label="Magnitude", term=f"Magnitude {int(line['magnitude'])}")
    return _text(root)


def _rss(name: str, site: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    for tag, value in (("title", name), ("link", site + "/"), ("description", f"Latest from {name}")):
        _add(channel, tag, value)
    return root, channel


def _atom(title: str, address: str, now: datetime, spaces: dict[str, str]) -> ET.Element:
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", **spaces})
    for tag, value in (("id", address), ("title", title), ("updated", stamp(now))):
        _add(root, tag, value)
    return root


def _entry(root: ET.Element, identifier: str, title: str, at: str) -> ET.Element:
    entry = ET.SubElement(root, "entry")
    for tag, value in (("id", identifier), ("title", title), ("updated", at), ("published", at)):
        _add(entry, tag, value)
    ET.SubElement(entry, "link", rel="alternate", href=f"https://alerts.example/{slug(identifier)}")
    return entry


def _add(parent: ET.Element, tag: str, value: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = value


def _text(root: ET.Element) -> str:
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
