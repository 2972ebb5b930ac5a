"""Signing in by the identity provider of the installation (OpenID Connect, code with PKCE)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.email_address import checked_email, email_key
from typo_reports.domain.errors import InvalidFieldsError, NotSignedInError
from typo_reports.domain.labels import checked_name
from typo_reports.domain.sso_settings import Admission, role_for
from typo_reports.domain.words import N_
from typo_reports.services import accounts, audit, one_time_steps, sign_in
from typo_reports.services.attempts import Attempt
from typo_reports.services.sign_in import Ticket
from typo_reports.sso.id_token import Identity
from typo_reports.sso.provider import Provider
from typo_reports.storage import editors, sso_bindings
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor

# Time to find the password of the other account, and a second step there.
STEP_SECONDS = 10 * 60
TOO_LATE = N_("That took too long, or it was begun in another window. Please try again.")
OFF = N_("This account is switched off here. Ask an admin of this desk.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came back: the token of a session, or a ticket for the second step; and where to go."""

    outcome: str | Ticket
    wanted: str | None


def begin(
    database: Database,
    provider: Provider,
    *,
    attempt: Attempt,
    wanted: str | None,
    now: datetime,
) -> tuple[str, str]:
    """The state, to be kept in this browser, and the address at the provider to go to.

    Raises ProviderError, and then nothing was begun; TooManyError.
    """
    with database.writing() as session:
        attempt.count_begun(session)
    # Outside of a transaction that writes: the provider may be slow.
    provider.prepare()
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with database.writing() as session:
        state = one_time_steps.begin(
            session,
            one_time_steps.ENTER_BY_SSO,
            {"nonce": nonce, "verifier": verifier, "wanted": wanted},
            seconds=STEP_SECONDS,
            now=now,
        )
    return state, provider.authorization_url(state=state, nonce=nonce, verifier=verifier)


def finish(
    database: Database,
    provider: Provider,
    *,
    attempt: Attempt,
    state: str,
    code: str,
    said_issuer: str | None,
    admissions: Iterable[Admission],
    browser: str | None,
    now: datetime,
) -> Arrival:
    """Sign in whoever came back from the provider with this code. The state is used up.

    Raises NotSignedInError in words, ProviderError, TooManyError.
    """
    with database.writing() as session:
        attempt.count_network(session)
        step = one_time_steps.finish(session, one_time_steps.ENTER_BY_SSO, state, now)
    if step is None:
        raise NotSignedInError(TOO_LATE)
    provider.check_issuer(said_issuer)
    identity = provider.identity(
        code=code, verifier=step.content["verifier"], nonce=step.content["nonce"], now=now
    )
    with database.writing() as session:
        editor = _editor_of(session, identity, provider, admissions, now)
        attempt.give_back_network(session)
        outcome = sign_in.after_first_step(session, editor, way="sso", browser=browser, now=now)
    return Arrival(outcome, step.content["wanted"])


def release(session: Session, *, editor_id: int) -> None:
    """Forget who the editor is at the provider; the next one with the address may be."""
    sso_bindings.remove_of_editor(session, editor_id)


def is_bound(session: Session, editor_id: int) -> bool:
    """Whether the editor has come by single sign-on."""
    return sso_bindings.is_bound(session, editor_id)


def _editor_of(
    session: Session,
    identity: Identity,
    provider: Provider,
    admissions: Iterable[Admission],
    now: datetime,
) -> Editor:
    """The editor that the person is. Whoever came once is known by `sub`, whatever the address."""
    issuer = provider.client.issuer
    bound = sso_bindings.by_subject(session, issuer=issuer, subject=identity.subject)
    editor = bound.editor if bound is not None else None
    if editor is None:
        editor = _editor_by_address(session, identity, provider, admissions, now)
    if not editor.is_active:
        raise NotSignedInError(OFF)
    if bound is None:
        if sso_bindings.is_bound(session, editor.id, issuer=issuer):
            raise NotSignedInError(
                N_(
                    "The account of %(email)s belongs to somebody else at %(name)s. "
                    "Ask an admin of this desk.",
                    email=editor.email,
                    name=provider.name,
                )
            )
        sso_bindings.add(
            session, issuer=issuer, subject=identity.subject, editor_id=editor.id, now=now
        )
        audit.note(session, editor.id, "sso-bound", editor.email, now=now)
    return editor


def _editor_by_address(
    session: Session,
    identity: Identity,
    provider: Provider,
    admissions: Iterable[Admission],
    now: datetime,
) -> Editor:
    email = _usable_email(identity.email)
    if email is None:
        raise NotSignedInError(
            N_(
                "%(name)s does not vouch for an e-mail address of yours, so nobody knows you here.",
                name=provider.name,
            )
        )
    found = editors.by_email_key(session, email_key(email) or email)
    if found is not None:
        return found
    role = role_for(email, admissions)
    if role is None:
        raise NotSignedInError(
            N_("There is no account for %(email)s at this desk. An admin can add one.", email=email)
        )
    added = accounts.add_editor(
        session,
        email=email,
        name=_usable_name(identity.name),
        role=role,
        site_keys=[],
        password=None,
        now=now,
    )
    audit.note(session, added.id, "sso-added", f"{added.email} ({added.role})", now=now)
    return added


def _usable_email(said: str | None) -> str | None:
    try:
        return checked_email(said) if said is not None else None
    except InvalidFieldsError:
        return None


def _usable_name(said: str | None) -> str | None:
    """The name that the provider gives, if it would be accepted from anybody."""
    try:
        return checked_name(said, field="name") if said is not None else None
    except InvalidFieldsError:
        return None
