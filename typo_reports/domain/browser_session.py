"""How long a browser stays signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = timedelta(days=30)
LONGEST_UNUSED = timedelta(days=14)


def has_ended(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether the session is over by itself: too old, or unused for too long."""
    return now - created_at >= LONGEST or now - seen_at >= LONGEST_UNUSED
