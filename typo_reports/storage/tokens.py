"""Bearer tokens of the API, by the hash of each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from typo_reports.storage.editors import LARGEST_ID
from typo_reports.storage.models import Site, Token


def add(session: Session, *, site_id: int, name: str, token_hash: bytes, now: datetime) -> Token:
    """Keep a new token."""
    token = Token(
        site_id=site_id,
        name=name,
        token_hash=token_hash,
        created_at=now,
        used_at=None,
        revoked_at=None,
    )
    session.add(token)
    session.flush()
    return token


def by_hash(session: Session, token_hash: bytes) -> Token | None:
    """The token in use with this hash, with its site; None when unknown or revoked."""
    return session.scalars(
        select(Token)
        .where(Token.token_hash == token_hash, Token.revoked_at.is_(None))
        .options(joinedload(Token.site).options(selectinload(Site.origins)))
    ).one_or_none()


def in_use(session: Session, site_id: int) -> list[Token]:
    """The site's tokens that are not revoked."""
    return list(
        session.scalars(select(Token).where(Token.site_id == site_id, Token.revoked_at.is_(None)))
    )


def of_site(session: Session, site_id: int, token_id: int) -> Token | None:
    """The token with this id, if it is this site's."""
    if token_id > LARGEST_ID:
        return None
    return session.scalars(
        select(Token).where(Token.id == token_id, Token.site_id == site_id)
    ).one_or_none()


def note_use(session: Session, token_id: int, *, now: datetime, unless_after: datetime) -> None:
    """Remember that the token was used, unless that is known well enough."""
    session.execute(
        update(Token)
        .where(Token.id == token_id, (Token.used_at.is_(None)) | (Token.used_at <= unless_after))
        .values(used_at=now)
    )
