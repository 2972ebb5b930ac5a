"""The keys of one editor."""

from __future__ import annotations

from sqlalchemy.orm import Session

from typo_reports.domain.desk_keys import keys_of
from typo_reports.storage import desk_keys


def of_editor(session: Session, editor_id: int) -> tuple[bool, dict[str, list[str]]]:
    """Whether single keys act, and the keys of each action."""
    row = desk_keys.of_editor(session, editor_id)
    return (True, keys_of({})) if row is None else (row.are_on, keys_of(row.changed))


def keep(session: Session, editor_id: int, *, are_on: bool, changed: dict[str, list[str]]) -> None:
    """Store the editor's keys, checked by `domain.desk_keys.chosen`."""
    desk_keys.keep(session, editor_id, are_on=are_on, changed=changed)
