"""Cases for tests of the queue and the desk, made directly in the tables."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.services.people import NOW
from typo_reports.storage import events
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, Page, Report


def add_page(session: Session, site_id: int, path: str = "/a", **facts: Any) -> Page:
    """A page of the site at this path of planet.example."""
    url = f"https://planet.example{path}"
    facts = {"title": "A page", "lang": "en", **facts}
    page = Page(
        site_id=site_id,
        url=url,
        url_hash=hashlib.sha256(url.encode()).digest(),
        created_at=NOW,
        **facts,
    )
    session.add(page)
    session.flush()
    return page


def add_case(
    session: Session,
    page: Page,
    exact: str = "seperate",
    *,
    suggestions: tuple[str | None, ...] = ("separate",),
    comment: str | None = None,
    at: datetime = NOW,
    **columns: Any,
) -> Case:
    """An open case with one report for each suggestion; None is a report without one."""
    case = Case(
        id=new_id(at),
        site_id=page.site_id,
        page_id=page.id,
        exact=exact,
        core={"pieces": []},
        readers=len(suggestions),
        created_at=at,
        updated_at=at,
        **{"status": "open", "prefix": "found two ", "suffix": " cracks", **columns},
    )
    session.add(case)
    session.flush()
    events.add(session, case, kind="reported", actor="reader", now=at)
    for number, suggestion in enumerate(suggestions):
        session.add(
            Report(
                id=new_id(at + timedelta(milliseconds=number)),
                site_id=case.site_id,
                case_id=case.id,
                exact=exact,
                prefix=case.prefix,
                suffix=case.suffix,
                suggestion=suggestion,
                comment=comment if number == 0 else None,
                source_url=page.url,
                piece_key="00000000",
                fingerprint=b"0" * 32,
                outcome="received",
                receipt_token=secrets.token_urlsafe(18),
                created_at=at,
            )
        )
    session.flush()
    return case
