"""Taking one report in: check it, find its case, store it; all in the caller's transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import report as rules
from typo_reports.domain.errors import IdReusedError, InvalidFieldsError, OriginNotAllowedError
from typo_reports.domain.own_report import changeable_until
from typo_reports.domain.report import Submission
from typo_reports.pages.address import page_address
from typo_reports.services import grouping, guard, house_style
from typo_reports.services.quotas import Quotas
from typo_reports.services.receipts import WITHDRAWN, answer_at_once
from typo_reports.storage import pages, reports, sites, withdrawals
from typo_reports.storage.models import Case, Report, Site

# What a closed case answers to a later reader; a fixed one is opened again instead.
OUTCOME_OF = {"not-an-error": "declined", "wont-fix": "declined", "spam": "declined"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader is told. `is_new` is False when the same report came again.

    `reply` is what the editors have said to readers; until `changeable_until` the reader may
    change the report or take it back.
    """

    case_id: str
    outcome: str
    readers: int
    message: str
    receipt_token: str
    is_new: bool
    reply: str | None = None
    changeable_until: datetime | None = None


def accept(
    session: Session,
    submission: Submission,
    *,
    origin: str | None,
    network_key: str,
    per_minute: int,
    secret_key: str,
    quotas: Quotas,
    now: datetime,
) -> Answer:
    """Store the report under its case and say what becomes of it.

    `origin` is the browser's Origin header, None from a program. Raises InvalidFieldsError,
    OriginNotAllowedError, IdReusedError, TooManyError; nothing is stored then.
    """
    submission = rules.checked(submission)
    site = _site(session, submission.site)
    origins = [row.origin for row in site.origins]
    if origin is not None and origin not in origins:
        raise OriginNotAllowedError(
            f"{origin[:300]} is not registered for this site. Its editors can add it under Sites."
        )
    fingerprint = _fingerprint(submission)
    known = _known(session, submission.id, fingerprint, now)
    if known is not None:
        return known
    address = page_address(submission.source, submission.page.canonical, origins)
    page = pages.hold(session, site_id=site.id, url=address.url, facts=submission.page, now=now)
    answered_by = house_style.answering(session, site.id, submission)
    placed = grouping.place(session, page, submission, now=now)
    case = placed.case
    if answered_by is not None and placed.is_new and not placed.decision.takes:
        # Before anything is written: no look at the page, no place in the queue.
        house_style.fold(session, case, answered_by, now=now)
    # What the desk has found, and nobody has reported, this reader is the first to report.
    is_first = placed.is_new or (case.search_id is not None and case.readers == 0)
    outcome = _outcome(case, is_new=is_first and case.status == "open")
    report = _report(submission, site, case, address.source, fingerprint, outcome, now)
    reports.add(session, report)
    grouping.joined(session, placed, now=now)
    # Counted last: the site's counter stays locked only for the commit, not for the look-ups.
    guard.admit(
        session,
        quotas,
        site_id=site.id,
        network_key=network_key,
        per_minute=per_minute,
        secret_key=secret_key,
        now=now,
    )
    return _answer(report, case, outcome, is_new=True, now=now)


def _site(session: Session, key: str) -> Site:
    site = sites.by_key(session, key) if len(key) <= 64 and "\0" not in key else None
    if site is None:
        raise InvalidFieldsError.of(
            "site", "unknown-site", "There is no site with this key. Look at data-site in the tag."
        )
    return site


def _fingerprint(submission: Submission) -> bytes:
    text = json.dumps(asdict(submission), sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def _known(session: Session, report_id: str, fingerprint: bytes, now: datetime) -> Answer | None:
    """The answer to a report that came before, be it withdrawn meanwhile."""
    report = reports.by_id(session, report_id)
    if report is not None:
        if not secrets.compare_digest(report.fingerprint, fingerprint):
            raise IdReusedError("A different report has come in with this id. Make a new id.")
        return _answer(report, report.case, report.outcome, is_new=False, now=now)
    withdrawn = withdrawals.by_id(session, report_id)
    if withdrawn is None:
        return None
    return Answer(
        case_id=withdrawn.case_id,
        outcome="received",
        readers=0,
        message=WITHDRAWN,
        receipt_token=withdrawn.receipt_token,
        is_new=False,
    )


def _outcome(case: Case, *, is_new: bool) -> str:
    if is_new:
        return "received"
    if case.status == "open" and case.withheld_at is not None:
        return "withheld"
    return OUTCOME_OF.get(case.resolution or "", "known")


def _report(
    submission: Submission,
    site: Site,
    case: Case,
    source: str,
    fingerprint: bytes,
    outcome: str,
    now: datetime,
) -> Report:
    selector = submission.selector
    return Report(
        id=submission.id,
        site_id=site.id,
        case_id=case.id,
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
        suggestion=submission.suggestion,
        comment=submission.comment,
        reply_to=submission.reply_to,
        source_url=source,
        piece_key=grouping.piece_key(submission),
        fingerprint=fingerprint,
        outcome=outcome,
        receipt_token=secrets.token_urlsafe(18),
        created_at=now,
    )


def _answer(report: Report, case: Case, outcome: str, *, is_new: bool, now: datetime) -> Answer:
    reply = case.reply if outcome == "declined" else None
    return Answer(
        case_id=case.id,
        outcome=outcome,
        readers=case.readers,
        message=answer_at_once(outcome, case.readers, reply),
        reply=reply,
        receipt_token=report.receipt_token,
        is_new=is_new,
        changeable_until=changeable_until(
            created_at=report.created_at, status=case.status, now=now
        ),
    )
