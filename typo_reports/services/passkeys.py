"""Passkeys of an editor: adding, naming, taking off. The checks are py_webauthn's.

A passkey always proves two things, the device and its owner (a finger, a face, a PIN): where that
is required of a browser, it is also required of its answer.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import webauthn
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, structs

from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.domain.labels import checked_name
from typo_reports.domain.relying_party import RelyingParty
from typo_reports.domain.words import N_, NN_
from typo_reports.services import audit, one_time_steps
from typo_reports.storage import editors, passkeys
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Passkey

log = logging.getLogger(__name__)

DESK = "Typo Reports"
STEP_SECONDS = 5 * 60
MOST_PER_EDITOR = 20
LONGEST_ANSWER = 16 * 1024
TOO_LATE = N_("That took too long, or the page was an old one. Please try again.")
NOT_ADDED = N_("The browser's answer was not right, so no passkey was added. Please try again.")

Verified = TypeVar("Verified")


def of_editor(session: Session, editor_id: int) -> list[Passkey]:
    """The editor's passkeys, the oldest first."""
    return passkeys.of_editor(session, editor_id)


def begin_adding(
    session: Session, *, party: RelyingParty, editor_id: int, now: datetime
) -> tuple[str, str]:
    """The token of the step, and as JSON what the browser is to be asked.

    Raises ConflictError when there are too many already.
    """
    editor = editors.by_id(session, editor_id)
    if editor is None:
        raise NotFoundError(N_("There is no such account."))
    present = passkeys.of_editor(session, editor_id)
    if len(present) >= MOST_PER_EDITOR:
        message = NN_(
            "There is %(num)s passkey already. Take it off first.",
            "There are %(num)s passkeys already. Take one off first.",
            MOST_PER_EDITOR,
        )
        raise ConflictError(message)
    # Random and the same for all passkeys of one editor, as the standard asks (14.6.1).
    handle = present[0].user_handle if present else secrets.token_bytes(32)
    challenge = secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=DESK,
        user_id=handle,
        user_name=editor.email,
        user_display_name=editor.name,
        challenge=challenge,
        timeout=STEP_SECONDS * 1000,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[descriptor(one) for one in present],
    )
    content = {"challenge": challenge.hex(), "handle": handle.hex()}
    token = one_time_steps.begin(
        session,
        one_time_steps.ADD_PASSKEY,
        content,
        editor_id=editor_id,
        seconds=STEP_SECONDS,
        now=now,
    )
    return token, webauthn.options_to_json(options)


def finish_adding(
    database: Database,
    *,
    party: RelyingParty,
    editor_id: int,
    token: str,
    name: str,
    answer: str,
    now: datetime,
) -> None:
    """Keep the passkey that the browser made. The step is used up also by a wrong answer.

    Raises InvalidFieldsError (`passkey`, `name`), ConflictError for one that is known already.
    """
    label = checked_name(name, field="name")
    with database.writing() as session:
        step = one_time_steps.finish(session, one_time_steps.ADD_PASSKEY, token, now)
    if step is None or step.editor_id != editor_id:
        raise InvalidFieldsError.of("passkey", "wrong", TOO_LATE)
    given = read_answer(answer)
    made = verified(
        lambda: webauthn.verify_registration_response(
            credential=given,
            expected_challenge=bytes.fromhex(step.content["challenge"]),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    )
    if made is None:
        raise InvalidFieldsError.of("passkey", "wrong", NOT_ADDED)
    with database.writing() as session:
        editor = editors.lock(session, editor_id)
        if editor is None or len(passkeys.of_editor(session, editor_id)) >= MOST_PER_EDITOR:
            raise ConflictError(TOO_LATE)
        passkeys.add(
            session,
            editor_id=editor_id,
            name=label,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            user_handle=bytes.fromhex(step.content["handle"]),
            sign_count=made.sign_count,
            now=now,
        )
        audit.note(session, editor_id, "passkey-added", f"{editor.email} ({label})", now=now)


def rename(session: Session, *, editor_id: int, passkey_id: int, name: str) -> None:
    """Call one's passkey so. Raises InvalidFieldsError (`name`), NotFoundError."""
    label = checked_name(name, field="name")
    if not passkeys.rename(session, passkey_id, editor_id=editor_id, name=label):
        raise NotFoundError(N_("There is no such passkey."))


def remove(session: Session, *, editor_id: int, passkey_id: int, now: datetime) -> str:
    """Take one's passkey off; returns its name. Raises NotFoundError."""
    editor = editors.by_id(session, editor_id)
    name = passkeys.remove(session, passkey_id, editor_id=editor_id)
    if editor is None or name is None:
        raise NotFoundError(N_("There is no such passkey."))
    audit.note(session, editor_id, "passkey-removed", f"{editor.email} ({name})", now=now)
    return name


def remove_all(session: Session, *, editor_id: int) -> int:
    """Take every passkey off an account, as an admin does when devices are lost; how many."""
    return passkeys.remove_of_editor(session, editor_id)


def descriptor(passkey: Passkey) -> structs.PublicKeyCredentialDescriptor:
    """The passkey as browsers are told about it."""
    return structs.PublicKeyCredentialDescriptor(id=passkey.credential_id)


def read_answer(text: str) -> dict[str, Any]:
    """The browser's answer. Anything unreadable becomes an empty one, which no check lets pass."""
    if len(text) > LONGEST_ANSWER:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def credential_id_of(answer: dict[str, Any]) -> bytes | None:
    """Which passkey the answer is of, as it says itself; only in the one way of writing it."""
    text = answer.get("id")
    if not isinstance(text, str) or len(text) > 2_000:
        return None
    try:
        found = base64url_to_bytes(text)
    except ValueError:
        return None
    return found if bytes_to_base64url(found) == text else None


def verified(check: Callable[[], Verified]) -> Verified | None:
    """What the library finds in an answer, or None when it refuses it.

    It takes apart what strangers send, in JSON, CBOR, ASN.1 and keys, each with errors of its own:
    whatever goes wrong in there means that the answer is not right.
    """
    try:
        return check()
    except Exception as error:
        log.info("A passkey's answer was refused: %s", type(error).__name__)
        return None
