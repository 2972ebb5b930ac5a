"""Pages of a site, found by their canonical address."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.domain.report import PageFacts
from typo_reports.storage.models import Page


def hold(session: Session, *, site_id: int, url: str, facts: PageFacts, now: datetime) -> Page:
    """The page's row, made if new, its facts brought up to date, and locked until the commit.

    The lock makes two reports about one page come in one after the other, so that the second
    sees the case that the first has opened.
    """
    url_hash = hashlib.sha256(url.encode()).digest()
    known = {name: value for name, value in asdict(facts).items() if name != "canonical" and value}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Page)
        .values(site_id=site_id, url=url, url_hash=url_hash, created_at=now, **known)
        .on_conflict_do_nothing(index_elements=["site_id", "url_hash"])
    )
    page = session.scalars(
        select(Page).where(Page.site_id == site_id, Page.url_hash == url_hash).with_for_update()
    ).one()
    for name, value in known.items():
        if getattr(page, name) != value:
            setattr(page, name, value)
    return page


def lock(session: Session, page_id: int) -> None:
    """Hold the page's row until the commit, as `hold` does."""
    session.execute(select(Page.id).where(Page.id == page_id).with_for_update())
