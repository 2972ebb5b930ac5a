"""Counts for monitoring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from typo_reports.storage.models import Case, Letter, Report, Site


def cases_by_status(session: Session) -> Sequence[Any]:
    """Rows of (site key, status, resolution, number)."""
    return session.execute(
        select(Site.key, Case.status, Case.resolution, func.count())
        .join(Site, Site.id == Case.site_id)
        .group_by(Site.key, Case.status, Case.resolution)
    ).all()


def reports_stored(session: Session) -> int:
    """How many reports there are."""
    return session.scalar(select(func.count()).select_from(Report)) or 0


def letters_by_state(session: Session) -> Sequence[Any]:
    """Rows of (state, number)."""
    return session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all()


def letters_late(session: Session, *, before: datetime) -> int:
    """How many letters should have gone out before this time and haven't."""
    return (
        session.scalar(
            select(func.count()).where(Letter.state == "waiting", Letter.due_at < before)
        )
        or 0
    )
