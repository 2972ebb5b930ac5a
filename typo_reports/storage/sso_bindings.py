"""Who is who at the provider of single sign-on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from typo_reports.domain.errors import ConflictError
from typo_reports.storage.models import SsoBinding


def by_subject(session: Session, *, issuer: str, subject: str) -> SsoBinding | None:
    """The binding of this person at this provider, with the editor."""
    return session.scalars(
        select(SsoBinding)
        .where(SsoBinding.issuer == issuer, SsoBinding.subject == subject)
        .options(joinedload(SsoBinding.editor))
    ).one_or_none()


def is_bound(session: Session, editor_id: int, *, issuer: str | None = None) -> bool:
    """Whether the editor is somebody at this provider, or at any."""
    statement = select(SsoBinding.subject).where(SsoBinding.editor_id == editor_id)
    if issuer is not None:
        statement = statement.where(SsoBinding.issuer == issuer)
    return session.scalars(statement.limit(1)).first() is not None


def add(session: Session, *, issuer: str, subject: str, editor_id: int, now: datetime) -> None:
    """Bind them; raises ConflictError when either is bound already."""
    binding = SsoBinding(issuer=issuer, subject=subject, editor_id=editor_id, bound_at=now)
    try:
        with session.begin_nested():
            session.add(binding)
    except IntegrityError as error:
        raise ConflictError("This account was bound a moment ago. Please try again.") from error


def remove_of_editor(session: Session, editor_id: int) -> None:
    """Release the editor from every provider."""
    session.execute(delete(SsoBinding).where(SsoBinding.editor_id == editor_id))
