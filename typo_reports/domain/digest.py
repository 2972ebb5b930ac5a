"""When an editor's digest is due: once for each local day, at the hour the editor chose."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Whoever slept over a digest gets it late, unless the next one comes within these hours anyway.
CATCH_UP_HOURS = 6
# A digest says how many cases are new; without an earlier digest, those of the last day are.
NEW_HOURS = 24
# So many cases are written out, the others are a number.
CASES_SHOWN = 50


def zone_of(name: str) -> tzinfo:
    """The time zone of an IANA name; UTC for a name that this machine doesn't know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def moment_of(day: date, hour: int, zone: tzinfo) -> datetime:
    """The UTC moment at which the clock of `zone` first reaches `hour` on `day`.

    In an overlap that is the first of the two; an hour that a gap swallows begins when it ends.
    """
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def day_due(*, now: datetime, zone: tzinfo, hour: int, digested_on: date | None) -> date | None:
    """The local day whose digest should be composed now, or None.

    `digested_on` is the day of the last one. Days never go back, so neither an overlap, nor a
    clock set back, nor a move to another zone gives a second digest of the same day.
    """
    today = now.astimezone(zone).date()
    if moment_of(today, hour, zone) <= now:
        day = today
    elif digested_on is None or _comes_soon(moment_of(today, hour, zone), now):
        return None
    else:
        day = today - timedelta(days=1)
        # A whole day that a country left out has no such moment.
        if moment_of(day, hour, zone) > now:
            return None
    return day if digested_on is None or digested_on < day else None


def _comes_soon(moment: datetime, now: datetime) -> bool:
    return moment - now <= timedelta(hours=CATCH_UP_HOURS)


def new_since(*, now: datetime, zone: tzinfo, hour: int, digested_on: date | None) -> datetime:
    """The moment of the last digest: cases that came later are new to the editor."""
    a_day_ago = now - timedelta(hours=NEW_HOURS)
    if digested_on is None:
        return a_day_ago
    return min(moment_of(digested_on, hour, zone), a_day_ago)
