"""What digests are made of: who is to get one, and what is open on a site."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from typo_reports.storage.models import Case, Editor, Membership, Report, Site

OPEN = "open"


def candidates(
    session: Session, *, before: date | None = None, site_key: str | None = None
) -> list[Membership]:
    """Memberships of active editors who want a digest, with editor, site and its origins.

    With `before`, only those whose last digest is older than that day.
    """
    wanted = select(Membership).where(Membership.digest_hour.is_not(None))
    if before is not None:
        wanted = wanted.where(
            or_(Membership.digested_on.is_(None), Membership.digested_on < before)
        )
    if site_key is not None:
        wanted = wanted.where(Membership.site.has(Site.key == site_key))
    return list(
        session.scalars(
            wanted.join(Membership.editor)
            .where(Editor.is_active)
            .options(
                joinedload(Membership.editor),
                joinedload(Membership.site).selectinload(Site.origins),
            )
            .order_by(Membership.site_id, Membership.editor_id)
            .execution_options(populate_existing=True)
        )
    )


def take_day(session: Session, membership: Membership, day: date) -> bool:
    """Make `day` the day of the last digest; False when another process got there first."""
    taken = session.execute(
        update(Membership)
        .where(
            Membership.editor_id == membership.editor_id,
            Membership.site_id == membership.site_id,
            or_(Membership.digested_on.is_(None), Membership.digested_on < day),
        )
        .values(digested_on=day)
        .returning(Membership.editor_id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None


def _is_waiting(site_id: int, now: datetime) -> ColumnElement[bool]:
    """Open, not withheld, not put to sleep: what the queue shows."""
    is_awake = or_(Case.snoozed_until.is_(None), Case.snoozed_until <= now)
    is_shown = Case.withheld_at.is_(None)
    return and_(Case.site_id == site_id, Case.status == OPEN, is_shown, is_awake)


def count_open(
    session: Session, site_id: int, *, now: datetime, since: datetime | None = None
) -> int:
    """How many cases of the site wait for an editor, or of those how many came after `since`."""
    counted = select(func.count()).where(_is_waiting(site_id, now))
    if since is not None:
        counted = counted.where(Case.created_at > since)
    return session.scalars(counted).one()


def open_cases(session: Session, site_id: int, *, now: datetime, limit: int) -> list[Case]:
    """Cases of the site that wait, with their pages, those with most readers first."""
    return list(
        session.scalars(
            select(Case)
            .where(_is_waiting(site_id, now))
            .options(selectinload(Case.page))
            # The index ix_cases_by_readers read backwards.
            .order_by(Case.readers.desc(), Case.created_at.desc(), Case.id.desc())
            .limit(limit)
        )
    )


def leading_suggestions(session: Session, case_ids: Collection[str]) -> dict[str, str]:
    """For each case the correction that most readers proposed; of equal ones the earliest."""
    rows = session.execute(
        select(Report.case_id, Report.suggestion)
        .where(Report.case_id.in_(case_ids), Report.suggestion.is_not(None))
        .group_by(Report.case_id, Report.suggestion)
        .order_by(Report.case_id, func.count().desc(), func.min(Report.created_at))
    )
    leading: dict[str, str] = {}
    for case_id, suggestion in rows:
        if suggestion is not None:
            leading.setdefault(case_id, suggestion)
    return leading


def asking_reports(session: Session, case_id: str, *, limit: int) -> list[Report]:
    """The reports of a case whose readers want to hear of it, oldest first."""
    return list(
        session.scalars(
            select(Report)
            .where(Report.case_id == case_id, Report.reply_to.is_not(None))
            .order_by(Report.created_at, Report.id)
            .limit(limit)
        )
    )
