"""The numbers of a desk: counted right, at the edges of days, and said in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from typo_reports.domain.numbers import Day, Fact, Share, duration_words, numbers, percentile

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def fact(hours_ago: float = 1, fixed_after: float | None = None, **changes: Any) -> Fact:
    created = NOW - timedelta(hours=hours_ago)
    known: dict[str, Any] = {
        "created_at": created,
        "resolved_at": None,
        "resolution": None,
        "readers": 1,
        "exact": "word",
        "section": None,
        "author": None,
    }
    if fixed_after is not None:
        known |= {"resolution": "fixed", "resolved_at": created + timedelta(hours=fixed_after)}
    return Fact(**(known | changes))


def test_nothing_at_all_has_numbers_too() -> None:
    found = numbers([], now=NOW, range_days=7, zone=UTC)
    assert (found.cases, found.accepted_share, found.median_to_fix) == (0, None, None)
    assert len(found.days) == 7
    assert found.days[-1].on == date(2026, 11, 23)


def test_accepted_is_the_share_of_fixed_among_what_was_truly_decided() -> None:
    facts = [
        fact(fixed_after=1),
        fact(resolution="not-an-error", resolved_at=NOW),
        fact(resolution="spam", resolved_at=NOW),
        fact(resolution="duplicate", resolved_at=NOW),
        fact(),
    ]
    assert numbers(facts, now=NOW, range_days=7, zone=UTC).accepted_share == 0.5


def test_the_time_to_fix_counts_fixed_cases_only() -> None:
    facts = [fact(hours_ago=50, fixed_after=hours) for hours in range(1, 11)]
    facts.append(fact(hours_ago=500, resolution="wont-fix", resolved_at=NOW))
    found = numbers(facts, now=NOW, range_days=30, zone=UTC)
    assert found.median_to_fix == timedelta(hours=5)
    assert found.slow_to_fix == timedelta(hours=9)


def test_days_are_those_of_the_editor() -> None:
    late = fact(created_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    berlin = numbers([late], now=NOW, range_days=7, zone=ZoneInfo("Europe/Berlin"))
    assert berlin.days[-1] == Day(date(2026, 11, 23), 1, 0)
    assert numbers([late], now=NOW, range_days=7, zone=UTC).days[-2].opened == 1


def test_sections_and_words_are_ranked_and_what_has_no_name_is_left_out() -> None:
    facts = [
        fact(section="City", exact="Teh", fixed_after=1),
        fact(section="City", exact="teh "),
        fact(section="Arts", exact="x" * 41),
        fact(section=None, exact="once", resolution="not-an-error"),
    ]
    found = numbers(facts, now=NOW, range_days=7, zone=UTC)
    assert found.sections == [Share("City", 2, 1, 0), Share("Arts", 1, 0, 0)]
    assert found.words == [Share("teh", 2, 1, 0)]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (None, "–"),
        (timedelta(seconds=20), "under a minute"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(days=2, hours=5, minutes=50), "2 d 5 h"),
        (timedelta(days=3, minutes=5), "3 d"),
    ],
)
def test_lengths_of_time_are_said_in_two_units(length: timedelta | None, words: str) -> None:
    assert duration_words(length) == words


def test_a_percentile_is_one_of_the_values() -> None:
    values = [timedelta(hours=hour) for hour in (1, 2, 3)]
    assert percentile(values, 50) == timedelta(hours=2)
    assert percentile(values, 90) == timedelta(hours=3)
    assert percentile(values[:1], 50) == timedelta(hours=1)


def test_readers_were_right_where_what_they_reported_was_fixed() -> None:
    facts = [
        fact(resolution="fixed", readers=3),
        fact(resolution="not-an-error", readers=1),
        fact(resolution="duplicate", readers=9),
        fact(resolution=None, readers=9),
    ]
    found = numbers(facts, now=NOW, range_days=7, zone=UTC)
    assert found.accurate_share == 0.75
    assert sum(found.weekdays) == sum(found.hours) == 4
    assert found.weekdays[facts[0].created_at.weekday()] == 4


def test_pages_are_named_when_they_have_more_than_one_case() -> None:
    facts = [fact(page="A"), fact(page="A"), fact(page="B")]
    found = numbers(facts, now=NOW, range_days=7, zone=UTC)
    assert [(share.name, share.cases) for share in found.pages] == [("A", 2)]
