"""Where a case's passage stands, for the script that marks it on the site's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.case import WITHDRAWN
from typo_reports.domain.errors import NotFoundError, OriginNotAllowedError
from typo_reports.domain.selector import Selector
from typo_reports.domain.words import N_
from typo_reports.pages.certain import certain_window
from typo_reports.pages.target import Target, target_of
from typo_reports.services import guard
from typo_reports.services.quotas import Limit, Quotas
from typo_reports.storage import cases

PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """The passage, the correction that most readers proposed, and what is to be looked for.

    `certain` is what surely tells the place where it stands once on the page, if anything does.
    """

    selector: Selector
    suggestion: str | None
    target: Target
    certain: tuple[str, str, str] | None


def place(session: Session, case_id: str, *, origin: str | None) -> Place:
    """The place of this case (a UUID in canonical form), on no page but the site's own.

    `origin` is the browser's Origin header; it sends none from a page of our own origin. Raises
    NotFoundError, OriginNotAllowedError.
    """
    case = cases.with_parts(session, case_id)
    if case is None or case.status == WITHDRAWN:
        raise NotFoundError(N_("There is no such case."))
    if origin is not None and origin not in {row.origin for row in case.site.origins}:
        raise OriginNotAllowedError("This place is told to pages of its own site only.")
    suggested = cases.suggestions(session, [case.id]).get(case.id, ())
    selector = Selector(case.exact, case.prefix, case.suffix, case.start, case.end)
    suggestion = suggested[0].text if suggested else case.correction
    return Place(
        selector,
        suggestion,
        target_of(selector, suggestion),
        certain_window(selector, suggestion),
    )


def admit(
    session: Session, quotas: Quotas, *, network_key: str, secret_key: str, now: datetime
) -> None:
    """Count one question of this connection. Raises TooManyError that says when to try again."""
    reader = guard.hashed_reader(session, network_key, secret_key=secret_key, now=now)
    quotas.spend_each(
        session, [Limit(f"places/{reader}/minute", PER_MINUTE, guard.MINUTE)], now=now
    )
