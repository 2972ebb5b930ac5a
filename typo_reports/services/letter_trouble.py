"""What the desk is told of letters that can't be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.storage import letters


@dataclass(frozen=True, slots=True)
class TroubledLetter:
    """A letter that failed for good, or waits after a failed attempt."""

    recipient: str
    subject: str
    state: str
    attempts: int
    last_error: str
    next_attempt_at: datetime | None


def troubled(session: Session, *, limit: int = 50) -> list[TroubledLetter]:
    """The letters with an error, newest first."""
    return [
        TroubledLetter(
            recipient=letter.recipient,
            subject=letter.subject,
            state=letter.state,
            attempts=letter.attempts,
            last_error=letter.last_error or "",
            next_attempt_at=letter.due_at if letter.state == letters.WAITING else None,
        )
        for letter in letters.with_error(session, limit=limit)
    ]
