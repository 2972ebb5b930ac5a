"""The day's salt under which readers' addresses are hashed; old ones are forgotten."""

from __future__ import annotations

import secrets
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.storage.models import Salt

# Asked for with every report, so kept in memory while its day lasts.
_known: WeakKeyDictionary[Engine | Connection, tuple[date, bytes]] = WeakKeyDictionary()


def of_day(session: Session, day: date) -> bytes:
    """The salt of this day, made by whoever needs it first."""
    engine = session.get_bind()
    known_day, known = _known.get(engine, (None, b""))
    if known_day != day:
        known = _stored(session, day)
        _known[engine] = day, known
    return known


def _stored(session: Session, day: date) -> bytes:
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
    for engine, (known_day, _) in list(_known.items()):
        if known_day < day:
            del _known[engine]
