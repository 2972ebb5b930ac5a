"""The events of deeds that were done to many cases at once."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.models import Case, CaseEvent


def to_undo(session: Session, batch_id: str, *, limit: int) -> list[CaseEvent]:
    """The first deeds of the batch that are not undone yet, as they stand now."""
    return list(
        session.scalars(
            select(CaseEvent)
            .where(CaseEvent.batch_id == batch_id, CaseEvent.undone_at.is_(None))
            .order_by(CaseEvent.id)
            .limit(limit)
            .execution_options(populate_existing=True)
        )
    )


def counts(session: Session, batch_id: str) -> dict[int, tuple[int, int]]:
    """How many deeds the batch holds, and how many of them are undone, by site."""
    rows = session.execute(
        select(CaseEvent.site_id, func.count(), func.count(CaseEvent.undone_at))
        .where(CaseEvent.batch_id == batch_id)
        .group_by(CaseEvent.site_id)
    )
    return {site_id: (size, undone) for site_id, size, undone in rows}


def newest(session: Session, batch_id: str) -> CaseEvent | None:
    """The last deed of the batch, with its case and page."""
    return session.scalar(
        select(CaseEvent)
        .where(CaseEvent.batch_id == batch_id)
        .options(joinedload(CaseEvent.case, innerjoin=True).joinedload(Case.page, innerjoin=True))
        .order_by(CaseEvent.created_at.desc(), CaseEvent.id.desc())
        .limit(1)
    )
