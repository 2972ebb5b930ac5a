"""Counts that many processes share through Redis, so that the database need not be written."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from redis import Redis, RedisError

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 0.5
PREFIX = b"typo-reports:quota:"


class SharedCounts:
    """Counting in windows by a Redis. When it doesn't answer, None tells to count elsewhere."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )

    def count_each(
        self, counted: Sequence[tuple[bytes, timedelta]], *, now: datetime
    ) -> dict[bytes, tuple[int, datetime]] | None:
        """Count one occurrence under each key: how many in its present window, and when it ends."""
        try:
            with self._redis.pipeline(transaction=True) as pipeline:
                for key, window in counted:
                    name = PREFIX + key
                    # Set only if absent: the window begins with its first occurrence.
                    pipeline.set(name, 0, px=int(window.total_seconds() * 1000), nx=True)
                    pipeline.incr(name)
                    pipeline.pttl(name)
                answers = pipeline.execute()
        except RedisError as error:
            log.warning("Redis does not answer, counting in the database: %s", error)
            return None
        return {
            key: (int(count), now + timedelta(milliseconds=max(0, int(left))))
            for (key, _), count, left in zip(counted, answers[1::3], answers[2::3], strict=True)
        }

    def check(self) -> str:
        """How the Redis is, in words. Raises OSError when it can't be reached."""
        try:
            self._redis.ping()
        except RedisError as error:
            raise OSError(f"It does not answer: {error}") from error
        return "it answers; limits are counted there"


def shared_counts(url: str | None) -> SharedCounts | None:
    """The counts of this Redis; None where none is configured."""
    return SharedCounts(url) if url else None
