"""Limits that hold across processes, restarts and clock changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.people import NOW, SECRET_KEY
from typo_reports.domain.errors import TooManyError
from typo_reports.services.quotas import Quotas, in_words
from typo_reports.storage import quotas as stored
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Quota


def spend(session: Session, key: str = "a", *, limit: int = 3, seconds: float = 0) -> None:
    Quotas(SECRET_KEY).spend(
        session, key=key, limit=limit, window_seconds=60, now=NOW + timedelta(seconds=seconds)
    )


def test_as_many_as_the_limit_may_pass_and_no_more(session: Session) -> None:
    for _ in range(3):
        spend(session)
    with pytest.raises(TooManyError) as refusal:
        spend(session, seconds=20.5)
    assert refusal.value.retry_after_seconds == 40
    assert "40 seconds" in refusal.value.message


def test_it_is_worth_trying_again_when_the_answer_said(session: Session) -> None:
    for _ in range(3):
        spend(session)
    with pytest.raises(TooManyError) as refusal:
        spend(session, seconds=30)
    spend(session, seconds=30 + refusal.value.retry_after_seconds)


def test_keys_are_counted_apart(session: Session) -> None:
    for _ in range(3):
        spend(session, "a")
    spend(session, "b")


def test_what_is_given_back_can_be_spent_again(session: Session) -> None:
    quotas = Quotas(SECRET_KEY)
    for _ in range(3):
        spend(session)
    quotas.give_back(session, key="a", now=NOW)
    spend(session)
    with pytest.raises(TooManyError):
        spend(session)


def test_giving_back_what_was_never_spent_gives_no_credit(session: Session) -> None:
    quotas = Quotas(SECRET_KEY)
    quotas.give_back(session, key="a", now=NOW)
    spend(session)
    for _ in range(5):
        quotas.give_back(session, key="a", now=NOW)
    for _ in range(3):
        spend(session)
    with pytest.raises(TooManyError):
        spend(session)


def test_a_clock_that_was_set_back_locks_nobody_out(session: Session) -> None:
    for _ in range(4):
        with_clock_ahead = NOW + timedelta(hours=5)
        stored.count_one(session, key=b"k" * 32, window=timedelta(minutes=1), now=with_clock_ahead)
    count, ends_at = stored.count_one(session, key=b"k" * 32, window=timedelta(minutes=1), now=NOW)
    assert (count, ends_at) == (1, NOW + timedelta(minutes=1))


def test_the_key_itself_is_not_stored(session: Session) -> None:
    spend(session, "network/192.0.2.7")
    spend(session, "network/192.0.2.8")
    keys = session.scalars(select(Quota.key)).all()
    assert len(keys) == 2
    assert all(len(key) == 32 and b"192" not in key for key in keys)


def test_another_installation_stores_the_same_key_differently(session: Session) -> None:
    spend(session, "a")
    Quotas("another " + SECRET_KEY).spend(session, key="a", limit=1, window_seconds=60, now=NOW)
    assert len(session.scalars(select(Quota.key)).all()) == 2


def test_counts_survive_a_restart_and_hold_across_processes(
    database: Database, database_url: str
) -> None:
    others = [Database(database_url) for _ in range(4)]

    def attempt(number: int) -> bool:
        try:
            with others[number % 4].writing() as session:
                spend(session, limit=10)
        except TooManyError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(attempt, range(40)))
    for other in others:
        other.close()
    assert passed.count(True) == 10


def test_ended_windows_are_forgotten_and_running_ones_kept(session: Session) -> None:
    spend(session, "old")
    spend(session, "new", seconds=30)
    assert stored.forget_ended(session, NOW + timedelta(seconds=60)) == 1
    assert len(session.scalars(select(Quota.key)).all()) == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (2, "2 seconds"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (900, "15 minutes"),
        (3601, "2 hours"),
    ],
)
def test_the_wait_is_said_in_words_and_never_too_short(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
