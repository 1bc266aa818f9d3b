"""Stories of one event become a situation with a life."""

from rtm_gate.news.situations.build import situations_of

__all__ = ["situations_of"]
