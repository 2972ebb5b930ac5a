"""Until when a case sleeps, in the editor's own mornings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.snooze import CHOICES, wake_time

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_LATE = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # Tuesday 00:30 in Berlin


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_lies_ahead(choice: str) -> None:
    assert wake_time(choice, now=MONDAY_LATE, zone=BERLIN) > MONDAY_LATE


def test_tomorrow_is_the_next_morning_at_eight_where_the_editor_is() -> None:
    woken = wake_time("tomorrow", now=MONDAY_LATE, zone=BERLIN).astimezone(BERLIN)
    assert (woken.day, woken.hour) == (25, 8)


def test_monday_is_never_today() -> None:
    monday = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    assert wake_time("monday", now=monday, zone=UTC) == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_eight_is_eight_after_the_clocks_change() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    woken = wake_time("tomorrow", now=before, zone=BERLIN)
    assert woken == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert woken - before == timedelta(hours=18)


def test_no_other_choice_is_taken() -> None:
    with pytest.raises(InvalidFieldsError):
        wake_time("never", now=MONDAY_LATE, zone=UTC)
