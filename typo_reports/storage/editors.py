"""Editors and which sites they are on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from typo_reports.domain.errors import ConflictError
from typo_reports.storage.models import Editor, Membership

# What PostgreSQL's INTEGER holds; asking for more is an error there, not an empty answer.
LARGEST_ID = 2**31 - 1


def add(
    session: Session,
    *,
    email: str,
    email_key: str,
    name: str,
    role: str,
    password_hash: str | None,
    now: datetime,
) -> Editor:
    """Store a new editor without sites; raises ConflictError when the address is taken."""
    editor = Editor(
        email=email,
        email_key=email_key,
        name=name,
        role=role,
        password_hash=password_hash,
        is_active=True,
        created_at=now,
        memberships=[],
    )
    try:
        with session.begin_nested():
            session.add(editor)
    except IntegrityError as error:
        raise ConflictError("There is already an account with this e-mail address.") from error
    return editor


def by_id(session: Session, editor_id: int) -> Editor | None:
    """The editor with this id, with memberships."""
    if editor_id > LARGEST_ID:
        return None
    return session.scalars(
        select(Editor).where(Editor.id == editor_id).options(selectinload(Editor.memberships))
    ).one_or_none()


def by_email_key(session: Session, email_key: str) -> Editor | None:
    """The editor whose folded address this is."""
    return session.scalars(select(Editor).where(Editor.email_key == email_key)).one_or_none()


def set_address(session: Session, editor: Editor, *, email: str, email_key: str) -> None:
    """Give the editor this address; raises ConflictError when another account has it."""
    try:
        with session.begin_nested():
            editor.email, editor.email_key = email, email_key
    except IntegrityError as error:
        raise ConflictError("This address belongs to another account.") from error


def note_language(session: Session, editor_id: int, language: str) -> None:
    """Remember in which language the desk spoke to the editor."""
    session.execute(update(Editor).where(Editor.id == editor_id).values(last_language=language))


def has_admin(session: Session) -> bool:
    """Whether somebody can look after the installation."""
    statement = select(Editor.id).where(Editor.role == "admin", Editor.is_active).limit(1)
    return session.scalars(statement).first() is not None


def lock(session: Session, editor_id: int) -> Editor | None:
    """The editor, as stored at this moment and locked until the transaction ends."""
    return session.scalars(
        select(Editor)
        .where(Editor.id == editor_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def all_of(session: Session) -> list[Editor]:
    """Every editor with memberships and their sites: active ones first, by name."""
    return list(
        session.scalars(
            select(Editor)
            .options(selectinload(Editor.memberships).selectinload(Membership.site))
            .order_by(Editor.is_active.desc(), func.lower(Editor.name), Editor.id)
        )
    )


def lock_active_admins(session: Session) -> list[Editor]:
    """The active admins, locked until the transaction ends.

    Two admins who demote each other at the same moment would otherwise leave none.
    """
    return list(
        session.scalars(
            select(Editor)
            .where(Editor.role == "admin", Editor.is_active)
            .order_by(Editor.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def replace_sites(
    session: Session, editor: Editor, site_ids: Collection[int], *, digest_hour: int | None
) -> None:
    """Put the editor on exactly these sites. A site that is new to them gets `digest_hour`."""
    kept = {member.site_id: member for member in editor.memberships}
    editor.memberships = [
        kept.get(site_id) or Membership(site_id=site_id, digest_hour=digest_hour)
        for site_id in sorted(site_ids)
    ]
    session.flush()
