"""Searches for the same error elsewhere: claimed by lease, their pages, the places found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.models import (
    Case,
    ElsewherePage,
    ElsewherePlace,
    ElsewhereSearch,
    Page,
    Site,
    SiteWords,
)
from typo_reports.storage.models.elsewhere import READING, WAITING

_RUNNING = (WAITING, READING)
PLACES_MOST = 1_000
_OUTCOMES_MOST = 12


def by_id(session: Session, search_id: str, *, for_change: bool = False) -> ElsewhereSearch | None:
    """The search with its site and origins; locked until the commit if for a change."""
    wanted = (
        select(ElsewhereSearch)
        .where(ElsewhereSearch.id == search_id)
        .options(
            joinedload(ElsewhereSearch.site, innerjoin=True).selectinload(Site.origins),
            joinedload(ElsewhereSearch.editor),
        )
        .execution_options(populate_existing=True)
    )
    if for_change:
        wanted = wanted.with_for_update(of=ElsewhereSearch)
    return session.scalars(wanted).one_or_none()


def newest_of_case(session: Session, case_id: str) -> ElsewhereSearch | None:
    """The last search that was made for the case."""
    return session.scalars(
        select(ElsewhereSearch)
        .where(ElsewhereSearch.case_id == case_id)
        .order_by(ElsewhereSearch.created_at.desc())
        .limit(1)
    ).one_or_none()


def like(session: Session, site_id: int, key: bytes, *, since: datetime) -> ElsewhereSearch | None:
    """The last search of the site for the same words, begun since then."""
    return session.scalars(
        select(ElsewhereSearch)
        .where(
            ElsewhereSearch.site_id == site_id,
            ElsewhereSearch.key == key,
            ElsewhereSearch.created_at >= since,
        )
        .order_by(ElsewhereSearch.created_at.desc())
        .limit(1)
    ).one_or_none()


def running_of_site(session: Session, site_id: int) -> int:
    """How many searches of the site are not over."""
    wanted = [ElsewhereSearch.site_id == site_id, ElsewhereSearch.status.in_(_RUNNING)]
    return session.scalar(select(func.count()).where(*wanted)) or 0


def running_of_case(session: Session, case_id: str) -> list[ElsewhereSearch]:
    """The searches for the case that are not over."""
    return list(
        session.scalars(
            select(ElsewhereSearch).where(
                ElsewhereSearch.case_id == case_id, ElsewhereSearch.status.in_(_RUNNING)
            )
        )
    )


def claim_next(
    session: Session, *, now: datetime, until: datetime, not_ids: Collection[str] = ()
) -> str | None:
    """Take the search that is longest due for oneself; None if there is none that is free."""
    due = (
        select(ElsewhereSearch.id)
        .where(
            ElsewhereSearch.status.in_(_RUNNING),
            ElsewhereSearch.due_at <= now,
            ElsewhereSearch.id.not_in(not_ids),
            _is_free(now),
        )
        .order_by(ElsewhereSearch.due_at, ElsewhereSearch.id)
        .limit(1)
    )
    for search_id in session.scalars(due).all():
        taken = session.execute(
            update(ElsewhereSearch)
            .where(ElsewhereSearch.id == search_id, _is_free(now))
            .values(leased_until=until)
            .returning(ElsewhereSearch.id)
            .execution_options(synchronize_session=False)
        )
        if taken.first() is not None:
            return search_id
    return None


def add_pages(session: Session, search_id: str, urls: Sequence[str]) -> None:
    """Make these the pages of the search."""
    session.execute(delete(ElsewherePage).where(ElsewherePage.search_id == search_id))
    session.add_all(
        ElsewherePage(search_id=search_id, number=number, url=url)
        for number, url in enumerate(urls)
    )
    session.flush()


def next_page(session: Session, search_id: str) -> ElsewherePage | None:
    """The first page of the search that waits."""
    return session.scalars(
        select(ElsewherePage)
        .where(ElsewherePage.search_id == search_id, ElsewherePage.outcome.is_(None))
        .order_by(ElsewherePage.number)
        .limit(1)
    ).one_or_none()


def last_outcomes(session: Session, search_id: str, *, besides: str) -> list[str]:
    """How the last pages of the search were, the newest first, without those of that outcome."""
    wanted = (
        select(ElsewherePage.outcome)
        .where(
            ElsewherePage.search_id == search_id,
            ElsewherePage.outcome.is_not(None),
            ElsewherePage.outcome != besides,
        )
        .order_by(ElsewherePage.number.desc())
        .limit(_OUTCOMES_MOST)
    )
    return [outcome for outcome in session.scalars(wanted) if outcome is not None]


def has_page(session: Session, search_id: str, url: str) -> bool:
    """Whether the search reads this address."""
    wanted = [ElsewherePage.search_id == search_id, ElsewherePage.url == url]
    return session.scalars(select(ElsewherePage.number).where(*wanted).limit(1)).first() is not None


def count_places(session: Session, search_id: str) -> int:
    """How many places the search has found."""
    wanted = ElsewherePlace.search_id == search_id
    return session.scalar(select(func.count()).where(wanted)) or 0


def places(session: Session, search_id: str) -> list[tuple[ElsewherePlace, Case | None]]:
    """The places of the search in the order of pages and texts, each with the case there."""
    rows = session.execute(
        select(ElsewherePlace, Case)
        .outerjoin(Case, Case.id == ElsewherePlace.case_id)
        .where(ElsewherePlace.search_id == search_id)
        .order_by(ElsewherePlace.number, ElsewherePlace.start)
        .limit(PLACES_MOST)
    )
    return [(row[0], row[1]) for row in rows]


def places_for_change(
    session: Session, search_id: str, place_ids: Collection[str] | None
) -> list[ElsewherePlace]:
    """These places of the search, or all of them, locked until the commit."""
    wanted = (
        select(ElsewherePlace)
        .where(ElsewherePlace.search_id == search_id)
        .order_by(ElsewherePlace.number, ElsewherePlace.start)
        .limit(PLACES_MOST)
        .with_for_update()
    )
    if place_ids is not None:
        wanted = wanted.where(ElsewherePlace.id.in_(place_ids))
    return list(session.scalars(wanted))


def place_of_case(session: Session, case: Case) -> ElsewherePlace | None:
    """The place from which the case was made, while it is kept."""
    return session.scalars(
        select(ElsewherePlace)
        .where(ElsewherePlace.case_id == case.id, ElsewherePlace.search_id == case.search_id)
        .limit(1)
    ).one_or_none()


def reported_pages(session: Session, site_id: int, *, limit: int) -> list[str]:
    """The site's pages that were reported, the newest first."""
    return list(
        session.scalars(
            select(Page.url)
            .where(Page.site_id == site_id, Page.joined_to_id.is_(None))
            .order_by(Page.id.desc())
            .limit(limit)
        )
    )


