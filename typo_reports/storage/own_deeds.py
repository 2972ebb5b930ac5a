"""The events of one editor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.models import Case, CaseEvent

# They follow from a deed that has a line of its own.
_CONSEQUENCES = ("undone", "merged")
_WITH_CASE = joinedload(CaseEvent.case, innerjoin=True).joinedload(Case.page, innerjoin=True)


def single(session: Session, editor_id: int, *, since: datetime, limit: int) -> list[CaseEvent]:
    """Deeds done one by one, with case and page, newest first."""
    return list(
        session.scalars(
            select(CaseEvent)
            .where(
                CaseEvent.editor_id == editor_id,
                CaseEvent.created_at >= since,
                CaseEvent.batch_id.is_(None),
                CaseEvent.kind.not_in(_CONSEQUENCES),
            )
            .options(_WITH_CASE)
            .order_by(CaseEvent.created_at.desc(), CaseEvent.id.desc())
            .limit(limit)
        )
    )


def batches(
    session: Session, editor_id: int, *, since: datetime, limit: int
) -> list[tuple[CaseEvent, int, int]]:
    """For each batch its newest event, how many deeds it holds, how many of them are undone."""
    ranked = (
        select(
            CaseEvent.id,
            func.count().over(partition_by=CaseEvent.batch_id).label("size"),
            func.count(CaseEvent.undone_at).over(partition_by=CaseEvent.batch_id).label("undone"),
            func.row_number()
            .over(
                partition_by=CaseEvent.batch_id,
                order_by=(CaseEvent.created_at.desc(), CaseEvent.id.desc()),
            )
            .label("place"),
        )
        .where(
            CaseEvent.editor_id == editor_id,
            CaseEvent.created_at >= since,
            CaseEvent.batch_id.is_not(None),
        )
        .subquery()
    )
    rows = session.execute(
        select(CaseEvent, ranked.c.size, ranked.c.undone)
        .join(ranked, ranked.c.id == CaseEvent.id)
        .where(ranked.c.place == 1)
        .options(_WITH_CASE)
        .order_by(CaseEvent.created_at.desc(), CaseEvent.id.desc())
        .limit(limit)
    )
    return [(event, size, undone) for event, size, undone in rows]
