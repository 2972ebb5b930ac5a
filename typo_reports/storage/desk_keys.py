"""The keys that editors prefer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from typo_reports.storage.models import EditorKeys


def of_editor(session: Session, editor_id: int) -> EditorKeys | None:
    """The editor's keys; None for the usual ones."""
    return session.get(EditorKeys, editor_id)


def keep(session: Session, editor_id: int, *, are_on: bool, changed: dict[str, list[str]]) -> None:
    """Store the editor's keys."""
    session.merge(EditorKeys(editor_id=editor_id, are_on=are_on, changed=changed))
