"""The one door through which every deed upon a case goes.

`write` makes the changes and writes the case event that tells what was done, by whom, and what
it takes to undo it; `take_back` undoes what such an event says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.domain.case import FIXED, Standing
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.services import arranging, elsewhere, elsewhere_cases, merging
from typo_reports.services.actors import Actor, visible_case
from typo_reports.storage import cases, events, leases
from typo_reports.storage.models import Case, CaseEvent

_TIMES = frozenset({"resolved_at", "snoozed_until", "withheld_at"})


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done: the case after it, and the event by which it can be undone."""

    case: Case
    event_id: str


def standing_of(case: Case) -> Standing:
    """Where the case stands, as the rules see it."""
    return Standing(case.status, case.resolution, case.duplicate_of_id)


def for_change(session: Session, actor: Actor, case_id: str, expected_version: int | None) -> Case:
    """The case, locked. ConflictError in words if an editor changed it since that version."""
    found = visible_case(session, actor, case_id, for_change=True)
    if expected_version is None or found.version == expected_version:
        return found
    # Reports raise the version too, and one more reader is no reason to refuse an editor.
    for event in cases.history(session, found.id):
        if event.data.get("version", 0) > expected_version:
            raise ConflictError(_overtaken(event, found))
    return found


def write(
    session: Session,
    case: Case,
    actor: Actor,
    kind: str,
    changes: dict[str, Any],
    *,
    now: datetime,
    note: str | None = None,
    data: dict[str, Any] | None = None,
    batch_id: str | None = None,
) -> Deed:
    """Make the changes and write the event. What is written goes out with the next flush."""
    before = {name: _plain(getattr(case, name)) for name in changes}
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.updated_at = now
    after = {name: _plain(value) for name, value in changes.items()}
    event = events.add(
        session,
        case,
        kind=kind,
        now=now,
        editor_id=actor.editor_id,
        actor=actor.said_name,
        note=note,
        data={"before": before, "after": after, "version": case.version, **(data or {})},
    )
    event.batch_id = batch_id
    return Deed(case, event.id)


def take_back(
    session: Session, actor: Actor, case: Case, event: CaseEvent, *, now: datetime
) -> Deed:
    """Make everything that the event changed as it was before.

    Raises NotFoundError if the event is no deed, ConflictError if it was undone already or what
    it changed has changed again since.
    """
    if "before" not in event.data or event.kind == "undone":
        raise NotFoundError(N_("There is no such deed to undo."))
    if event.undone_at is not None:
        raise ConflictError(N_("This was undone already."))
    before, after = event.data["before"], event.data["after"]
    elsewhere_cases.check_undo(case, event)
    if any(_plain(getattr(case, name)) != value for name, value in after.items()):
        raise ConflictError(
            N_("This can't be undone: the case is %(words)s now.", words=standing_of(case).words())
        )
    if "moved" in event.data:
        merging.move_back(session, case, event, now=now)
    if "split_to" in event.data:
        arranging.put_back(session, case, event, now=now)
    elsewhere_cases.after_undo(session, case, event)
    if after.get("resolution") == FIXED:
        elsewhere.after_taking_back(session, case, now=now)
    event.undone_at = now
    if actor.editor_id is not None:
        leases.release(session, case.id, editor_id=actor.editor_id)
    changes = {name: _restored(name, value) for name, value in before.items()}
    return write(session, case, actor, "undone", changes, now=now, data={"kind": event.kind})


def _overtaken(event: CaseEvent, found: Case) -> str:
    return N_(
        "%(who)s was faster: the case is %(words)s now. Nothing was changed by you.",
        who=event.editor.name if event.editor is not None else N_("Somebody"),
        words=standing_of(found).words(),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _restored(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _TIMES and value is not None else value
