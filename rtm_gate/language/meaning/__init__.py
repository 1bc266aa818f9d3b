"""Nodes to meaning: names resolved, every field, value and unit held against the fact schema."""
