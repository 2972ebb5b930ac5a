"""A time zone as people write it: a city or a country in their language, or its own name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.core import Locale, get_global

from typo_reports.domain import time_zone
from typo_reports.domain.languages import ENGLISH
from typo_reports.domain.time_zone import OtherNames
from typo_reports.web.language import present

CHOICES_MOST = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """A zone to choose, and what time it is there."""

    zone: str
    time: str


def of_form(form: Mapping[str, str]) -> str:
    """The zone that the form means; where it means none or several, the text that was written.

    A choice counts as long as the text still is the one for which it was offered.
    """
    text, chosen = form.get("time_zone", ""), form.get("zone_choice")
    if chosen and text == form.get("zone_asked"):
        return chosen
    found = time_zone.named(text, _other_names())
    return found[0] if len(found) == 1 else text


def choices(text: str, now: datetime) -> list[Choice]:
    """The zones that the text may mean, at most CHOICES_MOST + 1."""
    names = _other_names()
    found = time_zone.named(text, names) or time_zone.alike(text, names)
    return [
        Choice(zone, f"{now.astimezone(ZoneInfo(zone)):%H:%M}")
        for zone in found[: CHOICES_MOST + 1]
    ]


def _other_names() -> OtherNames:
    return _names_in(str(present().locale))


@cache
def _names_in(code: str) -> OtherNames:
    """Cities and countries of zones in this language and in English."""
    found: dict[str, set[str]] = defaultdict(set)
    for locale in {Locale.parse(code), Locale.parse(ENGLISH)}:
        for zone, words in locale.time_zones.items():
            if "city" in words:
                found[zone].add(str(words["city"]))
        for country, zones in get_global("territory_zones").items():
            for zone in zones if country in locale.territories else ():
                found[zone].add(str(locale.territories[country]))
    return {zone: tuple(names) for zone, names in found.items()}
