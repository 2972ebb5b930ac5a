"""A reader changes the correction or the comment of a report that has just been sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import own_report as rules
from typo_reports.domain.errors import TooLateError
from typo_reports.domain.own_report import UNCHANGED, Unchanged, Wording
from typo_reports.domain.verification import USUAL_PACE
from typo_reports.domain.words import N_
from typo_reports.services import digests, own_report, ungrouping
from typo_reports.storage import events, page_checks
from typo_reports.storage.models import Report, WithdrawnReport


def reword(
    session: Session,
    token: str,
    *,
    suggestion: str | Unchanged | None = UNCHANGED,
    comment: str | Unchanged | None = UNCHANGED,
    origin: str | None,
    now: datetime,
    base_url: str,
) -> None:
    """Give the report of this receipt another suggestion or comment; UNCHANGED leaves one be.

    Raises NotFoundError, OriginNotAllowedError, InvalidFieldsError under the rules of a new
    report, and TooLateError when it is older than ten minutes, withdrawn, or decided about.
    """
    report = own_report.held(session, token, origin=origin)
    if isinstance(report, WithdrawnReport):
        raise TooLateError(N_("You have taken this report back, so there is nothing to change."))
    own_report.check_changeable(report, now=now)
    before = Wording(report.suggestion, report.comment)
    wanted = before.with_changes(suggestion=suggestion, comment=comment)
    after = rules.checked_wording(wanted, exact=report.exact)
    if after == before:
        return
    _store(session, report, before, after, now)
    session.flush()
    digests.rewrite_waiting(session, site_id=report.site_id, now=now, base_url=base_url)


def _store(
    session: Session, report: Report, before: Wording, after: Wording, now: datetime
) -> None:
    report.comment = after.comment
    if after.suggestion != before.suggestion:
        ungrouping.give_piece(session, report, after.suggestion, now=now)
        # By another correction the page may say something else, unchanged as it is.
        page_checks.look_by(session, report.case, now + USUAL_PACE.first_look)
    else:
        report.case.version += 1
        report.case.updated_at = now
    events.add(session, report.case, kind="reworded", actor="reader", now=now)
