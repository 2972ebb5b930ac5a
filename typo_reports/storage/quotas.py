"""How often something happened in a window of time; one row per key, counted atomically."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.storage.models import Quota


def count_one(
    session: Session, *, key: bytes, window: timedelta, now: datetime
) -> tuple[int, datetime]:
    """Count one occurrence; returns how many there are in the present window and when it ends."""
    return count_each(session, [(key, window)], now=now)[key]


def count_each(
    session: Session, counted: Sequence[tuple[bytes, timedelta]], *, now: datetime
) -> dict[bytes, tuple[int, datetime]]:
    """Count one occurrence under each key in its window: how many, and when the window ends.

    One statement, so that two processes never count the same number, and one way to the database.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(Quota).values(
        [{"key": key, "window_ends_at": now + window, "count": 1} for key, window in counted]
    )
    ends_at = new.excluded.window_ends_at
    # A window that ends later than any could is left over from before the clock was set back.
    is_over = or_(Quota.window_ends_at <= now, Quota.window_ends_at > ends_at)
    rows = session.execute(
        new.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((is_over, 1), else_=Quota.count + 1),
                "window_ends_at": case((is_over, ends_at), else_=Quota.window_ends_at),
            },
        ).returning(Quota.key, Quota.count, Quota.window_ends_at)
    )
    return {key: (count, window_ends_at) for key, count, window_ends_at in rows}


def count_one_less(session: Session, *, key: bytes, now: datetime) -> None:
    """Take back one occurrence of the present window."""
    session.execute(
        update(Quota)
        .where(Quota.key == key, Quota.window_ends_at > now, Quota.count > 0)
        .values(count=Quota.count - 1)
    )


def forget_ended(session: Session, now: datetime) -> int:
    """Delete the rows whose window is over; returns how many there were."""
    gone = session.execute(delete(Quota).where(Quota.window_ends_at <= now).returning(Quota.key))
    return len(gone.all())
