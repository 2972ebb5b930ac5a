"""Who did what to accounts, sites and tokens: one line each, never taken back.

Cases have a history of their own. A line names no reader and holds no password.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.words import N_
from typo_reports.storage import audit
from typo_reports.storage.models import AuditEvent

LINES_ON_A_PAGE = 100
LONGEST_ABOUT = 400

# The words are public: docs/accounts.md explains each.
DEEDS = {
    "account-added": N_("added an account"),
    "account-changed": N_("changed role or sites of"),
    "account-on": N_("switched on"),
    "account-off": N_("switched off"),
    "password-set": N_("set a new password for"),
    "password-changed": N_("changed the password of"),
    "link-sent": N_("sent a link to choose a password to"),
    "password-chosen": N_("chose a password by a link:"),
    "second-step-on": N_("set up an authenticator app for"),
    "second-step-off": N_("took the authenticator app off"),
    "recovery-code-used": N_("signed in with a recovery code:"),
    "passkey-added": N_("added a passkey to"),
    "passkey-removed": N_("took a passkey off"),
    "passkeys-removed": N_("took all passkeys off"),
    "passkey-copied": N_("was refused, because a passkey seems to be copied:"),
    "sso-bound": N_("came by single sign-on for the first time:"),
    "sso-added": N_("got an account by single sign-on:"),
    "sso-released": N_("released from single sign-on"),
    "let-in": N_("made a link to sign in for"),
    "let-in-used": N_("signed in by a link of the command line:"),
    "address-changed": N_("changed the address of an account:"),
    "site-added": N_("added the site"),
    "site-changed": N_("changed the site"),
    "token-added": N_("made the token"),
    "token-revoked": N_("revoked the token"),
}


def note(
    session: Session,
    by: int | None,
    deed: str,
    about: str,
    *,
    now: datetime,
    site_id: int | None = None,
) -> None:
    """Write down that `by` (an editor's id, or None for the command line) did it.

    To be called in the transaction of the deed: what is undone was never noted.
    """
    if deed not in DEEDS:
        raise ValueError(f"no such deed: {deed}")
    audit.add(
        session,
        editor_id=by,
        deed=deed,
        about=about[:LONGEST_ABOUT],
        site_id=site_id,
        now=now,
    )


def lines(
    session: Session, *, before: int | None = None
) -> tuple[Sequence[AuditEvent], int | None]:
    """The newest lines, or those before the one with this id; and where the next page starts."""
    found = audit.page_of(session, before=before, limit=LINES_ON_A_PAGE + 1)
    shown = found[:LINES_ON_A_PAGE]
    return shown, shown[-1].id if len(found) > LINES_ON_A_PAGE else None
