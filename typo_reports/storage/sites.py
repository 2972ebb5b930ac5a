"""Sites and their origins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from typo_reports.domain.errors import ConflictError
from typo_reports.storage.models import Membership, Site, SiteOrigin, Token


def add(session: Session, *, key: str, name: str, origins: Sequence[str], now: datetime) -> Site:
    """Store a new site; raises ConflictError when the key is taken."""
    site = Site(
        key=key,
        name=name,
        edit_url_template=None,
        created_at=now,
        origins=[SiteOrigin(origin=origin) for origin in origins],
    )
    try:
        with session.begin_nested():
            session.add(site)
    except IntegrityError as error:
        # Another process stored the same key a moment ago.
        raise ConflictError("There is already a site with this key.") from error
    return site


def by_key(session: Session, key: str) -> Site | None:
    """The site with this key, with its origins."""
    return session.scalars(
        select(Site).where(Site.key == key).options(selectinload(Site.origins))
    ).one_or_none()


def by_keys(session: Session, keys: Collection[str]) -> list[Site]:
    """The sites with these keys, as many as there are."""
    return list(session.scalars(select(Site).where(Site.key.in_(keys)).order_by(Site.key)))


def all_of(session: Session) -> list[Site]:
    """Every site with its origins, by name."""
    return list(
        session.scalars(
            select(Site)
            .options(selectinload(Site.origins))
            .order_by(func.lower(Site.name), Site.id)
        )
    )


def of_ids(session: Session, ids: Collection[int]) -> list[Site]:
    """The sites with these ids, with their origins, by name."""
    return list(
        session.scalars(
            select(Site)
            .where(Site.id.in_(ids))
            .options(selectinload(Site.origins))
            .order_by(func.lower(Site.name), Site.id)
        )
    )


def all_ids(session: Session) -> frozenset[int]:
    """The ids of every site."""
    return frozenset(session.scalars(select(Site.id)))


def has_origin(session: Session, origin: str) -> bool:
    """Whether any site has this origin."""
    statement = select(SiteOrigin.site_id).where(SiteOrigin.origin == origin).limit(1)
    return session.scalars(statement).first() is not None


def keys_like(session: Session, start: str) -> set[str]:
    """The keys in use that begin with `start` (letters, digits and hyphens only)."""
    return set(session.scalars(select(Site.key).where(Site.key.like(f"{start}%"))))


def replace_origins(session: Session, site: Site, origins: Sequence[str]) -> None:
    """Make these the site's origins."""
    kept = {known.origin: known for known in site.origins}
    site.origins = [kept.get(origin) or SiteOrigin(origin=origin) for origin in origins]
    session.flush()


def members(session: Session, site_id: int) -> list[Membership]:
    """Who is on the site's desk, with their editors, by name."""
    found = session.scalars(
        select(Membership)
        .where(Membership.site_id == site_id)
        .options(selectinload(Membership.editor))
    )
    return sorted(found, key=lambda member: (member.editor.name.lower(), member.editor_id))


def tokens(session: Session, site_id: int) -> list[Token]:
    """The site's API tokens, those in use first, the newest first."""
    return list(
        session.scalars(
            select(Token)
            .where(Token.site_id == site_id)
            .order_by(Token.revoked_at.is_not(None), Token.created_at.desc(), Token.id.desc())
        )
    )
