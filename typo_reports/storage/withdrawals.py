"""Reports that their readers take back or change, and what is remembered of those taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.storage.models import Case, CaseEvent, Page, Report, Site, WithdrawnReport

_ATTEMPTS = 3


def held(session: Session, token: str) -> Report | None:
    """The report with this receipt, its case and the page, all locked until the commit.

    The page first, as intake does, so that reports come and go one after the other.
    """
    for _ in range(_ATTEMPTS):
        page_id = session.scalars(
            select(Case.page_id)
            .join(Report, Report.case_id == Case.id)
            .where(Report.receipt_token == token)
        ).one_or_none()
        if page_id is None:
            return None
        session.execute(select(Page.id).where(Page.id == page_id).with_for_update())
        report = _locked(session, token)
        if report is None or report.case.page_id == page_id:
            return report
    raise StorageUnavailableError(
        "This report is just being moved. Please try again.", retry_after_seconds=1
    )


def _locked(session: Session, token: str) -> Report | None:
    return session.scalars(
        select(Report)
        .join(Report.case)
        .where(Report.receipt_token == token)
        # The locked row itself: another join of it would show what stood there before the lock.
        .options(
            contains_eager(Report.case).joinedload(Case.site).selectinload(Site.origins),
            contains_eager(Report.case).joinedload(Case.page),
        )
        .with_for_update(of=[Report, Case])
        .execution_options(populate_existing=True)
    ).one_or_none()


def remember(session: Session, report: Report, *, now: datetime) -> None:
    """Delete the report, and keep its names only."""
    session.add(
        WithdrawnReport(
            report_id=report.id,
            site_id=report.site_id,
            case_id=report.case_id,
            receipt_token=report.receipt_token,
            withdrawn_at=now,
        )
    )
    session.delete(report)
    session.flush()


def by_receipt(session: Session, token: str) -> WithdrawnReport | None:
    """The withdrawn report with this receipt, with its site."""
    return session.scalars(
        select(WithdrawnReport)
        .where(WithdrawnReport.receipt_token == token)
        .options(joinedload(WithdrawnReport.site).selectinload(Site.origins))
    ).one_or_none()


def by_id(session: Session, report_id: str) -> WithdrawnReport | None:
    """The withdrawn report with this id."""
    return session.get(WithdrawnReport, report_id)


def duplicates_of(session: Session, case_id: str) -> list[Case]:
    """The cases that ended in this one, locked until the commit."""
    return list(
        session.scalars(
            select(Case).where(Case.duplicate_of_id == case_id).order_by(Case.id).with_for_update()
        )
    )


def shows(session: Session, case_id: str, like: Case) -> bool:
    """Whether a report of the case has the selection that the case `like` shows."""
    return (
        session.scalars(
            select(Report.id)
            .where(
                Report.case_id == case_id,
                Report.exact == like.exact,
                Report.prefix == like.prefix,
                Report.suffix == like.suffix,
            )
            .limit(1)
        ).one_or_none()
        is not None
    )


def first_report(session: Session, case_id: str) -> Report | None:
    """The oldest report that the case has now."""
    return session.scalars(
        select(Report)
        .where(Report.case_id == case_id)
        .order_by(Report.created_at, Report.id)
        .limit(1)
    ).one_or_none()


def merges_into(session: Session, case_id: str) -> list[CaseEvent]:
    """The lines of the case's history that tell whose reports it took over."""
    return list(
        session.scalars(
            select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.kind == "merged")
        )
    )


def forget(session: Session, *, before: datetime) -> int:
    """Forget the names of reports that were withdrawn before then; returns how many."""
    gone = session.execute(
        delete(WithdrawnReport)
        .where(WithdrawnReport.withdrawn_at < before)
        .returning(WithdrawnReport.report_id)
    )
    return len(gone.all())
