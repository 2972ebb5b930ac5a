"""The time zones that can be chosen."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.time_zone import checked_time_zone, known_time_zones


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
