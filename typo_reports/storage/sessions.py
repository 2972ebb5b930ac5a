"""Signed-in browsers. The row is the session: without it the cookie means nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, joinedload

from typo_reports.domain.browser_session import LONGEST, LONGEST_UNUSED
from typo_reports.storage.models import Editor, EditorSession


def add(
    session: Session,
    *,
    editor_id: int,
    token_hash: bytes,
    browser: str | None,
    way: str,
    now: datetime,
) -> None:
    """Keep a new signed-in browser."""
    session.add(
        EditorSession(
            token_hash=token_hash,
            editor_id=editor_id,
            created_at=now,
            seen_at=now,
            browser=browser,
            way=way,
        )
    )
    session.flush()


def by_hash(session: Session, token_hash: bytes) -> EditorSession | None:
    """The signed-in browser with its editor and the editor's memberships."""
    return session.scalars(
        select(EditorSession)
        .where(EditorSession.token_hash == token_hash)
        .options(joinedload(EditorSession.editor).selectinload(Editor.memberships))
    ).one_or_none()


def of_editor(session: Session, editor_id: int) -> list[EditorSession]:
    """All signed-in browsers of an editor, the most recently seen first."""
    return list(
        session.scalars(
            select(EditorSession)
            .where(EditorSession.editor_id == editor_id)
            .order_by(EditorSession.seen_at.desc(), EditorSession.token_hash)
        )
    )


def note_seen(session: Session, token_hash: bytes, now: datetime) -> None:
    """Remember that the browser was just used."""
    session.execute(
        update(EditorSession).where(EditorSession.token_hash == token_hash).values(seen_at=now)
    )


def remove(session: Session, token_hash: bytes) -> None:
    """Sign out one browser."""
    session.execute(delete(EditorSession).where(EditorSession.token_hash == token_hash))


def remove_of_editor(session: Session, editor_id: int, *, but: bytes | None = None) -> int:
    """Sign out all browsers of an editor, except one; returns how many."""
    statement = delete(EditorSession).where(EditorSession.editor_id == editor_id)
    if but is not None:
        statement = statement.where(EditorSession.token_hash != but)
    return len(session.execute(statement.returning(EditorSession.token_hash)).all())


def forget_ended(session: Session, now: datetime) -> int:
    """Delete the sessions that ended by themselves; returns how many."""
    created_before, seen_before = now - LONGEST, now - LONGEST_UNUSED
    gone = session.execute(
        delete(EditorSession)
        .where(
            or_(EditorSession.created_at <= created_before, EditorSession.seen_at <= seen_before)
        )
        .returning(EditorSession.token_hash)
    )
    return len(gone.all())
