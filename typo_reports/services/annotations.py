"""Open cases as W3C Web Annotations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from typo_reports.domain.annotation import annotation_page
from typo_reports.domain.case import OPEN
from typo_reports.domain.queue import OLDEST, Question
from typo_reports.services import review
from typo_reports.services.review import Actor

PAGE_SIZE = 100


def collection(
    session: Session, actor: Actor, *, site: str | None, cursor: str | None, base_url: str
) -> dict[str, Any]:
    """One page of the actor's open cases, oldest first, with the address of the next."""
    page = review.queue(
        session,
        actor,
        Question(site=site, status=OPEN, sort=OLDEST),
        cursor=cursor,
        limit=PAGE_SIZE,
    )
    cases = [review.case_document(view, base_url=base_url) for view in page.cases]
    return annotation_page(
        cases,
        address=_address(base_url, site, cursor),
        following=_address(base_url, site, page.next_cursor) if page.next_cursor else None,
    )


def _address(base_url: str, site: str | None, cursor: str | None) -> str:
    query = urlencode([("site", site or ""), *([("cursor", cursor)] if cursor else [])])
    return f"{base_url}/api/v1/annotations?{query}"
