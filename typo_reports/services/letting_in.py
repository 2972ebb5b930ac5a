"""A link of the command line that signs one editor in: the way back when all others are closed."""

from __future__ import annotations

from datetime import datetime

from typo_reports.domain.email_address import email_key
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.services import audit, one_time_steps, sign_in
from typo_reports.storage import editors
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor

MINUTES = 15
GONE = N_("This link does not work any more. It worked once, for a quarter of an hour.")


def make_link(database: Database, *, email: str, base_url: str, now: datetime) -> str:
    """The address that signs the editor in; older ones stop working.

    Raises NotFoundError for an unknown account, ConflictError for one that is switched off.
    """
    key = email_key(email)
    with database.writing() as session:
        editor = editors.by_email_key(session, key) if key is not None else None
        if editor is None:
            raise NotFoundError(N_("There is no account with the address %(email)s.", email=email))
        if not editor.is_active:
            raise ConflictError(N_("This account is switched off. Let another admin in."))
        one_time_steps.forget(session, one_time_steps.LET_IN, editor.id)
        token = one_time_steps.begin(
            session,
            one_time_steps.LET_IN,
            {},
            editor_id=editor.id,
            seconds=MINUTES * 60,
            now=now,
        )
        audit.note(session, None, "let-in", editor.email, now=now)
    return f"{base_url}/sign-in/link/{token}"


def account_of(database: Database, *, token: str, now: datetime) -> Editor:
    """Whose link it is; looking uses nothing up. Raises NotFoundError."""
    with database.reading() as session:
        step = one_time_steps.look(session, one_time_steps.LET_IN, token, now)
        editor = editors.by_id(session, step.editor_id) if step and step.editor_id else None
    if editor is None or not editor.is_active:
        raise NotFoundError(GONE)
    return editor


def enter(database: Database, *, token: str, browser: str | None, now: datetime) -> str:
    """Use the link up and start a session, without a second step; returns its token.

    Whoever can run commands could change the database as well. Raises NotFoundError.
    """
    with database.writing() as session:
        step = one_time_steps.finish(session, one_time_steps.LET_IN, token, now)
        editor = editors.lock(session, step.editor_id) if step and step.editor_id else None
        if editor is None or not editor.is_active:
            raise NotFoundError(GONE)
        audit.note(session, editor.id, "let-in-used", editor.email, now=now)
        return sign_in.start_session(session, editor.id, way="link", browser=browser, now=now)
