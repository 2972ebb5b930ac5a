"""What is thrown away by itself: ended quotas, old salts, sessions that nobody uses."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.services import elsewhere_words
from typo_reports.storage import (
    elsewhere,
    leases,
    letters,
    one_time_steps,
    password_links,
    quotas,
    salts,
    sessions,
    withdrawals,
)

# A day's salt is needed until that day is over everywhere; it is gone before 48 hours are.
SALT_DAYS_KEPT = 1
LETTERS_KEPT = timedelta(days=30)
# Longer than a browser keeps trying to send a report.
WITHDRAWN_KEPT = timedelta(days=60)


def tidy(session: Session, *, now: datetime) -> None:
    """Delete what is over. Calling it again changes nothing."""
    quotas.forget_ended(session, now)
    salts.forget_before(session, (now - timedelta(days=SALT_DAYS_KEPT)).date())
    sessions.forget_ended(session, now)
    leases.forget_ended(session, now)
    password_links.forget_ended(session, now)
    one_time_steps.forget_ended(session, now)
    letters.forget_done(session, before=now - LETTERS_KEPT)
    elsewhere.forget(session, before=now - elsewhere_words.KEPT)
    withdrawals.forget(session, before=now - WITHDRAWN_KEPT)
