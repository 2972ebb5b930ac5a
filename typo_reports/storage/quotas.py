"""How often something happened in a window of time; one row per key, counted atomically."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Integer, LargeBinary, TextualSelect, bindparam, delete, text, update
from sqlalchemy.orm import Session

from typo_reports.storage.columns import UtcDateTime
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
    given: dict[str, object] = {"now": now}
    for number, (key, window) in enumerate(counted):
        given |= {f"key_{number}": key, f"ends_at_{number}": now + window}
    rows = session.execute(_counting(len(counted)), given)
    return {bytes(key): (count, ends_at) for key, count, ends_at in rows}


@cache
def _counting(rows: int) -> TextualSelect:
    """The statement for so many keys; as text, since an insert of many rows is compiled anew."""
    values = ", ".join(f"(:key_{number}, :ends_at_{number}, 1)" for number in range(rows))
    # A window that ends later than any could is left over from before the clock was set back.
    is_over = "quotas.window_ends_at <= :now OR quotas.window_ends_at > excluded.window_ends_at"
    statement = text(
        f"""
        INSERT INTO quotas (key, window_ends_at, count) VALUES {values}
        ON CONFLICT (key) DO UPDATE SET
          count = CASE WHEN {is_over} THEN 1 ELSE quotas.count + 1 END,
          window_ends_at =
            CASE WHEN {is_over} THEN excluded.window_ends_at ELSE quotas.window_ends_at END
        RETURNING key, count, window_ends_at
        """  # noqa: S608 - holds names of parameters only
    )
    times = ["now", *(f"ends_at_{number}" for number in range(rows))]
    keys = [f"key_{number}" for number in range(rows)]
    return statement.bindparams(
        *(bindparam(name, type_=UtcDateTime()) for name in times),
        *(bindparam(name, type_=LargeBinary()) for name in keys),
    ).columns(key=LargeBinary(), count=Integer(), window_ends_at=UtcDateTime())


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
