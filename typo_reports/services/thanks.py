"""Thanking the readers who asked to hear when the error that they reported is fixed."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain import delivery as rules
from typo_reports.domain.case import FIXED
from typo_reports.domain.languages import ENGLISH, spoken
from typo_reports.domain.reply import is_told
from typo_reports.mail import letters
from typo_reports.mail.letters import WrittenLetter
from typo_reports.services.outbox import queue_letter
from typo_reports.storage import digests, quotas
from typo_reports.storage import letters as outbox
from typo_reports.storage.models import Case, Report

DAY = timedelta(days=1)


def keep_promise(session: Session, *, case_id: str, now: datetime, base_url: str) -> None:
    """After any deed on a case: tell its readers what became of it, or take that back."""
    session.flush()
    if not thank_reader(session, case_id=case_id, now=now, base_url=base_url):
        case = session.get(Case, case_id)
        if case is not None and not is_told(case.resolution, case.reply):
            take_back_thanks(session, case_id=case_id)


def thank_reader(session: Session, *, case_id: str, now: datetime, base_url: str) -> int:
    """Queue one letter to each address that wants to hear of this case; returns how many.

    To be called in the transaction that resolves the case; does nothing unless it is fixed, or
    closed with a reply, and that within a day: what was thanked for long ago is forgotten
    (services/tidying). The letters wait for THANKS_PAUSE, in which `take_back_thanks` undoes it.
    One address is thanked once for a case and a few times a day, whatever the reports say.
    """
    case = session.get(Case, case_id)
    if case is None or not is_told(case.resolution, case.reply) or case.resolved_at is None:
        return 0
    if now - case.resolved_at > DAY:
        return 0
    reports = digests.asking_reports(session, case_id, limit=rules.THANKS_PER_CASE)
    return sum(_thank(session, case, report, now, base_url) for report in reports)


def take_back_thanks(session: Session, *, case_id: str) -> int:
    """Drop the thanks that still wait, since the case is open again; returns how many."""
    return outbox.withdraw(session, topic_start=_topic(case_id))


def _thank(session: Session, case: Case, report: Report, now: datetime, base_url: str) -> bool:
    address = (report.reply_to or "").strip()
    # Hashed, since a topic and a quota are kept longer than the letter.
    mark = hashlib.sha256(address.casefold().encode("utf-8", errors="replace"))
    quota = hashlib.sha256(b"thanks/" + mark.digest()).digest()
    count, _ = quotas.count_one(session, key=quota, window=DAY, now=now)
    is_queued = count <= rules.THANKS_PER_ADDRESS_AND_DAY and queue_letter(
        session,
        _written(case, report, base_url),
        topic=f"{_topic(case.id)}{mark.hexdigest()[:32]}",
        kind=rules.FIXED,
        recipient=address,
        now=now,
        base_url=base_url,
        site_id=case.site_id,
        due_at=now + rules.THANKS_PAUSE,
    )
    if not is_queued:
        quotas.count_one_less(session, key=quota, now=now)
    return is_queued


def _written(case: Case, report: Report, base_url: str) -> WrittenLetter:
    # What the page speaks, its reader reads.
    language = spoken(case.page.lang) or ENGLISH
    site_name, receipt_url = case.site.name, f"{base_url}/r/{report.receipt_token}"
    if case.resolution != FIXED and case.reply is not None:
        return letters.answered(
            site_name=site_name,
            reported_at=report.created_at,
            receipt_url=receipt_url,
            reply=case.reply,
            language=language,
        )
    return letters.fixed(
        site_name=site_name,
        reported_at=report.created_at,
        receipt_url=receipt_url,
        reply=case.reply,
        language=language,
    )


def _topic(case_id: str) -> str:
    return f"fixed:{case_id}:"
