"""Times as editors read them: how long ago, with the exact time in their own zone beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

_UNITS = (
    (timedelta(days=365), "y"),
    (timedelta(days=30), "mo"),
    (timedelta(days=1), "d"),
    (timedelta(hours=1), "h"),
    (timedelta(minutes=1), "min"),
)


def age(moment: datetime, now: datetime) -> str:
    """The time since then in its largest unit: "just now", "5 min ago", "3 h ago", "2 d ago"."""
    passed = now - moment
    for length, unit in _UNITS:
        if passed >= length:
            return f"{passed // length} {unit} ago"
    return "just now"


def exact(moment: datetime, zone: tzinfo) -> str:
    """The moment in the zone: "23 Nov 2026, 14:05 CET"."""
    there = moment.astimezone(zone)
    return f"{there.day} {there:%b %Y, %H:%M} {there.tzname() or ''}".rstrip()


def zone_of(name: str | None) -> tzinfo:
    """The zone of this name; UTC when the machine doesn't know it."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def ago(moment: datetime, *, now: datetime, zone: tzinfo) -> Markup:
    """A <time> element that says how long ago, and on pointing at it exactly when."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"), exact(moment, zone), age(moment, now)
    )


def ahead(moment: datetime, *, now: datetime, zone: tzinfo) -> Markup:
    """A <time> element that says in how long, and on pointing at it exactly when."""
    left = moment - now
    words = "in a moment"
    for length, unit in _UNITS:
        if left >= length:
            words = f"in {left // length} {unit}"
            break
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"), exact(moment, zone), words
    )


def utc_text(moment: datetime | None) -> str | None:
    """The moment as the API writes it, in ISO 8601 and UTC; None stays None."""
    return None if moment is None else moment.astimezone(UTC).isoformat()
