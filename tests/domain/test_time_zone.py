"""The time zones that can be chosen."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.time_zone import alike, checked_time_zone, known_time_zones, named


def test_utc_comes_first_and_every_zone_can_be_used() -> None:
    assert known_time_zones()[0] == "UTC"
    assert {"Europe/Vienna", "Asia/Kolkata", "America/Argentina/Ushuaia"} <= set(known_time_zones())
    assert all(ZoneInfo(name).key == name for name in known_time_zones())


@pytest.mark.parametrize(
    "name", ["", "Vienna", "europe/vienna", "../../etc/passwd", "Etc/GMT+3", "localtime"]
)
def test_a_zone_that_is_not_in_the_list_is_refused(name: str) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        checked_time_zone(name)
    assert refusal.value.errors[0].field == "time_zone"


NAMES = {"Europe/Vienna": ("Wien", "Österreich"), "Europe/Berlin": ("Deutschland",)}
MORE = NAMES | {"Europe/Busingen": ("Büsingen", "Deutschland")}


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("Europe/Vienna", ["Europe/Vienna"]),
        ("europe/vienna", ["Europe/Vienna"]),
        ("vienna", ["Europe/Vienna"]),
        ("WIEN", ["Europe/Vienna"]),
        ("osterreich", ["Europe/Vienna"]),
        ("new-york", ["America/New_York"]),
        ("Louisville", ["America/Kentucky/Louisville", "America/Louisville"]),
        ("deutschland", ["Europe/Berlin", "Europe/Busingen"]),
        ("Vien", []),
        ("", []),
        (" ", []),
        ("\u0301", []),
    ],
)
def test_a_zone_has_its_own_name_its_citys_and_others(text: str, zones: list[str]) -> None:
    assert named(text, MORE) == zones


def test_a_zones_own_name_comes_before_what_others_are_called() -> None:
    assert named("Vienna", {"Asia/Tokyo": ("Vienna",)}) == ["Europe/Vienna"]


def test_a_part_of_a_name_finds_all_that_have_it() -> None:
    assert "Asia/Vientiane" in alike("vien", NAMES)
    assert alike("wie", NAMES) == ["Europe/Vienna"]
    assert alike("e", NAMES) == []
    assert alike("mars/base", NAMES) == []
