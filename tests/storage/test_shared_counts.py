"""Limits that many processes share through a real Redis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from typo_reports.domain.errors import TooManyError
from typo_reports.services.quotas import Quotas
from typo_reports.storage.engine import Database
from typo_reports.storage.shared_counts import SharedCounts, shared_counts

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.redis
def test_two_processes_count_together_within_one_window(redis_url: str) -> None:
    one, other = SharedCounts(redis_url), SharedCounts(redis_url)
    counted = [counts.count_each([(b"k", MINUTE)], now=NOW) for counts in (one, other, one)]
    assert [found[b"k"][0] for found in counted if found] == [1, 2, 3]
    assert all(found and NOW < found[b"k"][1] <= NOW + MINUTE for found in counted)


@pytest.mark.redis
def test_a_limit_counted_in_redis_leaves_the_database_alone(
    redis_url: str, database: Database
) -> None:
    quotas = Quotas("k" * 32, shared_counts(redis_url))
    with database.reading() as session:
        for _ in range(3):
            quotas.spend(session, key="a", limit=3, window_seconds=60, now=NOW)
        with pytest.raises(TooManyError) as caught:
            quotas.spend(session, key="a", limit=3, window_seconds=60, now=NOW)
        assert 1 <= caught.value.retry_after_seconds <= 60


def test_a_redis_that_is_away_is_replaced_by_the_database(database: Database) -> None:
    quotas = Quotas("k" * 32, shared_counts("redis://127.0.0.1:1"))
    with database.writing() as session:
        quotas.spend(session, key="a", limit=1, window_seconds=60, now=NOW)
        with pytest.raises(TooManyError):
            quotas.spend(session, key="a", limit=1, window_seconds=60, now=NOW)


def test_the_doctor_is_told_when_redis_is_away() -> None:
    with pytest.raises(OSError, match="does not answer"):
        SharedCounts("redis://127.0.0.1:1").check()
