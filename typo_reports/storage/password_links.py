"""Links by which editors choose a password, by the hash of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from typo_reports.storage.models import Editor, PasswordLink


def add(
    session: Session, *, editor_id: int, token_hash: bytes, now: datetime, expires_at: datetime
) -> None:
    """Keep a new link."""
    session.add(
        PasswordLink(
            token_hash=token_hash, editor_id=editor_id, created_at=now, expires_at=expires_at
        )
    )
    session.flush()


def by_hash(session: Session, token_hash: bytes) -> PasswordLink | None:
    """The link with its editor and the editor's memberships."""
    return session.scalars(
        select(PasswordLink)
        .where(PasswordLink.token_hash == token_hash)
        .options(joinedload(PasswordLink.editor).selectinload(Editor.memberships))
    ).one_or_none()


def remove_of_editor(session: Session, editor_id: int) -> None:
    """Make every link of the editor worthless."""
    session.execute(delete(PasswordLink).where(PasswordLink.editor_id == editor_id))


def forget_ended(session: Session, now: datetime) -> None:
    """Delete the links that nobody used in time."""
    session.execute(delete(PasswordLink).where(PasswordLink.expires_at <= now))
