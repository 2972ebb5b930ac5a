"""An editor changes the address of their account: asked for at the desk, confirmed by letter.

The link goes to the new address, so whoever uses it reads the mail there; who asked has proved
before that the account is theirs. The old address is told.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.delivery import ADDRESS_CHANGED, NEW_ADDRESS
from typo_reports.domain.email_address import checked_email, email_key
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.mail import letters
from typo_reports.services import audit, one_time_steps, own_language, presence
from typo_reports.services.one_time_steps import Step
from typo_reports.services.outbox import queue_letter
from typo_reports.services.quotas import Limit, Quotas
from typo_reports.storage import editors, password_links
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor

VALID_HOURS = 2
ASKED_PER_HOUR = 3
GONE = N_("This link does not work any more. Ask for a new one under Settings.")


def ask(
    database: Database,
    *,
    editor_id: int,
    token: str,
    present: str,
    email: str,
    secret_key: str,
    base_url: str,
    now: datetime,
) -> str:
    """Send the link to the new address, which is returned as it will be kept.

    To an address that has an account no letter goes, and nobody is told so. Raises
    InvalidFieldsError (`present`, `email`), TooManyError.
    """
    address = checked_email(email)
    presence.require(
        database,
        editor_id=editor_id,
        token=token,
        present=present,
        secret_key=secret_key,
        now=now,
    )
    key = email_key(address) or address
    limits = [
        Limit(f"new-address/account/{editor_id}", ASKED_PER_HOUR, 3600),
        Limit(f"new-address/to/{key}", ASKED_PER_HOUR, 3600),
    ]
    with database.writing() as session:
        Quotas(secret_key).spend_each(session, limits, now=now)
    with database.writing() as session:
        _send_link(session, editor_id, address, base_url=base_url, now=now)
    return address


def asked_of(database: Database, *, token: str, now: datetime) -> tuple[Editor, str]:
    """Whose link it is, and the new address; looking uses nothing up. Raises NotFoundError."""
    with database.reading() as session:
        step = one_time_steps.look(session, one_time_steps.NEW_ADDRESS, token, now)
        return _of_step(step, editors.by_id(session, _editor_id(step)))


def confirm(database: Database, *, token: str, base_url: str, now: datetime) -> str:
    """Use the link up and change the address, which is returned; the old one is told.

    Raises NotFoundError, ConflictError when somebody else has got the address meanwhile.
    """
    with database.writing() as session:
        step = one_time_steps.finish(session, one_time_steps.NEW_ADDRESS, token, now)
        editor, address = _of_step(step, editors.lock(session, _editor_id(step)))
        before = editor.email
        editors.set_address(session, editor, email=address, email_key=email_key(address) or address)
        # Links that wait went to the old address.
        password_links.remove_of_editor(session, editor.id)
        audit.note(session, editor.id, "address-changed", f"{before} → {address}", now=now)
        queue_letter(
            session,
            letters.address_changed(
                editor_name=editor.name, address=address, language=own_language.of_letters(editor)
            ),
            topic=f"{ADDRESS_CHANGED}:{_mark(token)}",
            kind=ADDRESS_CHANGED,
            recipient=before,
            now=now,
            base_url=base_url,
        )
    return address


def _send_link(
    session: Session, editor_id: int, address: str, *, base_url: str, now: datetime
) -> None:
    editor, key = editors.lock(session, editor_id), email_key(address) or address
    if editor is None:
        raise NotFoundError(N_("There is no such account."))
    if address == editor.email:
        raise InvalidFieldsError.of("email", "unchanged", N_("This is your address already."))
    one_time_steps.forget(session, one_time_steps.NEW_ADDRESS, editor.id)
    present = editors.by_email_key(session, key)
    if present is not None and present.id != editor.id:
        return
    token = one_time_steps.begin(
        session,
        one_time_steps.NEW_ADDRESS,
        {"email": address, "before": editor.email},
        editor_id=editor.id,
        seconds=VALID_HOURS * 3600,
        now=now,
    )
    queue_letter(
        session,
        letters.new_address(
            editor_name=editor.name,
            link=f"{base_url}/new-address/{token}",
            valid_hours=VALID_HOURS,
            language=own_language.of_letters(editor),
        ),
        topic=f"{NEW_ADDRESS}:{_mark(token)}",
        kind=NEW_ADDRESS,
        recipient=address,
        now=now,
        base_url=base_url,
    )


def _editor_id(step: Step | None) -> int:
    return step.editor_id or 0 if step is not None else 0


def _of_step(step: Step | None, editor: Editor | None) -> tuple[Editor, str]:
    if step is None or editor is None or not editor.is_active:
        raise NotFoundError(GONE)
    if step.content["before"] != editor.email:
        raise NotFoundError(GONE)
    return editor, step.content["email"]


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]
