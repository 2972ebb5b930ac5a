"""Having a page looked at before its next time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.errors import FieldError, InvalidFieldsError
from typo_reports.domain.report import URL_MOST
from typo_reports.pages.address import page_address
from typo_reports.storage import page_checks
from typo_reports.storage.models import Case, PageCheck, Site


@dataclass(frozen=True, slots=True)
class Published:
    """The page's address as it is kept, and whether there is anything to look for on it."""

    url: str
    is_known: bool


def last_look(session: Session, of: Case) -> PageCheck | None:
    """The last look at the case's page, None before the first."""
    check = page_checks.with_page(session, of.page_id)
    return check if check is not None and check.checked_at is not None else None


def outcomes(session: Session, of: Site) -> dict[str, int]:
    """How the last looks at the site's pages ended: outcome and number of pages."""
    return page_checks.outcomes(session, of.id)


def published(session: Session, site: Site, url: str, *, now: datetime) -> Published:
    """The site has just published this page: look at it now and its intervals begin anew.

    Raises InvalidFieldsError (`url`) for what is no address of the site.
    """
    if not url or len(url) > URL_MOST:
        raise InvalidFieldsError.of("url", "not-a-url", f"url has 1 to {URL_MOST} characters.")
    origins = [origin.origin for origin in site.origins]
    try:
        address = page_address(url, None, origins).url
    except InvalidFieldsError as error:
        renamed = [
            FieldError("url", one.code, one.message.replace("target.source", "url"))
            for one in error.errors
        ]
        raise InvalidFieldsError(renamed) from error
    check = page_checks.of_url_hash(
        session, site_id=site.id, url_hash=hashlib.sha256(address.encode()).digest()
    )
    if check is not None and check.due_at is not None:
        is_looked_at = check.leased_until is not None and check.leased_until > now
        # A look that is under way may have read what was there before.
        check.due_at, check.looks = now if is_looked_at else min(check.due_at, now), 0
    return Published(address, check is not None)
