"""A deadline of an office, and how long before it somebody must have looked (domain.md §3)."""

from datetime import datetime, timedelta

Deadline = tuple[str, datetime]
"""An office's code and the instant that was due."""

LOOKED_WITHIN = timedelta(hours=2)
"""Somebody must have looked in this time before a deadline, or what came around it is 未判定."""
