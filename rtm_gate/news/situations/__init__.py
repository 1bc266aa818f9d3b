"""Stories of one event become a situation with a life, told anew as its history, and changed by people's hands."""

from rtm_gate.news.situations.ahead import ahead
from rtm_gate.news.situations.build import situations_at, situations_of
from rtm_gate.news.situations.changes import closed, extended, opened
from rtm_gate.news.situations.hand import by_hand, unknown
from rtm_gate.news.situations.history import history

__all__ = ["ahead", "by_hand", "closed", "extended", "history", "opened", "situations_at", "situations_of", "unknown"]
