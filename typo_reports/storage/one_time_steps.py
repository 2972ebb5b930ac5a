"""Steps under way that may be finished once, by the hash of the token of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from typo_reports.storage.models import OneTimeStep


def add(
    session: Session,
    *,
    token_hash: bytes,
    kind: str,
    editor_id: int | None,
    content: dict[str, Any],
    expires_at: datetime,
) -> None:
    """Keep a step until then."""
    session.add(
        OneTimeStep(
            token_hash=token_hash,
            kind=kind,
            editor_id=editor_id,
            content=content,
            expires_at=expires_at,
        )
    )
    session.flush()


def look(session: Session, *, token_hash: bytes, kind: str, now: datetime) -> OneTimeStep | None:
    """The step, if it can still be finished; it stays."""
    return session.scalars(
        select(OneTimeStep).where(
            OneTimeStep.token_hash == token_hash,
            OneTimeStep.kind == kind,
            OneTimeStep.expires_at > now,
        )
    ).one_or_none()


def take(
    session: Session, *, token_hash: bytes, kind: str, now: datetime
) -> tuple[int | None, dict[str, Any]] | None:
    """The editor and the content of the step, which is gone now: of two takers one gets it."""
    taken = session.execute(
        delete(OneTimeStep)
        .where(
            OneTimeStep.token_hash == token_hash,
            OneTimeStep.kind == kind,
            OneTimeStep.expires_at > now,
        )
        .returning(OneTimeStep.editor_id, OneTimeStep.content)
    ).first()
    return (taken[0], taken[1]) if taken is not None else None


def remove_of_editor(session: Session, editor_id: int, kind: str) -> None:
    """Make the editor's steps of this kind worthless."""
    session.execute(
        delete(OneTimeStep).where(OneTimeStep.editor_id == editor_id, OneTimeStep.kind == kind)
    )


def forget_ended(session: Session, now: datetime) -> None:
    """Delete the steps that nobody finished in time."""
    session.execute(delete(OneTimeStep).where(OneTimeStep.expires_at <= now))
