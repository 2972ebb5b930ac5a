"""Who is on a case: a lease of a quarter of an hour, renewed while the case is in sight."""

from __future__ import annotations

from datetime import datetime, timedelta

# Long enough to look something up, short enough that a forgotten tab blocks nobody for long.
LENGTH = timedelta(minutes=15)


def ends(now: datetime) -> datetime:
    """When a lease that is taken or renewed now is over."""
    return now + LENGTH
