"""Accounts of editors: who there is, what each may do, and what each set for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.email_address import checked_email, email_key
from typo_reports.domain.errors import (
    ConflictError,
    InvalidFieldsError,
    NotFoundError,
)
from typo_reports.domain.labels import FieldErrors, checked_name
from typo_reports.domain.languages import checked_language
from typo_reports.domain.time_zone import checked_time_zone
from typo_reports.domain.words import N_
from typo_reports.services import passwords
from typo_reports.services.sign_in import SignedIn, editor_of_session, sign_in, sign_out
from typo_reports.storage import editors, sessions, sites
from typo_reports.storage.models import Editor, Membership, Site

__all__ = [
    "ROLES",
    "SignedIn",
    "add_editor",
    "change_role",
    "editor_of_session",
    "set_active",
    "set_digest_hours",
    "set_password",
    "set_profile",
    "sign_in",
    "sign_out",
]

ROLES = ("admin", "site-admin", "editor", "viewer")
# When the digest of a site comes unless the editor says otherwise, in their own time zone.
FIRST_DIGEST_HOUR = 8


def add_editor(
    session: Session,
    *,
    email: str,
    name: str | None,
    role: str,
    site_keys: Sequence[str],
    password: str | None,
    now: datetime,
) -> Editor:
    """A new account on these sites; an admin without sites is put on every site there is.

    Without a name the part before the @ is taken; without a password nobody can sign in yet.
    Raises InvalidFieldsError naming `email`, `name`, `role`, `sites`, `password`; ConflictError
    when the address has an account.
    """
    errors = FieldErrors()
    address = errors.kept(lambda: checked_email(email))
    given_name = name or (address or "").partition("@")[0] or "?"
    label = errors.kept(lambda: checked_name(given_name, field="name"))
    errors.kept(lambda: _checked_role(role))
    chosen = errors.kept(lambda: _checked_sites(session, role, site_keys)) or []
    hashed = errors.kept(lambda: passwords.hashed(password)) if password is not None else None
    errors.raise_any()
    assert address is not None and label is not None  # noqa: S101 - raise_any() has spoken
    key = email_key(address) or address
    if editors.by_email_key(session, key) is not None:
        raise ConflictError(
            N_("There is already an account with the address %(address)s.", address=address)
        )
    editor = editors.add(
        session,
        email=address,
        email_key=key,
        name=label,
        role=role,
        password_hash=hashed,
        now=now,
    )
    ids = [site.id for site in chosen]
    editors.replace_sites(session, editor, ids, digest_hour=FIRST_DIGEST_HOUR)
    return editor


def _checked_role(role: str) -> str:
    if role not in ROLES:
        raise InvalidFieldsError.of("role", "unknown", N_("Please choose a role from the list."))
    return role


def _checked_sites(session: Session, role: str, keys: Sequence[str]) -> list[Site]:
    if role == "admin" and not keys:
        return sites.all_of(session)
    found = sites.by_keys(session, keys)
    unknown = sorted(set(keys) - {site.key for site in found})
    if unknown:
        raise InvalidFieldsError.of(
            "sites", "unknown", N_("There is no site “%(unknown)s”.", unknown=unknown[0][:80])
        )
    return found


def list_editors(session: Session) -> list[Editor]:
    """Every account with its sites: active ones first, by name."""
    return editors.all_of(session)


def editor_of_id(session: Session, editor_id: int) -> Editor:
    """The editor; raises NotFoundError."""
    editor = editors.by_id(session, editor_id)
    if editor is None:
        raise NotFoundError(N_("There is no such account."))
    return editor


def change_role(session: Session, *, editor_id: int, role: str, site_keys: Sequence[str]) -> None:
    """Give the editor this role on exactly these sites.

    Raises InvalidFieldsError (`role`, `sites`), NotFoundError, and ConflictError when nobody
    would be left to look after the installation.
    """
    editor = editor_of_id(session, editor_id)
    _checked_role(role)
    ids = [site.id for site in _checked_sites(session, role, site_keys)]
    if role != "admin":
        _keep_an_admin(session, editor_id)
    editor.role = role
    editors.replace_sites(session, editor, ids, digest_hour=FIRST_DIGEST_HOUR)


def set_active(session: Session, *, by: SignedIn, editor_id: int, is_active: bool) -> None:
    """Switch an account on or off; off ends all its sessions at once.

    Raises NotFoundError, and ConflictError for one's own account or the last admin's.
    """
    editor = editor_of_id(session, editor_id)
    if not is_active:
        if editor_id == by.id:
            raise ConflictError(N_("You can't switch off your own account. Ask another admin."))
        _keep_an_admin(session, editor_id)
        sessions.remove_of_editor(session, editor_id)
    editor.is_active = is_active
    session.flush()


def _keep_an_admin(session: Session, leaving_id: int) -> None:
    admins = {admin.id for admin in editors.lock_active_admins(session)}
    if admins == {leaving_id}:
        raise ConflictError(N_("This is the only active admin. Make somebody else an admin first."))


def set_password(session: Session, *, editor_id: int, password: str) -> None:
    """Give an account a new password, as an admin does; ends all its sessions."""
    editor = editor_of_id(session, editor_id)
    editor.password_hash = passwords.hashed(password)
    sessions.remove_of_editor(session, editor_id)
    session.flush()


def set_profile(
    session: Session, *, editor_id: int, name: str, time_zone: str, language: str = ""
) -> None:
    """The editor's own name, time zone and language, empty for what the browser asks for.

    Raises InvalidFieldsError (`name`, `time_zone`, `language`).
    """
    errors = FieldErrors()
    label = errors.kept(lambda: checked_name(name, field="name"))
    zone = errors.kept(lambda: checked_time_zone(time_zone))
    tongue = errors.kept(lambda: checked_language(language))
    errors.raise_any()
    editor = editor_of_id(session, editor_id)
    editor.language = tongue
    editor.name, editor.time_zone = label or editor.name, zone or editor.time_zone
    session.flush()


def digest_hours(session: Session, editor: SignedIn) -> list[tuple[Site, int | None]]:
    """Each site the editor may reach, with the hour of its digest or None."""
    own = editor_of_id(session, editor.id)
    hours = {member.site_id: member.digest_hour for member in own.memberships}
    return [(site, hours.get(site.id)) for site in sites.of_ids(session, editor.site_ids)]


def set_digest_hours(
    session: Session, *, editor: SignedIn, hours: Mapping[str, int | None]
) -> None:
    """When the digest of each site comes (0 to 23 in the editor's zone), or None for never.

    Sites that aren't named stay as they are. Raises InvalidFieldsError for an hour that is none,
    NotFoundError for a site that the editor can't reach.
    """
    reachable = {site.key: site for site in sites.of_ids(session, editor.site_ids)}
    own = editor_of_id(session, editor.id)
    members = {member.site_id: member for member in own.memberships}
    for key, hour in hours.items():
        if key not in reachable:
            raise NotFoundError(N_("There is no such site."))
        if hour is not None and not 0 <= hour <= 23:
            message = N_("Please choose an hour from the list.")
            raise InvalidFieldsError.of(f"digest-{key}", "unknown", message)
        site_id = reachable[key].id
        if site_id in members:
            members[site_id].digest_hour = hour
        elif hour is not None:
            own.memberships.append(Membership(site_id=site_id, digest_hour=hour))
    session.flush()


def join_site(session: Session, *, editor_id: int, site_id: int) -> None:
    """Put the editor on the site's desk, with a digest in the morning."""
    editor = editor_of_id(session, editor_id)
    ids = {member.site_id for member in editor.memberships} | {site_id}
    editors.replace_sites(session, editor, ids, digest_hour=FIRST_DIGEST_HOUR)


def editor_id_of(session: Session, email: str) -> int:
    """The id of the editor with this e-mail. Raises InvalidFieldsError (`assignee`) for none."""
    key = email_key(email)
    editor = editors.by_email_key(session, key) if key else None
    if editor is None:
        raise InvalidFieldsError.of(
            "assignee", "unknown", N_("There is no editor with this e-mail.")
        )
    return editor.id
