"""Meaning to core rules: the one small form that both evaluators judge."""
