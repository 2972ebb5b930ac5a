"""The time zones that an editor can choose, by their IANA names, and which of them a text means."""

from __future__ import annotations

import unicodedata
import zoneinfo
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_

# Other names of zones, by the zone: their cities and countries in somebody's language.
OtherNames = Mapping[str, Collection[str]]
# One letter is in nearly every name.
_LEAST_LETTERS = 2
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
        message = N_(
            "No time zone of this name is known. Write a large city in it, a country, or a name "
            "such as Europe/Vienna."
        )
        raise InvalidFieldsError.of("time_zone", "unknown", message)
    return name


def named(text: str, other_names: OtherNames) -> list[str]:
    """The zones of exactly this name: "Europe/Vienna", else "Vienna", else "Wien" or "Austria".

    Letter case, accents and the sign between two words make no difference.
    """
    wanted, zones = _plain(text), known_time_zones()
    if not wanted:
        return []
    return (
        [zone for zone in zones if _folded(zone) == wanted]
        or [zone for zone in zones if _folded(zone.rpartition("/")[2]) == wanted]
        or [zone for zone in zones if wanted in map(_folded, other_names.get(zone, ()))]
    )


def alike(text: str, other_names: OtherNames) -> list[str]:
    """The zones with this text somewhere in their name or their other names."""
    wanted = _plain(text)
    if len(wanted) < _LEAST_LETTERS:
        return []
    return [
        zone
        for zone in known_time_zones()
        if any(wanted in _folded(name) for name in (zone, *other_names.get(zone, ())))
    ]


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    return _plain(name)


def _plain(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(letters.replace("_", " ").replace("-", " ").split())
