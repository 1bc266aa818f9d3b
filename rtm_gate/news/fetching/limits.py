"""How much of a feed is taken, and how that is said."""

from __future__ import annotations

LIMIT = 10 * 1024 * 1024
"""Bytes."""


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.0f} MB" if size >= 1024 * 1024 else f"{size} bytes"


def too_large(size: int, limit: int) -> str:
    return f"too large: {_megabytes(size)}, at most {_megabytes(limit)} are read"
