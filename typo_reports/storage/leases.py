"""Leases: which editor is on which case until when. A row whose time is over counts for nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.models import Case, CaseLease

# A desk has some sixty editors; more leases than that are not shown.
SHOWN_MOST = 500


def of_case(session: Session, case_id: str, now: datetime) -> CaseLease | None:
    """The lease on the case, with its editor."""
    return session.scalars(
        select(CaseLease)
        .where(CaseLease.case_id == case_id, CaseLease.expires_at > now)
        .options(joinedload(CaseLease.editor, innerjoin=True))
    ).one_or_none()


def of_cases(session: Session, case_ids: Collection[str], now: datetime) -> list[CaseLease]:
    """The leases on these cases, with their editors."""
    return list(
        session.scalars(
            select(CaseLease)
            .where(CaseLease.case_id.in_(case_ids), CaseLease.expires_at > now)
            .options(joinedload(CaseLease.editor, innerjoin=True))
        )
    )


def of_sites(session: Session, site_ids: Collection[int], now: datetime) -> list[CaseLease]:
    """The leases on cases of these sites, with their editors, in a steady order."""
    return list(
        session.scalars(
            select(CaseLease)
            .where(CaseLease.site_id.in_(site_ids), CaseLease.expires_at > now)
            .options(joinedload(CaseLease.editor, innerjoin=True))
            .order_by(CaseLease.case_id)
            .limit(SHOWN_MOST)
        )
    )


def take(session: Session, case: Case, *, editor_id: int, now: datetime, until: datetime) -> None:
    """Put the editor on the case, in place of whoever was. The case's row must be locked."""
    row = session.get(CaseLease, case.id)
    if row is None:
        row = CaseLease(
            case_id=case.id,
            site_id=case.site_id,
            editor_id=editor_id,
            taken_at=now,
            expires_at=until,
        )
        session.add(row)
    elif row.editor_id != editor_id or row.expires_at <= now:
        row.editor_id, row.taken_at = editor_id, now
    row.expires_at = until
    session.flush()
    session.expire(row)


def release(session: Session, case_id: str, *, editor_id: int | None = None) -> None:
    """Take everybody off the case, or only this editor."""
    statement = delete(CaseLease).where(CaseLease.case_id == case_id)
    if editor_id is not None:
        statement = statement.where(CaseLease.editor_id == editor_id)
    session.execute(statement.execution_options(synchronize_session=False))


def release_all_of(session: Session, editor_id: int) -> None:
    """Take the editor off every case."""
    session.execute(
        delete(CaseLease)
        .where(CaseLease.editor_id == editor_id)
        .execution_options(synchronize_session=False)
    )


def forget_ended(session: Session, now: datetime) -> None:
    """Delete the leases that are over."""
    session.execute(delete(CaseLease).where(CaseLease.expires_at <= now))
