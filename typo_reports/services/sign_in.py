"""Signing in and out: who is behind a browser's session."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.browser_session import has_ended
from typo_reports.domain.email_address import email_key
from typo_reports.domain.errors import InvalidFieldsError, NotSignedInError
from typo_reports.domain.words import N_
from typo_reports.services import audit, passwords, second_factor
from typo_reports.services.attempts import Attempt
from typo_reports.storage import editors, sessions, sites
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, EditorSession

SEEN_EVERY = timedelta(minutes=5)

# By which way a browser came in; the words are for its owner.
WAYS = {
    "password": N_("password"),
    "code": N_("password and code"),
    "passkey": N_("passkey"),
    "sso": N_("single sign-on"),
    "link": N_("link"),
}

WRONG = N_("The e-mail or the password is not right.")
# Time to find the phone; the password is asked for again afterwards.
SECOND_STEP_SECONDS = 10 * 60


class SecondStepNeededError(NotSignedInError):
    """The password was right, but a code of the editor's app is needed as well.

    `ticket` says whose code; it is to be kept where only this browser and we can write it.
    """

    def __init__(self, ticket: Ticket) -> None:
        super().__init__("Please enter the code that your app shows.")
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who took the first step, when (seconds since 1970), and a mark of their password then.

    `way` is how: by the password or by single sign-on.
    """

    editor_id: int
    password_mark: str
    given_at: int
    way: str = "password"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The editor behind a request. `site_ids` are those they may reach: for an admin, all."""

    id: int
    name: str
    email: str
    role: str
    time_zone: str
    site_ids: frozenset[int]
    language: str | None = None  # as the browser asks
    last_language: str | None = None  # what that was, as far as it is noted

    @property
    def is_admin(self) -> bool:
        """Whether the editor may also change sites and accounts."""
        return self.role == "admin"

    @property
    def may_decide(self) -> bool:
        """Whether the editor may change anything at all but their own settings."""
        return self.role != "viewer"

    def may_manage(self, site_id: int) -> bool:
        """Whether the editor may change this site, its tokens and who is on its desk."""
        return self.is_admin or (self.role == "site-admin" and site_id in self.site_ids)


def sign_in(
    database: Database,
    *,
    email: str,
    password: str,
    network_key: str,
    secret_key: str,
    now: datetime,
    browser: str | None = None,
) -> str:
    """Start a session; returns its token, of which only a hash is kept.

    `browser` is what its owner will know it by.

    Takes the database and not a session, for two reasons: a failure must stay counted although it
    fails, and nobody may wait for the write lock while a password is being verified.

    Raises NotSignedInError, in the same words and after the same time, when there is no such
    account, it is switched off, or the password is wrong; SecondStepNeededError when a code is
    needed as well; TooManyError after too many failures, then also for the right password.
    """
    attempt = Attempt(network_key=network_key, secret_key=secret_key, now=now)
    with database.writing() as session:
        attempt.count(session, email=email)
    with database.reading() as session:
        editor = _account(session, email)
    is_right = passwords.matches(editor.password_hash if editor else None, password)
    if editor is None or not editor.is_active or not is_right:
        raise NotSignedInError(WRONG)
    assert editor.password_hash is not None  # noqa: S101 - matches() is false without one
    new_hash = None
    if passwords.is_outdated(editor.password_hash):
        new_hash = passwords.hashed(password)
    with database.writing() as session:
        stored = _still(session, editor.id, verified=editor.password_hash)
        stored.password_hash = new_hash or stored.password_hash
        attempt.give_back(session, email=email)
        outcome = after_first_step(session, stored, way="password", browser=browser, now=now)
    return entered(outcome)


def after_first_step(
    session: Session, editor: Editor, *, way: str, browser: str | None, now: datetime
) -> str | Ticket:
    """The first step was right: the token of a new session, or a ticket for the second step.

    Nothing is raised here, so that what the first step wrote is kept: see `entered`.
    """
    if second_factor.is_on(session, editor.id):
        return Ticket(editor.id, _password_mark(editor.password_hash), int(now.timestamp()), way)
    return start_session(session, editor.id, way=way, browser=browser, now=now)


def entered(outcome: str | Ticket) -> str:
    """The token; raises SecondStepNeededError for a ticket."""
    if isinstance(outcome, Ticket):
        raise SecondStepNeededError(outcome)
    return outcome


def finish_sign_in(
    database: Database,
    *,
    ticket: Ticket,
    code: str,
    secret_key: str,
    now: datetime,
    browser: str | None = None,
) -> str:
    """Start the session of somebody whose first step was right, with a code; returns its token.

    Raises NotSignedInError when the ticket is too old or the password was changed meanwhile,
    InvalidFieldsError (`code`), TooManyError after too many codes.
    """
    require_fresh(ticket, now)
    kind = second_factor.check(
        database, editor_id=ticket.editor_id, code=code, secret_key=secret_key, now=now
    )
    if kind is None:
        raise InvalidFieldsError.of("code", "wrong", second_factor.WRONG)
    with database.writing() as session:
        editor = editor_of_ticket(session, ticket)
        if kind == "recovery":
            audit.note(session, editor.id, "recovery-code-used", editor.email, now=now)
        way = "code" if ticket.way == "password" else ticket.way
        return start_session(session, editor.id, way=way, browser=browser, now=now)


def require_fresh(ticket: Ticket, now: datetime) -> None:
    """Raise NotSignedInError when the first step was too long ago."""
    if abs(now.timestamp() - ticket.given_at) > SECOND_STEP_SECONDS:
        raise NotSignedInError(N_("That took too long. Please sign in again."))


def editor_of_ticket(session: Session, ticket: Ticket) -> Editor:
    """Who took the first step, locked. Raises NotSignedInError when it counts no longer."""
    editor = editors.lock(session, ticket.editor_id)
    if editor is None or not editor.is_active:
        raise NotSignedInError(WRONG)
    if not hmac.compare_digest(_password_mark(editor.password_hash), ticket.password_mark):
        raise NotSignedInError(WRONG)
    return editor


def _account(session: Session, email: str) -> Editor | None:
    key = email_key(email)
    return editors.by_email_key(session, key) if key is not None else None


def _still(session: Session, editor_id: int, *, verified: str) -> Editor:
    # The password was verified outside of this transaction: it may have been changed meanwhile.
    editor = editors.lock(session, editor_id)
    if editor is None or not editor.is_active or editor.password_hash != verified:
        raise NotSignedInError(WRONG)
    return editor


def _password_mark(password_hash: str | None) -> str:
    return hashlib.sha256(f"mark/{password_hash}".encode()).hexdigest()[:32]


def start_session(
    session: Session, editor_id: int, *, way: str, browser: str | None, now: datetime
) -> str:
    """A new signed-in browser, which came in by this way (see WAYS); returns its token."""
    token = secrets.token_urlsafe(32)
    sessions.add(
        session,
        editor_id=editor_id,
        token_hash=token_hash(token),
        browser=browser,
        way=way,
        now=now,
    )
    return token


def editor_of_session(session: Session, token: str | None, now: datetime) -> SignedIn | None:
    """Who is behind the token, or None when it is unknown, revoked, too old or too long unused."""
    found = _living(session, token, now) if token else None
    return signed_in_as(session, found.editor) if found is not None else None


def _living(session: Session, token: str, now: datetime) -> EditorSession | None:
    found = sessions.by_hash(session, token_hash(token))
    if found is None or not found.editor.is_active:
        return None
    return None if has_ended(found.created_at, found.seen_at, now) else found


def signed_in_as(session: Session, editor: Editor) -> SignedIn:
    """The editor as the rest of the program sees them."""
    if editor.role == "admin":
        site_ids = sites.all_ids(session)
    else:
        site_ids = frozenset(member.site_id for member in editor.memberships)
    who = (editor.id, editor.name, editor.email, editor.role, editor.time_zone)
    return SignedIn(*who, site_ids, editor.language, editor.last_language)


def is_seen_worth_noting(session: Session, token: str, now: datetime) -> bool:
    """Whether the last note of the session's use is older than five minutes."""
    found = _living(session, token, now)
    return found is not None and now - found.seen_at >= SEEN_EVERY


