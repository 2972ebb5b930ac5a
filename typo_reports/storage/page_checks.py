"""Which page is looked at next and by whom; what the looks left behind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from typo_reports.domain.case import FIXED, OPEN, RESOLVED
from typo_reports.domain.verification import CHANGED
from typo_reports.storage.models import Case, Page, PageCheck, Report, Site
from typo_reports.storage.models.checking import make_due

CASES_MOST = 500
_SELECTIONS_MOST = 8
_OTHERS_LOOKED_AT = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """What readers selected and proposed: one row for each different one, and how many readers."""

    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    suggestion: str | None
    readers: int


def due_ids(
    session: Session, *, now: datetime, site_key: str | None = None, limit: int
) -> list[int]:
    """Pages that are due and that nobody is looking at, the longest overdue first."""
    wanted = _of_sites_that_allow(select(PageCheck.page_id), site_key)
    return list(
        session.scalars(
            wanted.where(PageCheck.due_at <= now, _is_free(now))
            .order_by(PageCheck.due_at, PageCheck.page_id)
            .limit(limit)
        )
    )


def ids_with_cases(session: Session, *, site_key: str | None) -> list[int]:
    """Every page with open cases, of one site or of all that allow it."""
    has_open = exists().where(Case.page_id == PageCheck.page_id, Case.status == OPEN)
    wanted = _of_sites_that_allow(select(PageCheck.page_id), site_key)
    return list(session.scalars(wanted.where(has_open).order_by(PageCheck.page_id)))


def claim(session: Session, page_id: int, *, now: datetime, until: datetime, if_due: bool) -> bool:
    """Take the page for oneself until then; False when another process got there first.

    With `if_due` only while it is due: another process may have looked at it a moment ago.
    """
    wanted = [PageCheck.page_id == page_id, _is_free(now)]
    if if_due:
        wanted.append(PageCheck.due_at <= now)
    taken = session.execute(
        update(PageCheck)
        .where(*wanted)
        .values(leased_until=until)
        .returning(PageCheck.page_id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None


def let_go(session: Session, page_id: int) -> None:
    """Give the page back without having looked."""
    session.execute(
        update(PageCheck)
        .where(PageCheck.page_id == page_id)
        .values(leased_until=None)
        .execution_options(synchronize_session=False)
    )


def stop(session: Session, page_id: int) -> None:
    """Nothing is left to look for on this page."""
    session.execute(
        update(PageCheck)
        .where(PageCheck.page_id == page_id)
        .values(due_at=None)
        .execution_options(synchronize_session=False)
    )


def look_by(session: Session, case: Case, at: datetime) -> None:
    """Have the case's page looked at by then."""
    session.flush()
    make_due(session.connection(), case, by=at)


def postpone(session: Session, page_id: int, *, until: datetime) -> None:
    """Give the page back; it is due again when its host is free."""
    session.execute(
        update(PageCheck)
        .where(PageCheck.page_id == page_id)
        .values(leased_until=None, due_at=until)
        .execution_options(synchronize_session=False)
    )


def with_page(session: Session, page_id: int, *, for_change: bool = False) -> PageCheck | None:
    """The page's check with page, site and origins; locked until the commit if for a change."""
    wanted = (
        select(PageCheck)
        .where(PageCheck.page_id == page_id)
        .options(
            joinedload(PageCheck.page, innerjoin=True)
            .joinedload(Page.site, innerjoin=True)
            .selectinload(Site.origins)
        )
        .execution_options(populate_existing=True)
    )
    if for_change:
        wanted = wanted.with_for_update(of=PageCheck)
    return session.scalars(wanted).one_or_none()


def watched_cases(
    session: Session, page_id: int, *, fixed_since: datetime, for_change: bool = False
) -> list[Case]:
    """The page's cases that are open or were fixed not long ago; locked if for a change."""
    wanted = (
        select(Case)
        .where(Case.page_id == page_id, _is_watched(fixed_since))
        .options(joinedload(Case.site, innerjoin=True))
        .order_by(Case.id)
        .limit(CASES_MOST)
        .execution_options(populate_existing=True)
    )
    if for_change:
        wanted = wanted.with_for_update(of=Case)
    return list(session.scalars(wanted))


def selections(session: Session, case_id: str) -> list[Selection]:
    """What the readers of the case selected and proposed, the most frequent first."""
    columns = (
        Report.exact,
        Report.prefix,
        Report.suffix,
        Report.start,
        Report.end,
        Report.suggestion,
    )
    rows = session.execute(
        select(*columns, func.count())
        .where(Report.case_id == case_id)
        .group_by(*columns)
        .order_by(func.count().desc(), func.min(Report.created_at))
        .limit(_SELECTIONS_MOST)
    )
    return [Selection(*row) for row in rows]


def other_sources(session: Session, case_ids: Collection[str], *, url: str) -> dict[str, str]:
    """Where readers of these cases were when that is not `url`: the newest such address of each."""
    rows = session.execute(
        select(Report.case_id, Report.source_url)
        .where(Report.case_id.in_(case_ids), Report.source_url != url)
        .order_by(Report.created_at, Report.id)
    )
    return {row[0]: row[1] for row in rows}


def found_elsewhere(session: Session, of: Case) -> tuple[int, int]:
    """How many other cases of its page, and of its site, were found; counting stops at three.

    Where something else stands in their place, as behind the end of a teaser, nothing was found.
    """
    is_clear = or_(Case.place_state != CHANGED, Case.status != OPEN)
    others = select(Case.id).where(
        Case.site_id == of.site_id, Case.found_at.is_not(None), is_clear, Case.id != of.id
    )
    on_page = session.scalars(others.where(Case.page_id == of.page_id).limit(1)).all()
    on_site = session.scalars(others.limit(_OTHERS_LOOKED_AT)).all()
    return len(on_page), len(on_site)


def of_url_hash(session: Session, *, site_id: int, url_hash: bytes) -> PageCheck | None:
    """The check of the site's page with this address, or of the page that it is a view of."""
    return session.scalars(
        select(PageCheck)
        .join(Page, func.coalesce(Page.joined_to_id, Page.id) == PageCheck.page_id)
        .where(Page.site_id == site_id, Page.url_hash == url_hash)
        .with_for_update(of=PageCheck)
    ).one_or_none()


def outcomes(session: Session, site_id: int) -> dict[str, int]:
    """How the last look at each of the site's pages ended: outcome and number of pages."""
    rows: Sequence[tuple[str | None, int]] = session.execute(
        select(PageCheck.outcome, func.count())
        .where(PageCheck.site_id == site_id, PageCheck.outcome.is_not(None))
        .group_by(PageCheck.outcome)
    ).all()
    return {outcome: number for outcome, number in rows if outcome}


def _of_sites_that_allow(wanted: Select[tuple[int]], site_key: str | None) -> Select[tuple[int]]:
    wanted = wanted.join(Site, Site.id == PageCheck.site_id).where(Site.reads_pages)
    return wanted if site_key is None else wanted.where(Site.key == site_key)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(PageCheck.leased_until.is_(None), PageCheck.leased_until <= now)


def _is_watched(fixed_since: datetime) -> ColumnElement[bool]:
    is_fixed = and_(Case.status == RESOLVED, Case.resolution == FIXED)
    return or_(Case.status == OPEN, and_(is_fixed, Case.resolved_at >= fixed_since))
