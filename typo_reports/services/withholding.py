"""Letting a withheld report into the queue by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.errors import ConflictError
from typo_reports.domain.words import N_
from typo_reports.services.actors import Actor
from typo_reports.services.changes import Deed, for_change, write


def release(session: Session, actor: Actor, case_id: str, *, now: datetime) -> Deed:
    """Put the case into the queue; it is not withheld again. ConflictError if it isn't withheld."""
    found = for_change(session, actor, case_id, None)
    if found.withheld_at is None:
        raise ConflictError(N_("This case is not withheld."))
    deed = write(session, found, actor, "released", {"withheld_at": None}, now=now)
    session.flush()
    return deed
