"""When a digest is due: once a day, at the hour of the editor, whatever clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from typo_reports.domain.digest import day_due, moment_of, new_since, zone_of

BERLIN = ZoneInfo("Europe/Berlin")
# The clock jumps from 2:00 to 3:00 on the first day, and shows 2:00 to 3:00 twice on the second.
GAP, OVERLAP = date(2026, 3, 29), date(2026, 10, 25)


def days_of(
    start: datetime,
    end: datetime,
    *,
    hour: int,
    zone: str,
    step: timedelta = timedelta(minutes=10),
    digested_on: date | None = None,
) -> list[tuple[datetime, date]]:
    """Ask at every step from start to end; each digest that is due is taken at once."""
    now, taken = start, []
    while now < end:
        day = day_due(now=now, zone=zone_of(zone), hour=hour, digested_on=digested_on)
        if day is not None:
            digested_on = day
            taken.append((now, day))
        now += step
    return taken


@pytest.mark.parametrize("day", [GAP, OVERLAP])
@pytest.mark.parametrize("hour", range(24))
def test_gap_and_overlap_make_exactly_one_digest(day: date, hour: int) -> None:
    start = moment_of(day, 0, BERLIN)
    end = moment_of(day + timedelta(days=1), 0, BERLIN)
    taken = days_of(
        start, end, hour=hour, zone="Europe/Berlin", digested_on=day - timedelta(days=1)
    )
    assert [taken_day for _, taken_day in taken] == [day]


def test_an_hour_that_the_gap_swallows_begins_when_the_gap_ends() -> None:
    assert moment_of(GAP, 2, BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert moment_of(GAP, 3, BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    assert moment_of(OVERLAP, 2, BERLIN) == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


def test_a_gap_at_midnight_makes_one_digest_too() -> None:
    # In Beirut the clock jumps from 0:00 to 1:00 on 29 March 2026.
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    taken = days_of(start, start + timedelta(days=2), hour=0, zone="Asia/Beirut")
    assert [day for _, day in taken] == [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30)]


def test_a_day_that_a_country_leaves_out_has_no_digest() -> None:
    # Samoa went from 29 to 31 December 2011.
    start = datetime(2011, 12, 29, 0, tzinfo=UTC)
    taken = days_of(
        start,
        start + timedelta(days=4),
        hour=8,
        zone="Pacific/Apia",
        digested_on=date(2011, 12, 28),
    )
    assert [day.day for _, day in taken][:2] == [29, 31]


def test_three_days_asleep_make_one_digest() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    taken = days_of(
        noon, noon + timedelta(hours=12), hour=8, zone="UTC", digested_on=date(2026, 11, 20)
    )
    assert taken == [(noon, date(2026, 11, 23))]


def test_a_missed_digest_is_made_up_for_when_the_next_is_far() -> None:
    night = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)
    taken = days_of(
        night, night + timedelta(days=1), hour=23, zone="UTC", digested_on=date(2026, 11, 21)
    )
    assert [day.day for _, day in taken] == [22, 23]
    assert taken[0][0] == night


def test_a_missed_digest_waits_when_the_next_is_near() -> None:
    morning = datetime(2026, 11, 23, 5, tzinfo=UTC)
    taken = days_of(
        morning, morning + timedelta(hours=12), hour=8, zone="UTC", digested_on=date(2026, 11, 20)
    )
    assert taken == [(datetime(2026, 11, 23, 8, tzinfo=UTC), date(2026, 11, 23))]


def test_a_new_editor_waits_for_the_hour() -> None:
    morning = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)
    assert day_due(now=morning, zone=UTC, hour=20, digested_on=None) is None
    assert day_due(now=morning, zone=UTC, hour=0, digested_on=None) == date(2026, 11, 23)


def test_a_clock_that_goes_back_makes_no_second_digest() -> None:
    today = date(2026, 11, 23)
    for back in (timedelta(hours=1), timedelta(days=1), timedelta(days=400)):
        now = datetime(2026, 11, 23, 12, tzinfo=UTC) - back
        assert day_due(now=now, zone=UTC, hour=8, digested_on=today) is None


def test_a_move_to_the_west_makes_no_second_digest_of_the_day() -> None:
    now = datetime(2026, 11, 23, 23, tzinfo=UTC)
    in_tokyo = day_due(now=now, zone=zone_of("Asia/Tokyo"), hour=8, digested_on=None)
    assert in_tokyo == date(2026, 11, 24)
    in_honolulu = zone_of("Pacific/Honolulu")
    assert day_due(now=now, zone=in_honolulu, hour=8, digested_on=in_tokyo) is None


def test_a_zone_that_nobody_knows_is_utc() -> None:
    for name in ("Mars/Olympus", "", "../etc/passwd", "x" * 300, "a\x00b"):
        assert zone_of(name) is UTC


def test_new_is_what_came_since_the_last_digest_and_at_least_a_day() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    a_day_ago = now - timedelta(days=1)
    assert new_since(now=now, zone=UTC, hour=8, digested_on=None) == a_day_ago
    assert new_since(now=now, zone=UTC, hour=8, digested_on=date(2026, 11, 22)) == datetime(
        2026, 11, 22, 8, tzinfo=UTC
    )
    assert new_since(now=now, zone=UTC, hour=8, digested_on=date(2026, 11, 20)) == datetime(
        2026, 11, 20, 8, tzinfo=UTC
    )


ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"]
MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2035, 1, 1),
    timezones=st.just(UTC),
)


@settings(max_examples=200)
@given(start=MOMENTS, zone=st.sampled_from(ZONES), hour=st.integers(0, 23))
def test_over_a_week_there_is_one_digest_for_each_day_in_order(
    start: datetime, zone: str, hour: int
) -> None:
    taken = days_of(
        start, start + timedelta(days=7), hour=hour, zone=zone, step=timedelta(minutes=30)
    )
    days = [day for _, day in taken]
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert len(days) in {7, 8}
    for now, day in taken:
        assert moment_of(day, hour, zone_of(zone)) <= now
