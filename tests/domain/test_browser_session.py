"""How long a browser stays signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from typo_reports.domain.browser_session import has_ended

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_old", "days_unused", "ended"),
    [(0, 0, False), (13, 13.9, False), (14, 14, True), (29.9, 0, False), (30, 0, True)],
)
def test_a_session_ends_after_thirty_days_or_fourteen_unused(
    days_old: float, days_unused: float, ended: bool
) -> None:
    created, seen = NOW - timedelta(days=days_old), NOW - timedelta(days=days_unused)
    assert has_ended(created, seen, NOW) is ended
