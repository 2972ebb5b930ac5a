"""The second step of signing in: codes of an authenticator app (RFC 6238), or recovery codes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.domain.words import N_
from typo_reports.services.quotas import Quotas
from typo_reports.storage import second_factors
from typo_reports.storage.engine import Database

ISSUER = "Typo Reports"
RECOVERY_CODES = 10
# 80 bits: nobody guesses them, so a plain hash keeps them.
_CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_CODE_LETTERS = 16
# A phone's clock may be off by half a minute; RFC 6238, 5.2 advises one step of delay at most.
_STEPS_OFF = (0, -1, 1)
CODES_PER_WINDOW = 10
WINDOW_SECONDS = 15 * 60
WRONG = N_("This code is not right, or it was used before. Please enter the next one.")


def is_on(session: Session, editor_id: int) -> bool:
    """Whether the editor is asked for a code."""
    factor = second_factors.of_editor(session, editor_id)
    return factor is not None and factor.confirmed_at is not None


def editors_with_app(session: Session) -> set[int]:
    """The ids of all who are asked for a code."""
    return second_factors.editors_with_one(session)


def begin(session: Session, editor_id: int) -> None:
    """Make a new secret to show to the app; ConflictError when an app is in use already."""
    if is_on(session, editor_id):
        raise ConflictError(N_("An authenticator app is set up already. Take it off first."))
    second_factors.replace(session, editor_id=editor_id, secret=pyotp.random_base32())


def pending(session: Session, *, editor_id: int, email: str) -> tuple[str, str] | None:
    """The secret that waits for its first code, and the otpauth: address of it; else None."""
    factor = second_factors.of_editor(session, editor_id)
    if factor is None or factor.confirmed_at is not None:
        return None
    address = pyotp.TOTP(factor.secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return factor.secret, address


def confirm(
    database: Database, *, editor_id: int, code: str, secret_key: str, now: datetime
) -> list[str]:
    """The app has shown its first code: ask for it from now on. Returns the recovery codes.

    Raises InvalidFieldsError (`code`), TooManyError, ConflictError when there is nothing to
    confirm.
    """
    _count(database, editor_id, secret_key, now)
    with database.writing() as session:
        factor = second_factors.of_editor(session, editor_id)
        if factor is None or factor.confirmed_at is not None:
            raise ConflictError(N_("There is no authenticator app to confirm. Please start again."))
        if not _take_app_code(session, editor_id, code, now):
            raise InvalidFieldsError.of("code", "wrong", WRONG)
        _give_back(session, editor_id, secret_key, now)
        return _new_recovery_codes(session, editor_id, now)


def check(
    database: Database, *, editor_id: int, code: str, secret_key: str, now: datetime
) -> str | None:
    """Take a code for signing in: "app", "recovery", or None for a wrong one.

    Raises TooManyError after too many attempts, then also for a right code. Takes the database,
    because an attempt must stay counted although it fails.
    """
    _count(database, editor_id, secret_key, now)
    with database.writing() as session:
        kind = _taken(session, editor_id, code, now)
        if kind is not None:
            _give_back(session, editor_id, secret_key, now)
        return kind


def switch_off(session: Session, editor_id: int) -> None:
    """Ask for no code any more; its recovery codes are worth nothing either."""
    second_factors.remove(session, editor_id)


def recovery_codes_left(session: Session, editor_id: int) -> int:
    """How many recovery codes are still unused."""
    return second_factors.recovery_codes_left(session, editor_id)


def _taken(session: Session, editor_id: int, code: str, now: datetime) -> str | None:
    if _take_app_code(session, editor_id, code, now):
        return "app"
    code_hash = _hash(code)
    if second_factors.take_recovery_code(session, editor_id=editor_id, code_hash=code_hash):
        return "recovery"
    return None


def _take_app_code(session: Session, editor_id: int, code: str, now: datetime) -> bool:
    factor = second_factors.of_editor(session, editor_id)
    if factor is None:
        return False
    step = _step_of(factor.secret, code, now)
    if step is None or _is_used(step, factor.last_step):
        return False
    return second_factors.take_step(session, editor_id=editor_id, step=step, seen=factor.last_step)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    given = "".join(code.split())[:16].encode("utf-8", errors="replace")
    app = pyotp.TOTP(secret)
    present = app.timecode(now)
    steps = [present + off for off in _STEPS_OFF]
    right = [hmac.compare_digest(app.generate_otp(step).encode(), given) for step in steps]
    return steps[right.index(True)] if any(right) else None


def _is_used(step: int, last_step: int | None) -> bool:
    # Only the steps that were open when the last code was taken: when the server's clock
    # was set back, nobody has to wait until it has caught up.
    return last_step is not None and last_step - 2 <= step <= last_step


def _new_recovery_codes(session: Session, editor_id: int, now: datetime) -> list[str]:
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    _keep(session, editor_id, codes, now)
    return codes


def _keep(session: Session, editor_id: int, codes: Sequence[str], now: datetime) -> None:
    hashes = [_hash(code) for code in codes]
    second_factors.confirm(session, editor_id=editor_id, code_hashes=hashes, now=now)


def _new_code() -> str:
    letters = "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, _CODE_LETTERS, 4))


def _hash(code: str) -> bytes:
    bare = "".join(code.split()).replace("-", "").lower()[:64]
    return hashlib.sha256(b"recovery/" + bare.encode("utf-8", errors="replace")).digest()


def _quota(editor_id: int) -> str:
    return f"second-step/account/{editor_id}"


def _count(database: Database, editor_id: int, secret_key: str, now: datetime) -> None:
    with database.writing() as session:
        Quotas(secret_key).spend(
            session,
            key=_quota(editor_id),
            limit=CODES_PER_WINDOW,
            window_seconds=WINDOW_SECONDS,
            now=now,
        )


def _give_back(session: Session, editor_id: int, secret_key: str, now: datetime) -> None:
    Quotas(secret_key).give_back(session, key=_quota(editor_id), now=now)
