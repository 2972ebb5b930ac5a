"""Making sure that it is the editor who sits there, before something opens more ways in."""

from __future__ import annotations

from datetime import datetime, timedelta

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_
from typo_reports.services import sign_in
from typo_reports.services.password_change import require_password
from typo_reports.storage import editors, sessions
from typo_reports.storage.engine import Database

# So long after signing in nobody without a password is asked to do it again.
FRESH = timedelta(minutes=10)


def has_password(database: Database, editor_id: int) -> bool:
    """Whether the editor has a password to be asked for."""
    with database.reading() as session:
        editor = editors.by_id(session, editor_id)
    return editor is not None and editor.password_hash is not None


def require(
    database: Database, *, editor_id: int, token: str, present: str, secret_key: str, now: datetime
) -> None:
    """Ask for the present password; of who has none, that they have signed in just now.

    Raises InvalidFieldsError (`present`), TooManyError after too many wrong passwords.
    """
    if has_password(database, editor_id):
        require_password(
            database, editor_id=editor_id, present=present, secret_key=secret_key, now=now
        )
        return
    with database.reading() as session:
        found = sessions.by_hash(session, sign_in.token_hash(token))
    if found is None or now - found.created_at > FRESH:
        message = N_("You signed in a while ago. Please sign out, sign in again, and do it then.")
        raise InvalidFieldsError.of("present", "wrong", message)
