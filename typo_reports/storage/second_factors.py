"""Authenticator apps of editors, and the codes that stand in for a lost one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from typo_reports.storage.models import RecoveryCode, SecondFactor


def of_editor(session: Session, editor_id: int) -> SecondFactor | None:
    """The editor's app, confirmed or not."""
    return session.get(SecondFactor, editor_id)


def editors_with_one(session: Session) -> set[int]:
    """The ids of the editors who are asked for a code."""
    statement = select(SecondFactor.editor_id).where(SecondFactor.confirmed_at.is_not(None))
    return set(session.scalars(statement))


def replace(session: Session, *, editor_id: int, secret: str) -> None:
    """Keep a new secret, not yet confirmed, in place of what was there."""
    remove(session, editor_id)
    session.add(SecondFactor(editor_id=editor_id, secret=secret, confirmed_at=None, last_step=None))
    session.flush()


def take_step(session: Session, *, editor_id: int, step: int, seen: int | None) -> bool:
    """Note the step of a code as used; False when another request took one meanwhile."""
    unchanged = SecondFactor.last_step.is_(None) if seen is None else SecondFactor.last_step == seen
    taken = session.execute(
        update(SecondFactor)
        .where(SecondFactor.editor_id == editor_id, unchanged)
        .values(last_step=step)
        .returning(SecondFactor.editor_id)
        .execution_options(synchronize_session="fetch")
    )
    return taken.first() is not None


def confirm(
    session: Session, *, editor_id: int, code_hashes: Iterable[bytes], now: datetime
) -> None:
    """From now on the app is asked for; these codes stand in for it, each once."""
    session.execute(
        update(SecondFactor).where(SecondFactor.editor_id == editor_id).values(confirmed_at=now)
    )
    session.execute(delete(RecoveryCode).where(RecoveryCode.editor_id == editor_id))
    session.add_all(RecoveryCode(editor_id=editor_id, code_hash=one) for one in code_hashes)
    session.flush()


def take_recovery_code(session: Session, *, editor_id: int, code_hash: bytes) -> bool:
    """Use up a code; False when there is no such one (any more)."""
    used = session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.editor_id == editor_id, RecoveryCode.code_hash == code_hash)
        .returning(RecoveryCode.editor_id)
    )
    return used.first() is not None


def recovery_codes_left(session: Session, editor_id: int) -> int:
    """How many codes the editor has not used yet."""
    statement = select(func.count()).where(RecoveryCode.editor_id == editor_id)
    return session.scalar(statement) or 0


def remove(session: Session, editor_id: int) -> None:
    """Forget the app and its codes."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.editor_id == editor_id))
    session.execute(delete(SecondFactor).where(SecondFactor.editor_id == editor_id))
