"""The record of deeds on accounts, sites and tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.editors import LARGEST_ID
from typo_reports.storage.models import AuditEvent


def add(
    session: Session,
    *,
    editor_id: int | None,
    deed: str,
    about: str,
    site_id: int | None,
    now: datetime,
) -> None:
    """Write one line."""
    session.add(AuditEvent(at=now, editor_id=editor_id, deed=deed, about=about, site_id=site_id))
    session.flush()


def page_of(session: Session, *, before: int | None, limit: int) -> list[AuditEvent]:
    """The newest lines, or those older than the line with the id `before`."""
    statement = (
        select(AuditEvent)
        .options(joinedload(AuditEvent.editor), joinedload(AuditEvent.site))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(limit)
    )
    if before is not None:
        last = session.get(AuditEvent, before) if before <= LARGEST_ID else None
        if last is None:
            return []
        statement = statement.where(tuple_(AuditEvent.at, AuditEvent.id) < tuple_(last.at, last.id))
    return list(session.scalars(statement))
