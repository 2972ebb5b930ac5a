"""A clock for applications under test."""

from __future__ import annotations

from datetime import datetime

from tests.services.people import NOW


class Clock:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now
