"""Signing in with a passkey: alone, or after the password in place of the app's code."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from typing import Any

import webauthn
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, structs

from typo_reports.domain.errors import NotSignedInError
from typo_reports.domain.relying_party import RelyingParty
from typo_reports.domain.words import N_
from typo_reports.services import audit, one_time_steps
from typo_reports.services.attempts import Attempt
from typo_reports.services.passkeys import (
    STEP_SECONDS,
    TOO_LATE,
    credential_id_of,
    descriptor,
    read_answer,
    verified,
)
from typo_reports.services.sign_in import Ticket, editor_of_ticket, require_fresh, start_session
from typo_reports.storage import editors, passkeys
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Passkey

REFUSED = N_("This passkey is not accepted here. Use another one, or sign in in another way.")


def is_offered(session: Session, ticket: Ticket) -> bool:
    """Whether whoever took the first step has a passkey to take the second one with."""
    return bool(passkeys.of_editor(session, ticket.editor_id))


def begin(
    database: Database,
    *,
    party: RelyingParty,
    attempt: Attempt,
    ticket: Ticket | None,
    now: datetime,
) -> tuple[str, str]:
    """The token of the step, and as JSON what the browser is to be asked.

    Without a ticket any passkey of this desk will do, with one only those of its editor.
    Raises TooManyError after too many from one network.
    """
    with database.writing() as session:
        attempt.count_begun(session)
        known = passkeys.of_editor(session, ticket.editor_id) if ticket is not None else []
        challenge = secrets.token_bytes(32)
        options = webauthn.generate_authentication_options(
            rp_id=party.id,
            challenge=challenge,
            timeout=STEP_SECONDS * 1000,
            allow_credentials=[descriptor(one) for one in known],
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        token = one_time_steps.begin(
            session,
            one_time_steps.ENTER_BY_PASSKEY,
            {"challenge": challenge.hex()},
            editor_id=ticket.editor_id if ticket is not None else None,
            seconds=STEP_SECONDS,
            now=now,
        )
    return token, webauthn.options_to_json(options)


def finish(
    database: Database,
    *,
    party: RelyingParty,
    attempt: Attempt,
    token: str,
    answer: str,
    ticket: Ticket | None,
    browser: str | None,
    now: datetime,
) -> str:
    """Start the session of the passkey's editor; returns its token.

    The challenge is used up also by a wrong answer. Raises NotSignedInError in words, and
    TooManyError after too many failures.
    """
    if ticket is not None:
        require_fresh(ticket, now)
    with database.writing() as session:
        attempt.count_network(session)
        step = one_time_steps.finish(session, one_time_steps.ENTER_BY_PASSKEY, token, now)
    if step is None or step.editor_id != (ticket.editor_id if ticket is not None else None):
        raise NotSignedInError(TOO_LATE)
    given = read_answer(answer)
    passkey = _passkey_of(database, given, step.editor_id)
    with database.writing() as session:
        attempt.count_passkey_of(session, passkey.editor_id)
    challenge = bytes.fromhex(step.content["challenge"])
    count = _verified_count(given, passkey, party, challenge)
    with database.writing() as session:
        is_copied = not _note_use(session, passkey, count, now)
        token = "" if is_copied else _entered(session, passkey, ticket, browser, now)
        if not is_copied:
            attempt.give_back_passkey_of(session, passkey.editor_id)
    if is_copied:
        raise NotSignedInError(REFUSED)
    return token


def _passkey_of(database: Database, given: dict[str, Any], editor_id: int | None) -> Passkey:
    """The passkey that the answer names. In the second step it must be the editor's own."""
    credential_id = credential_id_of(given)
    with database.reading() as session:
        found = passkeys.by_credential_id(session, credential_id) if credential_id else None
        if found is None or not found.editor.is_active:
            raise NotSignedInError(REFUSED)
        if editor_id not in {None, found.editor_id} or not _names(given, found, editor_id):
            raise NotSignedInError(REFUSED)
        return found


def _names(given: dict[str, Any], passkey: Passkey, editor_id: int | None) -> bool:
    """Whether the answer names the passkey's editor (7.2, step 6 of the standard).

    It must where nobody was asked for before; after a password it may leave that out.
    """
    response = given.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    if handle is None or handle == "":
        return editor_id is not None
    try:
        said = base64url_to_bytes(handle) if isinstance(handle, str) else b""
    except ValueError:
        return False
    return hmac.compare_digest(said, passkey.user_handle)


def _verified_count(
    given: dict[str, Any], passkey: Passkey, party: RelyingParty, challenge: bytes
) -> int:
    found = verified(
        lambda: webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            # Compared by us, after the signature: so that only the true device sets off the alarm.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    )
    if found is None:
        raise NotSignedInError(REFUSED)
    return found.new_sign_count


def _note_use(session: Session, passkey: Passkey, count: int, now: datetime) -> bool:
    """Note the device's count; False when it doesn't go up, so that a copy seems to be about."""
    seen = passkey.sign_count
    goes_up = count > seen or count == seen == 0
    if goes_up and passkeys.note_use(session, passkey.id, sign_count=count, seen=seen, now=now):
        return True
    about = f"{passkey.editor.email} ({passkey.name})"
    audit.note(session, passkey.editor_id, "passkey-copied", about, now=now)
    return False


def _entered(
    session: Session, passkey: Passkey, ticket: Ticket | None, browser: str | None, now: datetime
) -> str:
    if ticket is not None:
        editor_of_ticket(session, ticket)
        # The first step keeps its name, unless it was the password that needed this one.
        way = "passkey" if ticket.way == "password" else ticket.way
        return start_session(session, passkey.editor_id, way=way, browser=browser, now=now)
    editor = editors.lock(session, passkey.editor_id)
    if editor is None or not editor.is_active:
        raise NotSignedInError(REFUSED)
    return start_session(session, editor.id, way="passkey", browser=browser, now=now)
