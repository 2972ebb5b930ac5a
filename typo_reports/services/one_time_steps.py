"""Steps that are begun now and finished once, soon, by whoever holds the token.

The token is random, and only its hash is kept; what belongs to the step stays on the server.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.storage import one_time_steps

ADD_PASSKEY = "add-passkey"
ENTER_BY_PASSKEY = "passkey"
ENTER_BY_SSO = "sso"
LET_IN = "let-in"
NEW_ADDRESS = "new-address"


@dataclass(frozen=True, slots=True)
class Step:
    """What was kept: whose step it is, if that was known, and what belongs to it."""

    editor_id: int | None
    content: dict[str, Any]


def begin(
    session: Session,
    kind: str,
    content: dict[str, Any],
    *,
    editor_id: int | None = None,
    seconds: int,
    now: datetime,
) -> str:
    """Keep the step for so long; returns the token that finishes it."""
    token = secrets.token_urlsafe(32)
    one_time_steps.add(
        session,
        token_hash=_hash(token),
        kind=kind,
        editor_id=editor_id,
        content=content,
        expires_at=now + timedelta(seconds=seconds),
    )
    return token


def look(session: Session, kind: str, token: str, now: datetime) -> Step | None:
    """The step as it stands, or None when it was finished, is too old, or never was."""
    found = one_time_steps.look(session, token_hash=_hash(token), kind=kind, now=now)
    return Step(found.editor_id, found.content) if found is not None else None


def finish(session: Session, kind: str, token: str, now: datetime) -> Step | None:
    """Take the step: nobody gets it again. None when it was finished, is too old, or never was."""
    taken = one_time_steps.take(session, token_hash=_hash(token), kind=kind, now=now)
    return Step(*taken) if taken is not None else None


def forget(session: Session, kind: str, editor_id: int) -> None:
    """Make all steps of this kind of an editor worthless."""
    one_time_steps.remove_of_editor(session, editor_id, kind)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", errors="replace")).digest()
