"""Limits that hold across processes and restarts, because they are counted in the database."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.errors import TooManyError
from typo_reports.domain.words import N_, NN_, Words
from typo_reports.storage import quotas
from typo_reports.storage.shared_counts import SharedCounts


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` under this key in a window of so many seconds."""

    key: str
    most: int
    window_seconds: int


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
        self.spend_each(session, [Limit(key, limit, window_seconds)], now=now)

    def spend_each(self, session: Session, limits: Sequence[Limit], *, now: datetime) -> None:
        """Count one under each limit at once. Raises TooManyError for the first that was met."""
        hashed = {self._hashed(limit.key): limit for limit in limits}
        counted = self._count(
            session,
            [(key, timedelta(seconds=limit.window_seconds)) for key, limit in hashed.items()],
            now,
        )
        for key, limit in hashed.items():
            count, ends_at = counted[key]
            if count > limit.most:
                seconds = max(1, math.ceil((ends_at - now).total_seconds()))
                message = N_(
                    "That was too often. Please try again in %(seconds)s.",
                    seconds=in_words(seconds),
                )
                raise TooManyError(message, retry_after_seconds=seconds)

    def _count(
        self, session: Session, keys: Sequence[tuple[bytes, timedelta]], now: datetime
    ) -> dict[bytes, tuple[int, datetime]]:
        counted = self._shared.count_each(keys, now=now) if self._shared else None
        return counted or quotas.count_each(session, keys, now=now)

    def give_back(self, session: Session, *, key: str, now: datetime) -> None:
        """Take back one count of the present window."""
        quotas.count_one_less(session, key=self._hashed(key), now=now)

    def _hashed(self, key: str) -> bytes:
        return hmac.new(self._secret_key, key.encode(), hashlib.sha256).digest()


_HOUR, _MINUTE = 3600, 60


def in_words(seconds: int) -> Words:
    """`1 second`, `40 seconds`, `12 minutes`, `3 hours`; rounded up, never too early."""
    if seconds > _HOUR:
        return NN_("%(num)s hour", "%(num)s hours", math.ceil(seconds / _HOUR))
    if seconds > _MINUTE:
        return NN_("%(num)s minute", "%(num)s minutes", math.ceil(seconds / _MINUTE))
    return NN_("%(num)s second", "%(num)s seconds", seconds)
