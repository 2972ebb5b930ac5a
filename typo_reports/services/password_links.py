"""Links by mail where an editor chooses a password: invitations, and forgotten passwords.

A link is a random token of which only the hash is kept. It works once and for a while, and it
signs nobody in: whoever has an authenticator app is still asked for its code.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.delivery import FORGOTTEN, INVITATION
from typo_reports.domain.email_address import email_key
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.languages import ENGLISH
from typo_reports.domain.words import N_
from typo_reports.mail import letters
from typo_reports.mail.letters import WrittenLetter
from typo_reports.services import audit, own_language, passwords, site_language
from typo_reports.services.guard import hashed_reader
from typo_reports.services.outbox import queue_letter
from typo_reports.services.quotas import Limit, Quotas
from typo_reports.storage import editors, password_links, sessions, sites
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor

INVITATION_HOURS = 72
FORGOTTEN_HOURS = 2
ASKED_PER_ACCOUNT = 3
ASKED_PER_NETWORK = 20
WINDOW_SECONDS = 60 * 60
GONE = N_("This link does not work any more. Ask for a new one on the sign-in page.")


def invite(
    session: Session, *, editor_id: int, by_id: int, by_name: str, base_url: str, now: datetime
) -> None:
    """Send the editor a link to choose a password; older links of theirs stop working.

    Raises NotFoundError for an unknown account, ConflictError for one that is switched off.
    """
    editor = editors.by_id(session, editor_id)
    if editor is None:
        raise NotFoundError(N_("There is no such account."))
    if not editor.is_active:
        raise ConflictError(N_("This account is switched off. Switch it on first."))
    password_links.remove_of_editor(session, editor.id)
    token = _new_link(session, editor, hours=INVITATION_HOURS, now=now)
    written = letters.invitation(
        editor_name=editor.name,
        inviter_name=by_name,
        site_names=_site_names(session, editor),
        link=_address(base_url, token),
        valid_hours=INVITATION_HOURS,
        language=_language_for(session, editor, by_id),
    )
    _send(session, editor, written, kind=INVITATION, token=token, base_url=base_url, now=now)
    audit.note(session, by_id, "link-sent", editor.email, now=now)


def ask(
    database: Database,
    *,
    email: str,
    network_key: str,
    secret_key: str,
    base_url: str,
    now: datetime,
) -> None:
    """Somebody forgot the password of this address: send a link if there is such an account.

    The caller says the same in every case, so nobody learns which addresses have one.
    Raises TooManyError.
    """
    with database.writing() as session:
        _count(session, email=email, network_key=network_key, secret_key=secret_key, now=now)
    with database.writing() as session:
        key = email_key(email)
        editor = editors.by_email_key(session, key) if key is not None else None
        token = secrets.token_urlsafe(32)
        # Written for unknown addresses as well: the work, and so the time, is the same.
        written = letters.forgotten(
            editor_name=editor.name if editor is not None else "Nobody",
            link=_address(base_url, token),
            valid_hours=FORGOTTEN_HOURS,
            language=own_language.of_letters(editor),
        )
        if editor is None or not editor.is_active:
            return
        _keep(session, editor, token, hours=FORGOTTEN_HOURS, now=now)
        _send(session, editor, written, kind=FORGOTTEN, token=token, base_url=base_url, now=now)


def account_of(session: Session, token: str, now: datetime) -> Editor:
    """Whose link it is; NotFoundError when it was used, is too old, or never was."""
    found = password_links.by_hash(session, _hash(token))
    if found is None or found.expires_at <= now or not found.editor.is_active:
        raise NotFoundError(GONE)
    return found.editor


def choose_password(database: Database, *, token: str, password: str, now: datetime) -> None:
    """Set the password that the link is for, and end every session of the account.

    Raises NotFoundError, InvalidFieldsError (`new`). Of two who use one link at once, one wins.
    """
    with database.reading() as session:
        account_of(session, token, now)
    # Outside of a transaction that writes: hashing takes long on purpose.
    new_hash = passwords.hashed(password, field="new")
    with database.writing() as session:
        editor = editors.lock(session, account_of(session, token, now).id)
        if editor is None or not editor.is_active:
            raise NotFoundError(GONE)
        account_of(session, token, now)
        editor.password_hash = new_hash
        password_links.remove_of_editor(session, editor.id)
        sessions.remove_of_editor(session, editor.id)
        audit.note(session, editor.id, "password-chosen", editor.email, now=now)


def _count(
    session: Session, *, email: str, network_key: str, secret_key: str, now: datetime
) -> None:
    reader = hashed_reader(session, network_key, secret_key=secret_key, now=now)
    limits = [
        Limit(f"forgotten/network/{reader}", ASKED_PER_NETWORK, WINDOW_SECONDS),
        Limit(f"forgotten/account/{email_key(email) or ''}", ASKED_PER_ACCOUNT, WINDOW_SECONDS),
    ]
    Quotas(secret_key).spend_each(session, limits, now=now)


def _new_link(session: Session, editor: Editor, *, hours: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    _keep(session, editor, token, hours=hours, now=now)
    return token


def _keep(session: Session, editor: Editor, token: str, *, hours: int, now: datetime) -> None:
    password_links.add(
        session,
        editor_id=editor.id,
        token_hash=_hash(token),
        now=now,
        expires_at=now + timedelta(hours=hours),
    )


def _send(
    session: Session,
    editor: Editor,
    written: WrittenLetter,
    *,
    kind: str,
    token: str,
    base_url: str,
    now: datetime,
) -> None:
    queue_letter(
        session,
        written,
        topic=f"{kind}:{_hash(token).hex()[:32]}",
        kind=kind,
        recipient=editor.email,
        now=now,
        base_url=base_url,
    )


def _language_for(session: Session, editor: Editor, by_id: int) -> str:
    """Who is new has none: then the inviter's, then the one of the pages of their site."""
    found = own_language.known(editor) or own_language.known(editors.by_id(session, by_id))
    if found is not None:
        return found
    of_sites = [site_language.of(session, member.site_id) for member in editor.memberships]
    return of_sites[0] if of_sites else ENGLISH


def _site_names(session: Session, editor: Editor) -> list[str]:
    if editor.role == "admin":
        found = sites.all_of(session)
    else:
        found = sites.of_ids(session, [member.site_id for member in editor.memberships])
    return [site.name for site in found] or ["Typo Reports"]


def _address(base_url: str, token: str) -> str:
    return f"{base_url}/password/{token}"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", errors="replace")).digest()
