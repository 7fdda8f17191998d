"""Revisions of a plan: what changed between two, how edits of several people come together, what it did in dollars."""
