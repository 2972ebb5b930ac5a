"""Retry-After in both of its forms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from typo_reports.pages.waiting import LONGEST_SECONDS, seconds_to_wait

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", 2),
        ("1.5.2", None),
        ("١٢", None),
        ("0", 0),
        ("120", 120),
        ("999999999", LONGEST_SECONDS),
        ("9999999999999", LONGEST_SECONDS),
        ("0000000000120", 120),
        ("Mon, 23 Nov 2026 12:10:00 GMT", 600),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_SECONDS),
        ("Mon, 99 Nov 2026 12:10:00 GMT", None),
    ],
)
def test_the_time_to_wait(value: str | None, seconds: int | None) -> None:
    assert seconds_to_wait(value, now=NOW) == seconds