def words_of(session: Session, site_id: int, url_hash: bytes) -> SiteWords | None:
    """What the page held when it was last read."""
    return session.get(SiteWords, (site_id, url_hash), populate_existing=True)


def forget_case(session: Session, case_id: str) -> None:
    """Delete the searches for a case, and its places; cases that were made from them stay."""
    of_case = select(ElsewhereSearch.id).where(ElsewhereSearch.case_id == case_id)
    _forget(session, ElsewhereSearch.id.in_(of_case))


def forget(session: Session, *, before: datetime) -> None:
    """Delete searches that were over before then, and words that were read before then."""
    _forget(session, ElsewhereSearch.ended_at < before)
    session.execute(delete(SiteWords).where(SiteWords.read_at < before))


def _forget(session: Session, which: ColumnElement[bool]) -> None:
    """Delete searches; one that cases name stays without its pages and places."""
    ids = select(ElsewhereSearch.id).where(which)
    for table in (ElsewherePlace, ElsewherePage):
        session.execute(
            delete(table)
            .where(table.search_id.in_(ids))
            .execution_options(synchronize_session=False)
        )
    is_named = select(Case.id).where(Case.search_id == ElsewhereSearch.id).exists()
    session.execute(
        delete(ElsewhereSearch).where(which, ~is_named).execution_options(synchronize_session=False)
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(ElsewhereSearch.leased_until.is_(None), ElsewhereSearch.leased_until <= now)
