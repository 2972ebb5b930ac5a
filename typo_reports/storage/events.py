"""The history of a case: one row for each deed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, CaseEvent


def add(
    session: Session,
    case: Case,
    *,
    kind: str,
    now: datetime,
    editor_id: int | None = None,
    actor: str | None = None,
    note: str | None = None,
    data: dict[str, Any] | None = None,
) -> CaseEvent:
    """Write one line of the case's history; `data` holds what an undo needs."""
    event = CaseEvent(
        id=new_id(now),
        case_id=case.id,
        site_id=case.site_id,
        kind=kind,
        editor_id=editor_id,
        actor=actor,
        note=note,
        data=data or {},
        created_at=now,
    )
    session.add(event)
    return event
