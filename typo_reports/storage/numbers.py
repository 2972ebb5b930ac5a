"""Facts about cases for the page of numbers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from typo_reports.domain.case import OPEN, STATUSES
from typo_reports.domain.numbers import Fact
from typo_reports.storage.models import Case, Page, Site

# What is computed in half a second; the newest of more are taken, and the page says so.
FACTS_MOST = 20_000


def facts(
    session: Session,
    site_ids: Collection[int],
    *,
    authors_of: Collection[int],
    since: datetime,
    until: datetime,
) -> list[Fact]:
    """The newest cases that came in between these moments, at most FACTS_MOST.

    Authors are named for the sites `authors_of` only.
    """
    rows = session.execute(
        select(
            Case.created_at,
            Case.resolved_at,
            Case.resolution,
            Case.readers,
            Case.exact,
            Page.section,
            case((Case.site_id.in_(authors_of), Page.author)),
            func.coalesce(Page.title, Page.url),
            Site.name,
        )
        .join(Page, Page.id == Case.page_id)
        .join(Site, Site.id == Case.site_id)
        .where(
            Case.site_id.in_(site_ids),
            Case.status.in_(STATUSES),
            Case.created_at >= since,
            Case.created_at < until,
            # What the desk has found itself says nothing of readers and of how they are heard.
            or_(Case.search_id.is_(None), Case.readers > 0),
        )
        .order_by(Case.created_at.desc())
        .limit(FACTS_MOST)
    )
    return [Fact(*row) for row in rows]


def oldest_open(session: Session, site_ids: Collection[int]) -> tuple[str, datetime] | None:
    """The id of the case that has been open for longest, and since when."""
    row = session.execute(
        select(Case.id, Case.created_at)
        .where(Case.site_id.in_(site_ids), Case.status == OPEN)
        .order_by(Case.created_at, Case.id)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


def open_cases(session: Session, site_ids: Collection[int]) -> int:
    """How many cases are open now."""
    return (
        session.scalar(select(func.count()).where(Case.site_id.in_(site_ids), Case.status == OPEN))
        or 0
    )
