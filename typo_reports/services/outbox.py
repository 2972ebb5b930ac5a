"""Putting a letter into the outbox, once for each topic."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.delivery import message_host
from typo_reports.mail.letters import WrittenLetter
from typo_reports.storage import letters


def queue_letter(
    session: Session,
    written: WrittenLetter,
    *,
    topic: str,
    kind: str,
    recipient: str,
    now: datetime,
    base_url: str,
    site_id: int | None = None,
    due_at: datetime | None = None,
) -> bool:
    """Queue a letter in the caller's transaction; False when the topic was queued before.

    The worker sends it when `due_at` has come (at once, if None). Its Message-ID is made here.
    """
    return letters.add(
        session,
        topic=topic,
        kind=kind,
        site_id=site_id,
        recipient=recipient,
        subject=written.subject,
        body_text=written.body_text,
        body_html=written.body_html,
        host=message_host(base_url),
        due_at=due_at or now,
        now=now,
    )
