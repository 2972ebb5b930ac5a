"""Reports: adding one, and finding it again by its id or its receipt."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.storage.models import Case, Report


def by_id(session: Session, report_id: str) -> Report | None:
    """The report with this id (a UUID in canonical form), with its case."""
    return session.scalars(
        select(Report).where(Report.id == report_id).options(joinedload(Report.case))
    ).one_or_none()


def by_receipt(session: Session, token: str) -> Report | None:
    """The report whose receipt token this is, with its case, the case's page and site."""
    case = joinedload(Report.case)
    return session.scalars(
        select(Report)
        .where(Report.receipt_token == token)
        .options(case.joinedload(Case.page), case.joinedload(Case.site))
    ).one_or_none()


def of_case(session: Session, case_id: str, *, limit: int | None = None) -> list[Report]:
    """The reports of the case, the oldest first; all of them, or so many."""
    return list(
        session.scalars(
            select(Report)
            .where(Report.case_id == case_id)
            .order_by(Report.created_at, Report.id)
            .limit(limit)
        )
    )


def add(session: Session, report: Report) -> None:
    """Store the report. If the same id came in at this very moment, asks to try again."""
    session.add(report)
    try:
        session.flush()
    except IntegrityError as error:
        raise StorageUnavailableError(
            "The same report is just being stored. Please try again.", retry_after_seconds=1
        ) from error
