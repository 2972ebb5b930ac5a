"""Who is on the desk of one site, as its own admins arrange it.

They add editors and viewers and take them off their desk. Roles of accounts that exist, and admins,
are left to the admins of the installation.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.email_address import checked_email, email_key
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.services import accounts, audit, password_links
from typo_reports.storage import editors
from typo_reports.storage.models import Editor, Site

ROLES_TO_GIVE = ("editor", "viewer")


def add(
    session: Session,
    site: Site,
    *,
    email: str,
    role: str,
    by_id: int,
    by_name: str,
    base_url: str,
    now: datetime,
) -> bool:
    """Put the owner of this address on the desk; True if they were invited, having no account.

    An account that exists keeps its role. Raises InvalidFieldsError (`email`, `role`), also for
    an account that is switched off.
    """
    address = checked_email(email)
    known = editors.by_email_key(session, email_key(address) or address)
    if known is not None:
        _join(session, known, site, by_id=by_id, now=now)
        return False
    if role not in ROLES_TO_GIVE:
        raise InvalidFieldsError.of("role", "unknown", N_("Please choose a role from the list."))
    added = accounts.add_editor(
        session,
        email=address,
        name=None,
        role=role,
        site_keys=[site.key],
        password=None,
        now=now,
    )
    audit.note(session, by_id, "account-added", _named(added), site_id=site.id, now=now)
    password_links.invite(
        session, editor_id=added.id, by_id=by_id, by_name=by_name, base_url=base_url, now=now
    )
    return True


def remove(session: Session, site: Site, *, editor_id: int, by_id: int, now: datetime) -> None:
    """Take an editor or viewer off the desk; their account stays.

    Raises NotFoundError for anybody else: other admins are not theirs to move.
    """
    member = editors.by_id(session, editor_id)
    ids = {one.site_id for one in member.memberships} if member is not None else set()
    if member is None or site.id not in ids or member.role not in ROLES_TO_GIVE:
        raise NotFoundError(N_("There is no such editor on this desk."))
    editors.replace_sites(session, member, ids - {site.id}, digest_hour=None)
    audit.note(session, by_id, "account-changed", _named(member), site_id=site.id, now=now)


def _join(session: Session, known: Editor, site: Site, *, by_id: int, now: datetime) -> None:
    if not known.is_active:
        message = N_("This account is switched off. Ask an admin to switch it on.")
        raise InvalidFieldsError.of("email", "inactive", message)
    accounts.join_site(session, editor_id=known.id, site_id=site.id)
    audit.note(session, by_id, "account-changed", _named(known), site_id=site.id, now=now)


def _named(account: Editor) -> str:
    return f"{account.email} ({account.role})"
