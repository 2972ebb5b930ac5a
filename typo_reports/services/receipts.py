"""What a reader is told about a report: at once, and later by the receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotFoundError
from typo_reports.storage import reports

AT_ONCE = {
    "received": "Thank you. Your report is with the editors.",
    "known": "Thank you. {readers} readers have reported this; the editors know.",
    "declined": "Thank you. The editors have looked at this and keep it as it is.",
    "fixed": "Thank you. This has been corrected already; your copy of the page is older.",
    "withheld": "Thank you. Your report is kept and will be looked at.",
}

LATER = {
    None: "The editors have your report and have not decided yet.",
    "fixed": "The error that you reported has been corrected. Thank you.",
    "not-an-error": "The editors have looked at this and keep it as it is.",
    "wont-fix": "The editors have looked at this and will not change it.",
    "duplicate": "The editors have put your report together with another one.",
    "spam": "The editors have closed this report.",
}
WITHHELD = (
    "Your report is kept. What you selected was not found on the page when we looked, so the "
    "editors see it apart from the others."
)


_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a report stands. `exact` is the reader's own selection."""

    site_name: str
    status: str
    resolution: str | None
    message: str
    readers: int
    exact: str
    page_url: str


def receipt(session: Session, token: str) -> Receipt:
    """The receipt of this token. Raises NotFoundError for any other text."""
    report = reports.by_receipt(session, token) if _TOKEN.fullmatch(token) else None
    if report is None:
        raise NotFoundError("There is no such receipt. Perhaps a part of the address is missing.")
    case = report.case
    return Receipt(
        site_name=case.site.name,
        status=case.status,
        resolution=case.resolution,
        message=WITHHELD if case.withheld_at is not None else LATER[case.resolution],
        readers=case.readers,
        exact=report.exact,
        page_url=case.page.url,
    )


def answer_at_once(outcome: str, readers: int) -> str:
    """The sentence for a reader whose report has just come in."""
    return AT_ONCE[outcome].format(readers=readers)
