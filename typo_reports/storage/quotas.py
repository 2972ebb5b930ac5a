"""How often something happened in a window of time; one row per key, counted atomically."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.storage.columns import UtcDateTime
from typo_reports.storage.models import Quota


def count_one(
    session: Session, *, key: bytes, window: timedelta, now: datetime
) -> tuple[int, datetime]:
    """Count one occurrence; returns how many there are in the present window and when it ends.

    One statement, so that two processes never count the same number.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    ends_at = now + window
    # A window that ends later than any could is left over from before the clock was set back.
    is_over = or_(Quota.window_ends_at <= now, Quota.window_ends_at > ends_at)
    statement = (
        insert(Quota)
        .values(key=key, window_ends_at=ends_at, count=1)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((is_over, 1), else_=Quota.count + 1),
                "window_ends_at": case(
                    (is_over, literal(ends_at, UtcDateTime())), else_=Quota.window_ends_at
                ),
            },
        )
        .returning(Quota.count, Quota.window_ends_at)
    )
    count, window_ends_at = session.execute(statement).one()
    return count, window_ends_at


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
