"""Feeds asked politely, and what they bring kept."""

from rtm_gate.news.polling.desk import Desk
from rtm_gate.news.polling.ingest import ingest
from rtm_gate.news.polling.pull import pull, watch
from rtm_gate.news.polling.tags import TagReading, look_at_tag, read_tag

__all__ = ["Desk", "TagReading", "ingest", "look_at_tag", "pull", "read_tag", "watch"]
