"""The day's salt under which readers' addresses are hashed; old ones are forgotten."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.storage.models import Salt


def of_day(session: Session, day: date) -> bytes:
    """The salt of this day, made by whoever needs it first."""
    salt = session.scalars(select(Salt.salt).where(Salt.day == day)).one_or_none()
    if salt is not None:
        return salt
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Salt)
        .values(day=day, salt=secrets.token_bytes(32))
        .on_conflict_do_nothing(index_elements=["day"])
    )
    return session.scalars(select(Salt.salt).where(Salt.day == day)).one()


def forget_before(session: Session, day: date) -> None:
    """Delete the salts of the days before this one."""
    session.execute(delete(Salt).where(Salt.day < day))
