"""An editor changes their own password."""

from __future__ import annotations

from datetime import datetime

from typo_reports.domain.errors import InvalidFieldsError, NotSignedInError
from typo_reports.domain.words import N_
from typo_reports.services import audit, passwords
from typo_reports.services.attempts import FAILURES_PER_ACCOUNT, WINDOW_SECONDS
from typo_reports.services.quotas import Quotas
from typo_reports.services.sign_in import sign_out_elsewhere
from typo_reports.storage import editors
from typo_reports.storage.engine import Database


def change_password(
    database: Database,
    *,
    editor_id: int,
    token: str,
    present: str,
    new: str,
    secret_key: str,
    now: datetime,
) -> int:
    """Set the new password and end all other sessions; returns how many those were.

    Raises InvalidFieldsError (`present`, `new`), TooManyError after too many wrong ones: whoever
    finds an open browser can't try passwords either. Takes the database for the same reasons as
    `sign_in` does.
    """
    verified = require_password(
        database, editor_id=editor_id, present=present, secret_key=secret_key, now=now
    )
    new_hash = passwords.hashed(new, field="new")
    with database.writing() as session:
        stored = editors.lock(session, editor_id)
        if stored is None or stored.password_hash != verified:
            raise NotSignedInError(N_("Your password was changed meanwhile. Please sign in again."))
        stored.password_hash = new_hash
        audit.note(session, editor_id, "password-changed", stored.email, now=now)
        return sign_out_elsewhere(session, editor_id, token)


def require_password(
    database: Database, *, editor_id: int, present: str, secret_key: str, now: datetime
) -> str | None:
    """Make sure that it is the editor who sits there; returns the hash that was verified.

    Raises InvalidFieldsError (`present`), TooManyError after too many wrong ones.
    """
    quotas, key = Quotas(secret_key), f"password/account/{editor_id}"
    with database.writing() as session:
        quotas.spend(
            session, key=key, limit=FAILURES_PER_ACCOUNT, window_seconds=WINDOW_SECONDS, now=now
        )
    with database.reading() as session:
        editor = editors.by_id(session, editor_id)
    verified = editor.password_hash if editor is not None else None
    if not passwords.matches(verified, present):
        message = N_("This is not your present password.")
        raise InvalidFieldsError.of("present", "wrong", message)
    with database.writing() as session:
        quotas.give_back(session, key=key, now=now)
    return verified
