"""Who may be given a case: the active editors on the desk of its site, and all admins."""

from __future__ import annotations

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from typo_reports.storage.models import Editor, Membership


def of_site(session: Session, site_id: int) -> list[Editor]:
    """Everybody who may be given a case of the site, by name."""
    return list(session.scalars(_of_site(site_id).order_by(func.lower(Editor.name), Editor.id)))


def one_of_site(session: Session, editor_id: int, site_id: int) -> Editor | None:
    """The editor, if one of those."""
    return session.scalars(_of_site(site_id).where(Editor.id == editor_id)).one_or_none()


def _of_site(site_id: int) -> Select[Editor]:
    on_desk = select(Membership.editor_id).where(Membership.site_id == site_id)
    return select(Editor).where(
        Editor.is_active, or_(Editor.role == "admin", Editor.id.in_(on_desk))
    )
