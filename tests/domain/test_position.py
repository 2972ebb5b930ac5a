"""Whether an article was new when its case came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from typo_reports.domain.position import is_fresh, told_time

CAME_IN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("older", "expected"),
    [
        (timedelta(hours=1), True),
        (timedelta(hours=48), True),
        (timedelta(hours=49), False),
        (timedelta(hours=-2), True),
        (timedelta(days=-30), False),
    ],
)
def test_an_article_of_two_days_is_fresh(older: timedelta, expected: bool) -> None:
    assert is_fresh(article_at=CAME_IN - older, created_at=CAME_IN) is expected


def test_an_article_that_tells_no_time_is_not_fresh() -> None:
    assert not is_fresh(article_at=None, created_at=CAME_IN)


@pytest.mark.parametrize(
    "text", ["2026-11-23T12:00:00Z", "2026-11-23T14:00+02:00", " 2026-11-23T12"]
)
def test_a_time_is_read_in_the_forms_that_pages_use(text: str) -> None:
    found = told_time(text)
    assert found == CAME_IN
    assert found is not None and found.tzinfo in {UTC, UTC}


@pytest.mark.parametrize("text", [None, "", "soon", "0001-01-01T00:00:00+23:00", "x" * 9000])
def test_what_is_no_time_is_none(text: str | None) -> None:
    assert told_time(text) is None
