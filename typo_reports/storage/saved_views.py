"""Saved views of the queue."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.models import SavedView


def visible(session: Session, editor_id: int, site_ids: Collection[int]) -> list[SavedView]:
    """The editor's own views and those shared with the desks of these sites, by name."""
    return list(
        session.scalars(
            select(SavedView)
            .where(or_(SavedView.editor_id == editor_id, SavedView.site_id.in_(site_ids)))
            .options(joinedload(SavedView.editor, innerjoin=True), joinedload(SavedView.site))
            .order_by(func.lower(SavedView.name), SavedView.id)
        )
    )


def count_of(session: Session, editor_id: int) -> int:
    """How many views the editor has saved."""
    return session.scalar(select(func.count()).where(SavedView.editor_id == editor_id)) or 0


def add(session: Session, view: SavedView) -> None:
    """Store a new view."""
    session.add(view)
    session.flush()


def remove(session: Session, view_id: str) -> None:
    """Delete the view."""
    session.execute(delete(SavedView).where(SavedView.id == view_id))
