"""Who may be given a case: the active editors on the desk of its site, and all admins."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from typo_reports.storage.models import Editor, Membership


def of_site(session: Session, site_id: int) -> list[Editor]:
    """Everybody who may be given a case of the site, by name."""
    return list(session.scalars(_of_site(site_id).order_by(func.lower(Editor.name), Editor.id)))


def of_sites(session: Session, site_ids: Collection[int]) -> list[Editor]:
    """Everybody who may be given a case of any of these sites, by name."""
    statement = _of_sites(Membership.site_id.in_(site_ids))
    return list(session.scalars(statement.order_by(func.lower(Editor.name), Editor.id)))


def one_of_site(session: Session, editor_id: int, site_id: int) -> Editor | None:
    """The editor, if one of those."""
    return session.scalars(_of_site(site_id).where(Editor.id == editor_id)).one_or_none()


def _of_site(site_id: int) -> Select[Editor]:
    return _of_sites(Membership.site_id == site_id)


def _of_sites(on_desk: ColumnElement[bool]) -> Select[Editor]:
    members = select(Membership.editor_id).where(on_desk)
    return select(Editor).where(
        Editor.is_active,
        Editor.role != "viewer",
        or_(Editor.role == "admin", Editor.id.in_(members)),
    )
