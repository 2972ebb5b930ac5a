"""When a letter is tried again, given up, or held back."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from typo_reports.domain.delivery import (
    DIGEST,
    DIGEST_LIFE,
    FIXED,
    INVITATION,
    LETTER_LIFE,
    MOST_ATTEMPTS,
    cap_of,
    message_host,
    next_attempt_at,
)

WRITTEN_AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def attempts_of(kind: str) -> list[timedelta]:
    """The moments of all attempts after the first, if every one of them fails."""
    now, moments, attempts = WRITTEN_AT, [], 1
    while (
        again := next_attempt_at(kind=kind, created_at=WRITTEN_AT, attempts=attempts, now=now)
    ) is not None:
        moments.append(again - WRITTEN_AT)
        now, attempts = again, attempts + 1
    return moments


def test_the_pauses_double_up_to_four_hours() -> None:
    moments = [timedelta(0), *attempts_of(INVITATION)]
    pauses = [(later - earlier) for earlier, later in itertools.pairwise(moments)]
    assert [pause // timedelta(minutes=1) for pause in pauses[:9]] == [
        1,
        2,
        4,
        8,
        16,
        32,
        64,
        128,
        240,
    ]
    assert max(pauses) == timedelta(hours=4)


def test_a_digest_is_given_up_when_the_next_one_comes_and_others_after_days() -> None:
    assert timedelta(hours=20) < attempts_of(DIGEST)[-1] <= DIGEST_LIFE
    assert timedelta(days=2, hours=20) < attempts_of(INVITATION)[-1] <= LETTER_LIFE


def test_a_letter_that_takes_the_worker_down_each_time_is_given_up() -> None:
    again = next_attempt_at(
        kind=INVITATION, created_at=WRITTEN_AT, attempts=MOST_ATTEMPTS, now=WRITTEN_AT
    )
    assert again is None
    assert len(attempts_of(INVITATION)) < MOST_ATTEMPTS


def test_letters_to_readers_leave_room_for_digests() -> None:
    assert cap_of(FIXED, 200) == 160
    assert cap_of(DIGEST, 200) == 200
    assert cap_of(FIXED, 1) == 1


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://desk.example", "desk.example"),
        ("https://Desk.Example:8443", "desk.example"),
        ("http://127.0.0.1:8000", "[127.0.0.1]"),
        ("http://[::1]:8000", "[IPv6:::1]"),
        ("http://localhost:8000", "localhost"),
        ("https://büro.example", "localhost"),
        ("https://a_b.example", "localhost"),
    ],
)
def test_a_message_id_names_the_desk(base_url: str, host: str) -> None:
    assert message_host(base_url) == host
