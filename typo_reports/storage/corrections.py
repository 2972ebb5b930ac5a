"""What was corrected on a site: kept by the worker, read by everybody if the site wants it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import Session, contains_eager

from typo_reports.domain.case import FIXED, RESOLVED
from typo_reports.storage.models import Case, Correction


def keep(
    session: Session, case: Case, *, before: str, after: str, title: str | None, at: datetime
) -> None:
    """Note what the page shows of a fixed case; a later look brings it up to date."""
    found = session.get(Correction, case.id)
    if found is None:
        found = Correction(case_id=case.id, site_id=case.site_id)
        session.add(found)
    found.before, found.after, found.title, found.corrected_at = before, after, title, at


def of_case(session: Session, case_id: str) -> Correction | None:
    """What was seen of this case, if anything."""
    return session.get(Correction, case_id)


def newest(
    session: Session, site_id: int, *, beyond: tuple[datetime, str] | None, limit: int
) -> list[Correction]:
    """The site's corrections with case and page, the newest first, from that place on.

    Only of cases that are fixed now, and none that was left out.
    """
    wanted = [
        Correction.site_id == site_id,
        Correction.is_left_out.is_(False),
        Case.status == RESOLVED,
        Case.resolution == FIXED,
    ]
    key = tuple_(Correction.corrected_at, Correction.case_id)
    if beyond is not None:
        at, case_id = beyond
        wanted.append(
            key
            < tuple_(
                literal(at, Correction.corrected_at.type), literal(case_id, Correction.case_id.type)
            )
        )
    return list(
        session.scalars(
            select(Correction)
            .join(Correction.case)
            .join(Case.page)
            .where(*wanted)
            .order_by(Correction.corrected_at.desc(), Correction.case_id.desc())
            .limit(limit)
            .options(contains_eager(Correction.case).contains_eager(Case.page))
        )
    )
