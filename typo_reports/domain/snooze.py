"""Until when a case may sleep: choices that an editor makes without a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_

CHOICES: Mapping[str, str] = {
    "later": N_("In 3 hours"),
    "tomorrow": N_("Tomorrow morning"),
    "monday": N_("Monday morning"),
    "week": N_("In a week"),
    "month": N_("In a month"),
}
_MORNING = time(8)


def wake_time(choice: str, *, now: datetime, zone: tzinfo) -> datetime:
    """When the case comes back, in UTC; mornings are at eight in the editor's zone.

    Raises InvalidFieldsError for any other choice.
    """
    today = now.astimezone(zone).date()
    days = {"tomorrow": 1, "monday": 7 - today.weekday()}
    if choice in days:
        morning = datetime.combine(today + timedelta(days=days[choice]), _MORNING, zone)
        return morning.astimezone(UTC)
    lengths = {
        "later": timedelta(hours=3),
        "week": timedelta(days=7),
        "month": timedelta(days=30),
    }
    if choice not in lengths:
        raise InvalidFieldsError.of(
            "until",
            "unknown",
            N_("A case can sleep until: %(choices)s.", choices=", ".join(CHOICES)),
        )
    return (now + lengths[choice]).astimezone(UTC)