def note_seen(session: Session, token: str, now: datetime) -> None:
    """Keep the session from ending as unused."""
    sessions.note_seen(session, token_hash(token), now)


def sign_out(session: Session, token: str) -> None:
    """End the session: a copy of the cookie is worth nothing from now on."""
    sessions.remove(session, token_hash(token))


def sign_out_elsewhere(session: Session, editor_id: int, token: str) -> int:
    """End all sessions of the editor but this one; returns how many."""
    return sessions.remove_of_editor(session, editor_id, but=token_hash(token))


def sessions_of(session: Session, editor_id: int, now: datetime) -> list[EditorSession]:
    """The editor's living sessions, the most recently seen first."""
    return [
        found
        for found in sessions.of_editor(session, editor_id)
        if not has_ended(found.created_at, found.seen_at, now)
    ]


def sign_out_one(session: Session, editor_id: int, reference: str) -> bool:
    """End the editor's session that is called so; False when there is none (any more)."""
    for found in sessions.of_editor(session, editor_id):
        if reference_of(found.token_hash) == reference:
            sessions.remove(session, found.token_hash)
            return True
    return False


def reference_of(kept_hash: bytes) -> str:
    """What a session is called in addresses: it tells nothing of the token or what is kept."""
    return hashlib.sha256(b"browser/" + kept_hash).hexdigest()[:24]


def token_hash(token: str) -> bytes:
    """What is kept of a session's token."""
    return hashlib.sha256(token.encode()).digest()
