"""Counts that many processes share through Redis, so that the database need not be written."""

from __future__ import annotations

import logging
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

    def count_one(
        self, *, key: bytes, window: timedelta, now: datetime
    ) -> tuple[int, datetime] | None:
        """Count one occurrence: how many in the present window, and when it ends."""
        name = PREFIX + key
        milliseconds = int(window.total_seconds() * 1000)
        try:
            with self._redis.pipeline(transaction=True) as pipeline:
                # Set only if absent: the window begins with its first occurrence.
                pipeline.set(name, 0, px=milliseconds, nx=True)
                pipeline.incr(name)
                pipeline.pttl(name)
                _, count, left = pipeline.execute()
        except RedisError as error:
            log.warning("Redis does not answer, counting in the database: %s", error)
            return None
        return int(count), now + timedelta(milliseconds=max(0, int(left)))

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
