"""The deeds of an editor upon a case: resolve, merge, reopen, assign, undo.

Each goes through `_write`, which also writes the case event that tells what was done, by whom,
and what it takes to undo it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.domain import case as rules
from typo_reports.domain.case import DUPLICATE, OPEN, RESOLVED, Standing
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.services.actors import Actor, canonical_id, visible_case
from typo_reports.storage import assignees, cases, events
from typo_reports.storage.models import Case, CaseEvent, Editor

_TIMES = frozenset({"resolved_at"})


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: the case after it, and the event by which it can be undone."""

    case: Case
    event_id: str


def resolve(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    resolution: str,
    note: str | None = None,
    duplicate_of: str | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> Deed:
    """Close the case. As a duplicate it gives its readers to the case that it names.

    Raises ConflictError, in words, if it is closed already or an editor changed it since
    `expected_version`; InvalidFieldsError for an unknown resolution or a missing original.
    """
    note = rules.checked_note(note)
    found = _for_change(session, actor, case_id, expected_version)
    standing = rules.after_resolving(
        _standing(found), case_id=found.id, resolution=resolution, duplicate_of=duplicate_of
    )
    if standing.duplicate_of is not None:
        return _merge(session, actor, found, standing.duplicate_of, note=note, now=now)
    changes = {"status": RESOLVED, "resolution": resolution, "resolved_at": now}
    return _write(session, found, actor, "resolved", changes, now=now, note=note)


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
    found = _for_change(session, actor, case_id, expected_version)
    rules.after_reopening(_standing(found))
    merged = _last_merge(session, found)
    if merged is not None:
        _take_back(session, found, merged, now)
    changes = {
        "status": OPEN,
        "resolution": None,
        "resolved_at": None,
        "duplicate_of_id": None,
    }
    return _write(session, found, actor, "reopened", changes, now=now, note=note)


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
    found = _for_change(session, actor, case_id, expected_version)
    owner = None if editor_id is None else _owner(session, found.site_id, editor_id)
    changes = {"assignee_id": owner.id if owner else None}
    data = {"name": owner.name or owner.email if owner else None}
    return _write(session, found, actor, "assigned", changes, now=now, data=data)


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
    found = _for_change(session, actor, case_id, None)
    event = cases.event(session, canonical_id(event_id), case_id=found.id)
    if event is None or "before" not in event.data:
        raise NotFoundError("There is no such deed to undo.")
    if event.undone_at is not None:
        raise ConflictError("This was undone already.")
    before, after = event.data["before"], event.data["after"]
    if any(_plain(getattr(found, name)) != value for name, value in after.items()):
        raise ConflictError(f"This can't be undone: the case is {_standing(found).words()} now.")
    changes = {name: _restored(name, value) for name, value in before.items()}
    if "moved" in event.data:
        _take_back(session, found, event, now)
    event.undone_at = now
    return _write(session, found, actor, "undone", changes, now=now, data={"kind": event.kind})


def _merge(
    session: Session, actor: Actor, found: Case, into: str, *, note: str | None, now: datetime
) -> Deed:
    original = cases.with_parts(session, canonical_id(into), for_change=True)
    if original is None or original.site_id != found.site_id:
        raise InvalidFieldsError.of(
            "duplicate_of", "unknown", "There is no such case on this site."
        )
    rules.check_original(_standing(original), original_of_original=original.duplicate_of_id)
    moved = cases.report_ids(session, found.id)
    cases.move_reports(session, moved, from_case=found.id, to_case=original.id)
    _count_readers(session, original, now)
    events.add(
        session,
        original,
        kind="merged",
        now=now,
        editor_id=actor.editor_id,
        actor=_said_actor(actor),
        data={"from": found.id, "exact": found.exact[:80], "readers": len(moved)},
    )
    changes = {
        "status": RESOLVED,
        "resolution": DUPLICATE,
        "resolved_at": now,
        "duplicate_of_id": original.id,
    }
    data = {"moved": moved}
    return _write(session, found, actor, "resolved", changes, now=now, note=note, data=data)


def _owner(session: Session, site_id: int, editor_id: int) -> Editor:
    owner = assignees.one_of_site(session, editor_id, site_id)
    if owner is None:
        raise InvalidFieldsError.of(
            "assignee", "unknown", "There is no such editor on the desk of this site."
        )
    return owner


def _last_merge(session: Session, found: Case) -> CaseEvent | None:
    if found.duplicate_of_id is None:
        return None
    for event in cases.history(session, found.id):
        if event.undone_at is None and "moved" in event.data:
            return event
    return None


def _take_back(session: Session, found: Case, event: CaseEvent, now: datetime) -> None:
    original_id = event.data["after"]["duplicate_of_id"]
    cases.move_reports(session, event.data["moved"], from_case=original_id, to_case=found.id)
    original = cases.with_parts(session, original_id, for_change=True)
    if original is not None:
        _count_readers(session, original, now)
    _count_readers(session, found, now)


def _count_readers(session: Session, counted: Case, now: datetime) -> None:
    session.flush()
    counted.readers = cases.readers(session, counted.id)
    counted.updated_at = now


def _write(
    session: Session,
    changed: Case,
    actor: Actor,
    kind: str,
    changes: dict[str, Any],
    *,
    now: datetime,
    note: str | None = None,
    data: dict[str, Any] | None = None,
) -> Deed:
    """Make the changes and write the event: the one door of every deed."""
    before = {name: _plain(getattr(changed, name)) for name in changes}
    for name, value in changes.items():
        setattr(changed, name, value)
    changed.version += 1
    changed.updated_at = now
    after = {name: _plain(value) for name, value in changes.items()}
    event = events.add(
        session,
        changed,
        kind=kind,
        now=now,
        editor_id=actor.editor_id,
        actor=_said_actor(actor),
        note=note,
        data={"before": before, "after": after, "version": changed.version, **(data or {})},
    )
    session.flush()
    return Deed(changed, event.id)


def _said_actor(actor: Actor) -> str | None:
    return actor.name if actor.editor_id is None else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _restored(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _TIMES and value is not None else value


def _standing(of: Case) -> Standing:
    return Standing(of.status, of.resolution, of.duplicate_of_id)


def _for_change(session: Session, actor: Actor, case_id: str, expected_version: int | None) -> Case:
    found = visible_case(session, actor, case_id, for_change=True)
    if expected_version is None or found.version == expected_version:
        return found
    # Reports raise the version too, and one more reader is no reason to refuse an editor.
    for event in cases.history(session, found.id):
        if event.data.get("version", 0) > expected_version:
            raise ConflictError(_overtaken(event, found))
    return found


def _overtaken(event: CaseEvent, found: Case) -> str:
    who = event.editor.name if event.editor is not None else "Somebody"
    standing = _standing(found).words()
    return f"{who} was faster: the case is {standing} now. Nothing was changed by you."
