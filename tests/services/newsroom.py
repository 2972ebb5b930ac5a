"""A small newsroom for tests of letters: a site, editors on its desk, cases with readers."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.storage.ids import new_id
from typo_reports.storage.models import (
    Case,
    Editor,
    Membership,
    Page,
    Report,
    Site,
    SiteOrigin,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DESK = "http://desk.example"
ORIGIN = "https://gazette.example"
_numbers = itertools.count(1)


def add_site(session: Session, key: str = "gazette", name: str = "The Harbour Gazette") -> Site:
    """A site with one origin."""
    site = Site(key=key, name=name, created_at=NOW, origins=[SiteOrigin(origin=ORIGIN)])
    session.add(site)
    session.flush()
    return site


def add_editor(
    session: Session,
    site: Site,
    email: str = "ann@gazette.example",
    *,
    hour: int | None = 8,
    time_zone: str = "UTC",
    digested_on: date | None = None,
    is_active: bool = True,
) -> Membership:
    """An editor on the desk of the site, with the hour of the digest."""
    editor = Editor(
        email=email,
        email_key=email.casefold(),
        name=email.partition("@")[0].title(),
        role="editor",
        time_zone=time_zone,
        is_active=is_active,
        created_at=NOW,
        memberships=[],
    )
    session.add(editor)
    session.flush()
    member = Membership(
        editor_id=editor.id, site_id=site.id, digest_hour=hour, digested_on=digested_on
    )
    session.add(member)
    session.flush()
    return member


def add_case(
    session: Session,
    site: Site,
    *,
    created_at: datetime = NOW - timedelta(hours=2),
    page: dict[str, Any] | None = None,
    report: dict[str, Any] | None = None,
    **values: Any,
) -> Case:
    """An open case with one report; `page`, `report` and `values` replace what is usual."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "url": f"{ORIGIN}/{number}",
        "title": "Harbour bridge reopens",
        "section": "City",
        "author": "Jo Writer",
    } | (page or {})
    stored_page = Page(
        site_id=site.id,
        url_hash=hashlib.sha256(f"{number}".encode()).digest(),
        created_at=created_at,
        **facts,
    )
    session.add(stored_page)
    session.flush()
    facts = {
        "status": "open",
        "exact": "anotation",
        "prefix": "selects a typo ('",
        "suffix": "') in a web page",
        "readers": 1,
    } | values
    case = Case(
        id=new_id(created_at),
        site_id=site.id,
        page_id=stored_page.id,
        core={"pieces": []},
        created_at=created_at,
        updated_at=created_at,
        **facts,
    )
    session.add(case)
    session.flush()
    add_report(session, case, created_at=created_at, **(report or {}))
    return case


def add_report(
    session: Session, case: Case, *, created_at: datetime = NOW, **values: Any
) -> Report:
    """One more report on the case."""
    facts: dict[str, Any] = {"suggestion": "annotation"} | values
    report = Report(
        id=new_id(created_at),
        site_id=case.site_id,
        case_id=case.id,
        exact=case.exact,
        prefix=case.prefix,
        suffix=case.suffix,
        source_url=ORIGIN,
        piece_key="",
        fingerprint=b"f" * 32,
        outcome="received",
        receipt_token=f"receipt-{next(_numbers)}",
        created_at=created_at,
        **facts,
    )
    session.add(report)
    session.flush()
    return report
