"""Feeds asked politely, and what they bring kept."""

from rtm_gate.news.polling.desk import Desk
from rtm_gate.news.polling.ingest import ingest
from rtm_gate.news.polling.poll import is_address
from rtm_gate.news.polling.pull import pull, watch

__all__ = ["Desk", "ingest", "is_address", "pull", "watch"]
