"""Bearer tokens of the API: each opens one site to a program."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotFoundError
from typo_reports.domain.labels import checked_name
from typo_reports.domain.words import N_
from typo_reports.services.sites import site_by_key
from typo_reports.storage import sites, tokens
from typo_reports.storage.models import Site, Token

PREFIX = "typo_"
# 32 random bytes in base64url.
_SHAPE = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
USE_NOTED_EVERY = timedelta(hours=1)


def add_token(session: Session, *, site_key: str, name: str, now: datetime) -> str:
    """A new token for the site, to be shown once: only its hash is kept.

    Raises NotFoundError for an unknown site, InvalidFieldsError (`name`).
    """
    site = site_by_key(session, site_key)
    if site is None:
        raise NotFoundError(N_("There is no such site."))
    label = checked_name(name, field="name")
    token = PREFIX + secrets.token_urlsafe(32)
    tokens.add(session, site_id=site.id, name=label, token_hash=_hash(token), now=now)
    return token


def site_of_token(session: Session, token: str, now: datetime) -> tuple[Site, Token] | None:
    """The site that the token opens, or None when it is unknown or revoked. Writes nothing."""
    if not _SHAPE.fullmatch(token):
        return None
    found = tokens.by_hash(session, _hash(token))
    return (found.site, found) if found is not None else None


def note_use(session: Session, token: Token, now: datetime) -> None:
    """Remember, to the hour, that the token is in use; for requests that write anyway."""
    tokens.note_use(session, token.id, now=now, unless_after=now - USE_NOTED_EVERY)


def tokens_of(session: Session, site_id: int) -> list[Token]:
    """The site's tokens: those in use first, then the revoked ones."""
    return sites.tokens(session, site_id)


def revoke(session: Session, *, site_id: int, token_id: int, now: datetime) -> str:
    """End a token of this site; twice is once. Returns its name.

    Raises NotFoundError for another site's.
    """
    token = tokens.of_site(session, site_id, token_id)
    if token is None:
        raise NotFoundError(N_("There is no such token."))
    if token.revoked_at is None:
        token.revoked_at = now
    session.flush()
    return token.name


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
