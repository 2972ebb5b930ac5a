"""What grouping keeps: the keys under which cases are found, and reports that change their case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from typo_reports.storage.models import Case, CaseKey, Report

# A page with more look-alike cases than this is an attack, not a newspaper.
CANDIDATES_MOST = 64


def cases_under(session: Session, *, page_id: int, keys: Sequence[str]) -> list[Case]:
    """The cases of the page that stand under any of these keys, oldest first."""
    found = (
        select(CaseKey.case_id)
        .where(CaseKey.page_id == page_id, CaseKey.key.in_(keys))
        .distinct()
        .limit(CANDIDATES_MOST)
    )
    return list(session.scalars(select(Case).where(Case.id.in_(found)).order_by(Case.id)))


def add_keys(session: Session, case: Case, keys: Sequence[str]) -> None:
    """Give a case that is stored, but has no keys yet, these."""
    rows = [{"page_id": case.page_id, "key": key, "case_id": case.id} for key in sorted(set(keys))]
    if rows:
        session.execute(insert(CaseKey), rows)


def set_keys(session: Session, case: Case, keys: Sequence[str]) -> None:
    """Make these the keys of the case."""
    session.flush()
    present = set(session.scalars(select(CaseKey.key).where(CaseKey.case_id == case.id)))
    gone = present.difference(keys)
    if gone:
        session.execute(delete(CaseKey).where(CaseKey.case_id == case.id, CaseKey.key.in_(gone)))
    add_keys(session, case, sorted(set(keys).difference(present)))


def move_reports(session: Session, *, piece_key: str, from_case: str, to_case: str) -> int:
    """Give the reports about this piece to the other case; how many they were."""
    moved = session.execute(
        update(Report)
        .where(Report.case_id == from_case, Report.piece_key == piece_key)
        .values(case_id=to_case)
        .execution_options(synchronize_session=False)
    )
    return int(moved.rowcount)  # type: ignore[attr-defined]


def move_all_reports(session: Session, *, from_case: str, to_case: str) -> None:
    """Give all reports of one case to another."""
    session.execute(
        update(Report)
        .where(Report.case_id == from_case)
        .values(case_id=to_case)
        .execution_options(synchronize_session=False)
    )


def report_of(session: Session, *, case_id: str, piece_key: str) -> Report | None:
    """The first report of the case that speaks of this piece."""
    return session.scalars(
        select(Report)
        .where(Report.case_id == case_id, Report.piece_key == piece_key)
        .order_by(Report.created_at)
        .limit(1)
    ).one_or_none()


def readers_of(session: Session, case_id: str) -> int:
    """How many reports the case has now."""
    return session.scalar(select(func.count()).where(Report.case_id == case_id)) or 0
