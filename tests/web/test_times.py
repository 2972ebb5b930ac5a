"""Ages in words, exact times in the editor's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from typo_reports.web import times

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=119), "1 h ago"),
        (timedelta(hours=47), "1 d ago"),
        (timedelta(days=29), "29 d ago"),
        (timedelta(days=65), "2 mo ago"),
        (timedelta(days=800), "2 y ago"),
    ],
)
def test_the_age_is_given_in_its_largest_unit(passed: timedelta, words: str) -> None:
    assert times.age(NOW - passed, NOW) == words


def test_the_exact_time_stands_in_the_zone_of_the_editor() -> None:
    html = times.ago(NOW, now=NOW, zone=times.zone_of("Europe/Berlin"))
    assert html == (
        '<time datetime="2026-11-23T12:00:00+00:00" title="23 Nov 2026, 13:00 CET">just now</time>'
    )


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=20), "in a moment"),
        (timedelta(minutes=5), "in 5 min"),
        (timedelta(0), "in a moment"),
        (timedelta(days=-1), "in a moment"),
    ],
)
def test_what_is_to_come_is_told_too(left: timedelta, words: str) -> None:
    assert f">{words}</time>" in times.ahead(NOW + left, now=NOW, zone=UTC)


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../etc/passwd", "\0", "x" * 300])
def test_an_unknown_zone_is_utc(name: str | None) -> None:
    assert times.zone_of(name) is UTC
