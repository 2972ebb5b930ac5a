"""The outbox: letters waiting, claimed for a while by one worker, sent or failed.

A letter is a row of the transaction that gave reason for it, so a crash loses none. A worker that
dies holds its one letter until the lease is over; then the next worker takes it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Letter

WAITING, SENT, FAILED = "waiting", "sent", "failed"


def add(
    session: Session,
    *,
    topic: str,
    kind: str,
    site_id: int | None,
    recipient: str,
    subject: str,
    body_text: str,
    body_html: str | None,
    host: str,
    due_at: datetime,
    now: datetime,
) -> bool:
    """Queue a letter; False when one with the same topic was queued before.

    Its Message-ID is made here, under `host`, so that every attempt to send it has the same.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    letter_id = new_id(now)
    added = session.execute(
        insert(Letter)
        .values(
            id=letter_id,
            topic=topic,
            kind=kind,
            site_id=site_id,
            recipient=recipient,
            subject=subject,
            body_text=body_text,
            body_html=body_html,
            message_id=f"<{letter_id}@{host}>",
            state=WAITING,
            attempts=0,
            due_at=due_at,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["topic"])
        .returning(Letter.id)
    )
    return added.first() is not None


def _is_free(now: datetime) -> ColumnElement[bool]:
    return (
        (Letter.state == WAITING)
        & (Letter.due_at <= now)
        & or_(Letter.leased_until.is_(None), Letter.leased_until <= now)
    )


def claim(session: Session, *, now: datetime, lease: timedelta) -> Letter | None:
    """Take the letter that has been due longest, for the time of `lease`; None if none is due.

    One conditional UPDATE: of two workers only one gets the row. The attempt counts from here, so
    that a letter which takes the worker down with it is not tried for ever.
    """
    oldest = (
        select(Letter.id)
        .where(_is_free(now))
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalars(
        update(Letter)
        .where(Letter.id == oldest, _is_free(now))
        .values(leased_until=now + lease, attempts=Letter.attempts + 1)
        .returning(Letter)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()


def mark_sent(session: Session, letter_id: str, *, now: datetime) -> None:
    """The mail server has taken the letter: nobody sends it again, whoever holds it now."""
    session.execute(
        update(Letter)
        .where(Letter.id == letter_id)
        .values(state=SENT, sent_at=now, leased_until=None, last_error=None)
        .execution_options(synchronize_session=False)
    )


def _held(letter: Letter) -> ColumnElement[bool]:
    # Whoever comes back after the lease may find the letter in other hands, or sent.
    return (
        (Letter.id == letter.id)
        & (Letter.state == WAITING)
        & (Letter.leased_until == letter.leased_until)
    )


def mark_failed(session: Session, letter: Letter, *, reason: str) -> None:
    """Give the letter up, unless another worker has it by now."""
    session.execute(
        update(Letter)
        .where(_held(letter))
        .values(state=FAILED, leased_until=None, last_error=reason)
        .execution_options(synchronize_session=False)
    )


def put_back(session: Session, letter: Letter, *, due_at: datetime, reason: str) -> None:
    """Let the letter wait until `due_at`, unless another worker has it by now."""
    session.execute(
        update(Letter)
        .where(_held(letter))
        .values(due_at=due_at, leased_until=None, last_error=reason)
        .execution_options(synchronize_session=False)
    )


def hold_back(session: Session, letter: Letter, *, until: datetime, now: datetime) -> int:
    """The cap is reached: all due letters of the same site and kind wait; returns how many.

    The claimed one among them gets its attempt back, since it was none.
    """
    session.execute(
        update(Letter)
        .where(_held(letter))
        .values(leased_until=None, attempts=Letter.attempts - 1)
        .execution_options(synchronize_session=False)
    )
    same_site = (
        Letter.site_id.is_(None) if letter.site_id is None else Letter.site_id == letter.site_id
    )
    # Not those that another worker is just taking: the two would wait for each other.
    alike = (
        select(Letter.id)
        .where(_is_free(now), same_site, Letter.kind == letter.kind)
        .with_for_update(skip_locked=True)
    )
    held = session.execute(
        update(Letter)
        .where(Letter.id.in_(alike))
        .values(due_at=until)
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    return len(held.all())


def withdraw(session: Session, *, topic_start: str) -> int:
    """Delete the waiting letters whose topic begins so, unless one is just being sent."""
    gone = session.execute(
        delete(Letter)
        .where(
            Letter.topic.startswith(topic_start, autoescape=True),
            Letter.state == WAITING,
            Letter.leased_until.is_(None),
        )
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def waiting_of(session: Session, *, site_id: int, kind: str) -> list[Letter]:
    """The site's letters of this kind that have not gone yet, locked until the commit.

    One that is just being sent is among them: should that fail, it goes as it is then.
    """
    return list(
        session.scalars(
            select(Letter)
            .where(Letter.site_id == site_id, Letter.kind == kind, Letter.state == WAITING)
            .order_by(Letter.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def forget_done(session: Session, *, before: datetime) -> int:
    """Delete letters that were queued before then and are sent or failed."""
    gone = session.execute(
        delete(Letter)
        .where(Letter.state.in_([SENT, FAILED]), Letter.created_at < before)
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the desk should know: letters given up, letters that wait after a failed attempt."""

    failed: int
    delayed: int
    last_reason: str | None


def trouble(session: Session, *, since: datetime, site_ids: Collection[int] | None) -> Trouble:
    """The trouble with letters queued after `since`; of these sites, or of all for None."""
    is_failed = Letter.state == FAILED
    is_delayed = (Letter.state == WAITING) & Letter.last_error.is_not(None)
    wanted = [is_failed | is_delayed, Letter.created_at > since]
    if site_ids is not None:
        wanted.append(Letter.site_id.in_(site_ids))
    counts = select(func.count(), Letter.state).where(*wanted).group_by(Letter.state)
    by_state = {state: count for count, state in session.execute(counts)}
    reason = select(Letter.last_error).where(*wanted).order_by(Letter.created_at.desc()).limit(1)
    return Trouble(
        failed=by_state.get(FAILED, 0),
        delayed=by_state.get(WAITING, 0),
        last_reason=session.scalars(reason).first(),
    )


def with_error(session: Session, *, limit: int) -> list[Letter]:
    """Letters that failed, or that wait after a failed attempt, newest first."""
    return list(
        session.scalars(
            select(Letter)
            .where(Letter.state.in_((WAITING, FAILED)), Letter.last_error.is_not(None))
            .order_by(Letter.created_at.desc())
            .limit(limit)
        )
    )
