"""Moments as an editor reads them: on the clock of their own time zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_datetime


def local_time(moment: datetime, time_zone: str) -> str:
    """`23 Nov 2026, 22:05` in the named zone; in UTC when the zone is not known here."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return format_datetime(moment.astimezone(zone), "d MMM y, HH:mm", locale="en")
