"""The texts for readers that the editors of a site choose from."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from typo_reports.storage.models import ReplyTemplate


def of_site(session: Session, site_id: int) -> list[ReplyTemplate]:
    """The site's templates by language, in the order in which they were added."""
    return list(
        session.scalars(
            select(ReplyTemplate)
            .where(ReplyTemplate.site_id == site_id)
            .order_by(ReplyTemplate.lang, ReplyTemplate.id)
        )
    )


def count_of(session: Session, site_id: int) -> int:
    """How many templates the site has."""
    counted = select(func.count()).where(ReplyTemplate.site_id == site_id)
    return session.scalar(counted) or 0


def one_of(session: Session, site_id: int, template_id: int) -> ReplyTemplate | None:
    """The site's template with this id."""
    return session.scalars(
        select(ReplyTemplate).where(
            ReplyTemplate.site_id == site_id, ReplyTemplate.id == template_id
        )
    ).one_or_none()


def add(session: Session, *, site_id: int, lang: str, name: str, text: str) -> None:
    """Keep one template more."""
    session.add(ReplyTemplate(site_id=site_id, lang=lang, name=name, text=text))
    session.flush()


def remove(session: Session, template: ReplyTemplate) -> None:
    """Delete it."""
    session.execute(delete(ReplyTemplate).where(ReplyTemplate.id == template.id))
