"""What a reader is told about a report: at once, and later by the receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.case import RESOLVED
from typo_reports.domain.errors import NotFoundError
from typo_reports.domain.own_report import changeable_until
from typo_reports.domain.words import N_
from typo_reports.services import site_language
from typo_reports.storage import reports, withdrawals
from typo_reports.storage.models import Report, WithdrawnReport

AT_ONCE = {
    "received": "Thank you. Your report is with the editors.",
    "known": "Thank you. {readers} readers have reported this; the editors know.",
    "declined": "Thank you. The editors have looked at this and keep it as it is.",
    "fixed": "Thank you. This has been corrected already; your copy of the page is older.",
    "withheld": "Thank you. Your report is kept and will be looked at.",
}

LATER = {
    None: N_("The editors have your report and have not decided yet."),
    "fixed": N_("The error that you reported has been corrected. Thank you."),
    "not-an-error": N_("The editors have looked at this and keep it as it is."),
    "wont-fix": N_("The editors have looked at this and will not change it."),
    "duplicate": N_("The editors have put your report together with another one."),
    "spam": N_("The editors have closed this report."),
}
WITHHELD = N_(
    "Your report is kept. What you selected was not found on the page when we looked, so the "
    "editors see it apart from the others."
)
WITHDRAWN = N_("You have taken this report back. Nothing of what you wrote is kept.")

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a report stands. `exact`, `suggestion` and `comment` are the reader's own texts.

    `status` is open, resolved or withdrawn; `reply` is what the editors say to readers.
    """

    site_name: str
    status: str
    message: str
    readers: int = 0
    resolution: str | None = None
    reply: str | None = None
    exact: str = ""
    suggestion: str | None = None
    comment: str | None = None
    page_url: str | None = None
    page_lang: str | None = None
    changeable_until: datetime | None = None


def receipt(session: Session, token: str, *, now: datetime) -> Receipt:
    """The receipt of this token. Raises NotFoundError for any other text."""
    if _TOKEN.fullmatch(token):
        report = reports.by_receipt(session, token)
        if report is not None:
            return _of(report, now)
        withdrawn = withdrawals.by_receipt(session, token)
        if withdrawn is not None:
            return _of_withdrawn(session, withdrawn)
    raise NotFoundError(N_("There is no such receipt. Perhaps a part of the address is missing."))


def _of(report: Report, now: datetime) -> Receipt:
    case = report.case
    return Receipt(
        site_name=case.site.name,
        status=case.status,
        resolution=case.resolution,
        message=WITHHELD if case.withheld_at is not None else LATER[case.resolution],
        reply=case.reply if case.status == RESOLVED else None,
        readers=case.readers,
        exact=report.exact,
        suggestion=report.suggestion,
        comment=report.comment,
        page_url=case.page.url,
        page_lang=case.page.lang,
        changeable_until=changeable_until(
            created_at=report.created_at, status=case.status, now=now
        ),
    )


def _of_withdrawn(session: Session, report: WithdrawnReport) -> Receipt:
    return Receipt(
        site_name=report.site.name,
        status="withdrawn",
        message=WITHDRAWN,
        # Which page it was is not kept.
        page_lang=site_language.most(session, report.site_id),
    )


def answer_at_once(outcome: str, readers: int, reply: str | None = None) -> str:
    """The sentence for a reader whose report has just come in."""
    if outcome == "declined" and reply is not None:
        return f"The editors looked at this and keep it as it is: {reply}"
    return AT_ONCE[outcome].format(readers=readers)
