"""The time zones that an editor can choose, by their IANA names."""

from __future__ import annotations

import zoneinfo
from functools import cache

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_

# Kept in the database for old programs; none of them is a place.
_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/")


@cache
def known_time_zones() -> tuple[str, ...]:
    """UTC and every `Area/Place`, sorted."""
    places = {
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(_NOT_PLACES)
    }
    return ("UTC", *sorted(places))


def checked_time_zone(name: str) -> str:
    """The name as given; raises InvalidFieldsError (field `time_zone`, code `unknown`)."""
    if name not in known_time_zones():
        message = N_("Please choose a time zone from the list, such as Europe/Vienna.")
        raise InvalidFieldsError.of("time_zone", "unknown", message)
    return name
