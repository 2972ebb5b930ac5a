"""Limits that hold across processes and restarts, because they are counted in the database."""

from __future__ import annotations

import hashlib
import hmac
import math
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.errors import TooManyError
from typo_reports.storage import quotas
from typo_reports.storage.shared_counts import SharedCounts


class Quotas:
    """Counts in fixed windows. Keys are hashed with the installation's secret key.

    With `shared`, a Redis counts for all processes; the database stands in when it is away.
    """

    def __init__(self, secret_key: str, shared: SharedCounts | None = None) -> None:
        self._shared = shared
        self._secret_key = hashlib.sha256(b"quotas/" + secret_key.encode()).digest()

    def spend(
        self, session: Session, *, key: str, limit: int, window_seconds: int, now: datetime
    ) -> None:
        """Count one; at most `limit` in `window_seconds` from the first one.

        Raises TooManyError when the limit was met already. What was counted stands as soon as the
        session commits: whoever counts failures must commit before failing.
        """
        window = timedelta(seconds=window_seconds)
        count, ends_at = self._count(session, self._hashed(key), window, now)
        if count > limit:
            seconds = max(1, math.ceil((ends_at - now).total_seconds()))
            message = f"That was too often. Please try again in {in_words(seconds)}."
            raise TooManyError(message, retry_after_seconds=seconds)

    def _count(
        self, session: Session, key: bytes, window: timedelta, now: datetime
    ) -> tuple[int, datetime]:
        counted = self._shared.count_one(key=key, window=window, now=now) if self._shared else None
        return counted or quotas.count_one(session, key=key, window=window, now=now)

    def give_back(self, session: Session, *, key: str, now: datetime) -> None:
        """Take back one count of the present window."""
        quotas.count_one_less(session, key=self._hashed(key), now=now)

    def _hashed(self, key: str) -> bytes:
        return hmac.new(self._secret_key, key.encode(), hashlib.sha256).digest()


def in_words(seconds: int) -> str:
    """`1 second`, `40 seconds`, `12 minutes`, `3 hours`; rounded up, never too early."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds > size:
            return f"{math.ceil(seconds / size)} {unit}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
