"""Passkeys of editors."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from typo_reports.domain.errors import ConflictError
from typo_reports.storage.editors import LARGEST_ID
from typo_reports.storage.models import Passkey


def of_editor(session: Session, editor_id: int) -> list[Passkey]:
    """The editor's passkeys, the oldest first."""
    return list(
        session.scalars(
            select(Passkey)
            .where(Passkey.editor_id == editor_id)
            .order_by(Passkey.created_at, Passkey.id)
        )
    )


def editors_with_one(session: Session) -> set[int]:
    """The ids of all editors who have a passkey."""
    return set(session.scalars(select(Passkey.editor_id).distinct()))


def by_credential_id(session: Session, credential_id: bytes) -> Passkey | None:
    """The passkey that a device calls so, with its editor."""
    return session.scalars(
        select(Passkey)
        .where(Passkey.credential_id == credential_id)
        .options(joinedload(Passkey.editor))
    ).one_or_none()


def add(
    session: Session,
    *,
    editor_id: int,
    name: str,
    credential_id: bytes,
    public_key: bytes,
    user_handle: bytes,
    sign_count: int,
    now: datetime,
) -> None:
    """Keep a new passkey; raises ConflictError when there is one of this credential."""
    passkey = Passkey(
        editor_id=editor_id,
        name=name,
        credential_id=credential_id,
        public_key=public_key,
        user_handle=user_handle,
        sign_count=sign_count,
        created_at=now,
        used_at=None,
    )
    try:
        with session.begin_nested():
            session.add(passkey)
    except IntegrityError as error:
        raise ConflictError("This passkey is known already.") from error


def note_use(
    session: Session, passkey_id: int, *, sign_count: int, seen: int, now: datetime
) -> bool:
    """Note the device's new count; False when another request noted one meanwhile."""
    noted = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.sign_count == seen)
        .values(sign_count=sign_count, used_at=now)
        .returning(Passkey.id)
        .execution_options(synchronize_session="fetch")
    )
    return noted.first() is not None


def rename(session: Session, passkey_id: int, *, editor_id: int, name: str) -> bool:
    """Call the editor's passkey so; False when it isn't theirs or is gone."""
    if passkey_id > LARGEST_ID:
        return False
    renamed = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey_id, Passkey.editor_id == editor_id)
        .values(name=name)
        .returning(Passkey.id)
        .execution_options(synchronize_session="fetch")
    )
    return renamed.first() is not None


def remove(session: Session, passkey_id: int, *, editor_id: int) -> str | None:
    """Forget the editor's passkey; its name, or None when it isn't theirs or is gone."""
    if passkey_id > LARGEST_ID:
        return None
    return session.scalars(
        delete(Passkey)
        .where(Passkey.id == passkey_id, Passkey.editor_id == editor_id)
        .returning(Passkey.name)
    ).first()


def remove_of_editor(session: Session, editor_id: int) -> int:
    """Forget all passkeys of the editor; returns how many."""
    gone = session.execute(
        delete(Passkey).where(Passkey.editor_id == editor_id).returning(Passkey.id)
    )
    return len(gone.all())
