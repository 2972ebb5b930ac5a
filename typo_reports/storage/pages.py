"""Pages of a site, found by their canonical address."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from typo_reports.domain.report import PageFacts
from typo_reports.storage.models import Case, CaseKey, Page

_HOPS_MOST = 4


def hold(session: Session, *, site_id: int, url: str, facts: PageFacts, now: datetime) -> Page:
    """The page's row, made if new, its facts brought up to date, and locked until the commit.

    For another address of a page it is the page's. The lock makes two reports about one page come
    in one after the other, so that the second sees the case that the first has opened.
    """
    known = {name: value for name, value in asdict(facts).items() if name != "canonical" and value}
    _add_if_new(session, site_id=site_id, url=url, now=now, **known)
    page = _locked(session, Page.site_id == site_id, Page.url_hash == hash_of(url))
    for _ in range(_HOPS_MOST):
        if page.joined_to_id is None:
            break
        # In this order everywhere, the other address first: nobody waits in a ring.
        page = _locked(session, Page.id == page.joined_to_id)
    for name, value in known.items():
        if getattr(page, name) != value:
            setattr(page, name, value)
    return page


def hash_of(url: str) -> bytes:
    """Under which a page's address is indexed."""
    return hashlib.sha256(url.encode()).digest()


def at(session: Session, *, site_id: int, url: str) -> Page | None:
    """The site's page with this address, as it is stored."""
    return session.scalars(
        select(Page)
        .where(Page.site_id == site_id, Page.url_hash == hash_of(url))
        .options(joinedload(Page.site, innerjoin=True))
    ).one_or_none()


def languages(session: Session, *, site_id: int) -> list[tuple[str, int]]:
    """How many pages of the site are in each language, by the tags that they carry."""
    found = session.execute(
        select(Page.lang, func.count())
        .where(Page.site_id == site_id, Page.lang.is_not(None), Page.lang != "")
        .group_by(Page.lang)
        .order_by(Page.lang)
    )
    return [(lang or "", number) for lang, number in found]


def made(session: Session, *, like: Page, url: str, now: datetime) -> Page:
    """The page with this address on the same site, made if new with the same facts."""
    names = ("title", "lang", "author", "section", "edit_url", "modified_at")
    facts = {name: getattr(like, name) for name in names}
    _add_if_new(session, site_id=like.site_id, url=url, now=now, **facts)
    return _locked(session, Page.site_id == like.site_id, Page.url_hash == hash_of(url))


def with_lock(session: Session, page_id: int) -> Page:
    """The page's row, fresh and locked until the commit."""
    return _locked(session, Page.id == page_id)


def other_addresses(session: Session, page_id: int) -> list[Page]:
    """The pages that are other addresses of this one, the oldest first."""
    return list(session.scalars(select(Page).where(Page.joined_to_id == page_id).order_by(Page.id)))


def join(session: Session, page: Page, into: Page) -> list[str]:
    """Make the page another address of `into`; the ids of its cases, which go over, oldest first.

    Both rows must be locked.
    """
    ids = list(session.scalars(select(Case.id).where(Case.page_id == page.id).order_by(Case.id)))
    for table in (Case, CaseKey):
        session.execute(
            update(table)
            .where(table.page_id == page.id)
            .values(page_id=into.id)
            .execution_options(synchronize_session=False)
        )
    session.execute(
        update(Page)
        .where(Page.joined_to_id == page.id)
        .values(joined_to_id=into.id)
        .execution_options(synchronize_session=False)
    )
    page.joined_to_id = into.id
    session.flush()
    session.expire_all()
    return ids


def give_case(session: Session, case: Case, page: Page) -> None:
    """Let the case stand on this page."""
    session.flush()
    session.execute(
        update(CaseKey)
        .where(CaseKey.case_id == case.id)
        .values(page_id=page.id)
        .execution_options(synchronize_session=False)
    )
    case.page_id = page.id
    session.flush()


def _add_if_new(session: Session, *, site_id: int, url: str, now: datetime, **facts: str) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Page)
        .values(site_id=site_id, url=url, url_hash=hash_of(url), created_at=now, **facts)
        .on_conflict_do_nothing(index_elements=["site_id", "url_hash"])
    )


def _locked(session: Session, *which: ColumnElement[bool]) -> Page:
    return session.scalars(
        select(Page).where(*which).with_for_update().execution_options(populate_existing=True)
    ).one()


def lock(session: Session, page_id: int) -> None:
    """Hold the page's row until the commit, as `hold` does."""
    session.execute(select(Page.id).where(Page.id == page_id).with_for_update())
