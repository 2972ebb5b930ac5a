"""A reader's own report, held so that its reader may change it or take it back."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import own_report as rules
from typo_reports.domain.errors import NotFoundError, OriginNotAllowedError
from typo_reports.domain.words import N_
from typo_reports.services import guard
from typo_reports.services.quotas import Limit, Quotas
from typo_reports.storage import withdrawals
from typo_reports.storage.models import Report, Site, WithdrawnReport

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def held(session: Session, token: str, *, origin: str | None) -> Report | WithdrawnReport:
    """The report of this receipt, locked until the commit, or what is remembered of it.

    `origin` is the browser's Origin header, None from a program or our own page. Raises
    NotFoundError for another token, OriginNotAllowedError for another site's page.
    """
    found: Report | WithdrawnReport | None = None
    if _TOKEN.fullmatch(token):
        found = withdrawals.held(session, token) or withdrawals.by_receipt(session, token)
    if found is None:
        raise NotFoundError(
            N_("There is no such receipt. Perhaps a part of the address is missing.")
        )
    site = found.site if isinstance(found, WithdrawnReport) else found.case.site
    _check_origin(site, origin)
    return found


def check_changeable(report: Report, *, now: datetime) -> None:
    """Raise TooLateError if the report stays as it is, by age or since editors have decided."""
    rules.check_changeable(created_at=report.created_at, status=report.case.status, now=now)


def admit(
    session: Session,
    quotas: Quotas,
    *,
    network_key: str,
    per_minute: int,
    secret_key: str,
    now: datetime,
) -> None:
    """Count one attempt of this connection. Raises TooManyError that says when to try again.

    To be called in a transaction of its own, so that attempts that fail count, too.
    """
    reader = guard.hashed_reader(session, network_key, secret_key=secret_key, now=now)
    quotas.spend_each(
        session,
        [
            Limit(f"own-report/{reader}/minute", per_minute, guard.MINUTE),
            Limit(f"own-report/{reader}/hour", per_minute * guard.HOUR_FACTOR, guard.HOUR),
        ],
        now=now,
    )


def _check_origin(site: Site, origin: str | None) -> None:
    if origin is not None and origin not in {row.origin for row in site.origins}:
        raise OriginNotAllowedError(
            f"{origin[:300]} is not registered for this site. Its editors can add it under Sites."
        )
