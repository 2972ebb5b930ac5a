"""The deeds of an editor upon a case: resolve, merge, reopen, assign, snooze, undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.domain import case as rules
from typo_reports.domain import lease
from typo_reports.domain.case import DUPLICATE, FIXED, OPEN, RESOLVED
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.domain.reply import checked_reply
from typo_reports.domain.words import N_
from typo_reports.services import elsewhere, merging
from typo_reports.services.actors import Actor, canonical_id
from typo_reports.services.changes import Deed, for_change, standing_of, take_back, write
from typo_reports.storage import assignees, cases, leases
from typo_reports.storage.models import Case, Editor


def resolve(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    resolution: str,
    note: str | None = None,
    reply: str | None = None,
    duplicate_of: str | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> Deed:
    """Close the case. As a duplicate it gives its readers to the case that it names.

    `note` is for colleagues, `reply` for the readers who reported it.

    Raises ConflictError, in words, if it is closed already or an editor changed it since
    `expected_version`; InvalidFieldsError for an unknown resolution or a missing original.
    """
    note = rules.checked_note(note)
    found = for_change(session, actor, case_id, expected_version)
    deed = close(
        session,
        actor,
        found,
        resolution=resolution,
        note=note,
        reply=reply,
        duplicate_of=duplicate_of,
        now=now,
    )
    session.flush()
    return deed


def close(
    session: Session,
    actor: Actor,
    found: Case,
    *,
    resolution: str,
    note: str | None = None,
    reply: str | None = None,
    duplicate_of: str | None = None,
    now: datetime,
    batch_id: str | None = None,
) -> Deed:
    """Close a case that is at hand and locked; the same errors as `resolve`."""
    standing = rules.after_resolving(
        standing_of(found), case_id=found.id, resolution=resolution, duplicate_of=duplicate_of
    )
    changes: dict[str, Any] = {
        "status": RESOLVED,
        "resolution": resolution,
        "resolved_at": now,
    }
    reply = checked_reply(reply)
    if reply != found.reply:
        changes["reply"] = reply
    data: dict[str, Any] = {}
    if standing.duplicate_of is not None:
        data["moved"] = merging.move_over(session, actor, found, standing.duplicate_of, now=now)
        changes["duplicate_of_id"] = canonical_id(standing.duplicate_of)
    if found.snoozed_until is not None:
        changes["snoozed_until"] = None
    leases.release(session, found.id)
    if resolution == FIXED:
        elsewhere.after_confirming(session, found, now=now)
    return write(
        session,
        found,
        actor,
        "resolved",
        changes,
        now=now,
        note=note,
        data=data,
        batch_id=batch_id,
    )


def reopen(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    note: str | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> Deed:
    """Open a closed case again. One that was merged takes its reports back."""
    note = rules.checked_note(note)
    found = for_change(session, actor, case_id, expected_version)
    rules.after_reopening(standing_of(found))
    merged = merging.last_merge(session, found)
    if merged is not None:
        merging.move_back(session, found, merged, now=now)
    changes = {
        "status": OPEN,
        "resolution": None,
        "resolved_at": None,
        "duplicate_of_id": None,
        "reply": None,
    }
    deed = write(session, found, actor, "reopened", changes, now=now, note=note)
    session.flush()
    return deed


def assign(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    editor_id: int | None,
    expected_version: int | None = None,
    now: datetime,
) -> Deed:
    """Give the case to an editor of its site or to nobody."""
    found = for_change(session, actor, case_id, expected_version)
    deed = give(session, actor, found, editor_id=editor_id, now=now)
    session.flush()
    return deed


def give(
    session: Session,
    actor: Actor,
    found: Case,
    *,
    editor_id: int | None,
    now: datetime,
    batch_id: str | None = None,
) -> Deed:
    """Assign a case that is at hand and locked."""
    owner = None if editor_id is None else _owner(session, found.site_id, editor_id)
    if batch_id is None and actor.editor_id is not None:
        _follow(session, actor.editor_id, found, owner, now)
    changes = {"assignee_id": owner.id if owner else None}
    data = {"name": owner.name or owner.email if owner else None}
    return write(session, found, actor, "assigned", changes, now=now, data=data, batch_id=batch_id)


def _follow(
    session: Session, actor_id: int, found: Case, owner: Editor | None, now: datetime
) -> None:
    """Who takes a case is on it; who gives it away is not any more."""
    if owner is not None and owner.id == actor_id and found.status == OPEN:
        leases.take(session, found, editor_id=actor_id, now=now, until=lease.ends(now))
    else:
        leases.release(session, found.id, editor_id=actor_id)


def snooze(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    until: datetime | None,
    expected_version: int | None = None,
    now: datetime,
) -> Deed:
    """Leave the open case out of the queue until then; None wakes it at once."""
    found = for_change(session, actor, case_id, expected_version)
    deed = put_to_sleep(session, actor, found, until=until, now=now)
    session.flush()
    return deed


def put_to_sleep(
    session: Session,
    actor: Actor,
    found: Case,
    *,
    until: datetime | None,
    now: datetime,
    batch_id: str | None = None,
) -> Deed:
    """Snooze a case that is at hand and locked; ConflictError unless it is open."""
    if not standing_of(found).is_open:
        raise ConflictError(
            N_("This case is %(words)s: it sleeps already.", words=standing_of(found).words())
        )
    changes = {"snoozed_until": until}
    kind = "woken" if until is None else "snoozed"
    if until is not None:
        leases.release(session, found.id)
    return write(session, found, actor, kind, changes, now=now, batch_id=batch_id)


def merge(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    into: str,
    note: str | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> Deed:
    """Close the case as a duplicate of `into`, which takes over its reports."""
    return resolve(
        session,
        actor,
        case_id,
        resolution=DUPLICATE,
        note=note,
        duplicate_of=into,
        expected_version=expected_version,
        now=now,
    )


def undo(session: Session, actor: Actor, case_id: str, *, event_id: str, now: datetime) -> Deed:
    """Take a deed back: everything that it changed becomes as it was before.

    Raises ConflictError if it was undone already, or if what it changed has changed again since.
    """
    found = for_change(session, actor, case_id, None)
    event = cases.event(session, canonical_id(event_id), case_id=found.id)
    if event is None:
        raise NotFoundError(N_("There is no such deed to undo."))
    deed = take_back(session, actor, found, event, now=now)
    session.flush()
    return deed


def _owner(session: Session, site_id: int, editor_id: int) -> Editor:
    owner = assignees.one_of_site(session, editor_id, site_id)
    if owner is None:
        raise InvalidFieldsError.of(
            "assignee", "unknown", N_("There is no such editor on the desk of this site.")
        )
    return owner
