"""What one story says: topic, severity, people dead, regions, names."""

from rtm_gate.news.stories.classify import Reader, classify

__all__ = ["Reader", "classify"]
