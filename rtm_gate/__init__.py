"""A policy-as-code gate for a brand's posts."""
