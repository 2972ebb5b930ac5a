"""Urgency is a number that needs no clock, and reasons that editors understand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from typo_reports.domain import urgency

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def points(*, days_old: float = 0, **changes: Any) -> float:
    case: dict[str, Any] = {"readers": 1, "is_corrected": False, "regressions": 0, **changes}
    return urgency.urgency(created_at=NOW - timedelta(days=days_old), **case)


def test_twice_the_readers_weigh_two_days() -> None:
    assert points(readers=2, days_old=2) == points(readers=1)
    assert points(readers=8, days_old=5) > points(readers=1)


def test_a_correction_weighs_one_day_and_a_regression_four() -> None:
    assert points(is_corrected=True, days_old=1) == points()
    assert points(regressions=1, days_old=4) == points()
    assert points(regressions=9) == points(regressions=1)


def test_a_headline_weighs_three_days_and_a_fresh_article_one() -> None:
    assert points(position="headline", days_old=3) == points()
    assert points(position="lead", days_old=1.5) == points(position="body") == points(position=None)
    assert points(position="caption") > points(position="body")
    assert points(is_fresh=True, days_old=1) == points()


def test_what_only_the_desk_has_found_stands_two_days_behind() -> None:
    assert points(readers=0) == points(readers=1, days_old=2)


def reasons(age: timedelta, readers: int = 1, regressions: int = 0) -> list[str]:
    return urgency.reasons(created_at=NOW - age, readers=readers, regressions=regressions, now=NOW)


def test_the_part_of_the_page_and_the_fresh_article_are_named() -> None:
    said = urgency.reasons(
        created_at=NOW - timedelta(days=3),
        readers=7,
        regressions=0,
        position="headline",
        is_fresh=True,
        now=NOW,
    )
    assert said == ["headline", "7 readers", "fresh article"]
    said = urgency.reasons(created_at=NOW, readers=1, regressions=0, position="body", now=NOW)
    assert said == ["new"]


def test_the_reasons_are_said_in_words() -> None:
    assert reasons(timedelta(hours=2), readers=1200, regressions=1) == [
        "came back after a fix",
        "1,200 readers",
        "new",
    ]
    assert reasons(timedelta(days=20)) == ["open for 20 days"]
    assert reasons(timedelta(days=3)) == []
