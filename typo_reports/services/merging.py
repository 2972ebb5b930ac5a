"""Giving the reports of a case to another one, and back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import case as rules
from typo_reports.domain.case import Standing
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.grouping import Core, core_keys
from typo_reports.domain.words import N_
from typo_reports.services.actors import Actor, canonical_id
from typo_reports.storage import cases, events, grouped
from typo_reports.storage.models import Case, CaseEvent


def move_over(session: Session, actor: Actor, case: Case, into: str, *, now: datetime) -> list[str]:
    """Give the reports of the case to the case `into` of the same site; returns their ids.

    Raises InvalidFieldsError if there is none, ConflictError if that one is a duplicate itself.
    """
    original = cases.with_parts(session, canonical_id(into), for_change=True)
    if original is None or original.site_id != case.site_id:
        raise InvalidFieldsError.of(
            "duplicate_of", "unknown", N_("There is no such case on this site.")
        )
    standing = Standing(original.status, original.resolution, original.duplicate_of_id)
    rules.check_original(standing, original_of_original=original.duplicate_of_id)
    moved = cases.report_ids(session, case.id)
    cases.move_reports(session, moved, from_case=case.id, to_case=original.id)
    _count_readers(session, original, now)
    events.add(
        session,
        original,
        kind="merged",
        now=now,
        editor_id=actor.editor_id,
        actor=actor.said_name,
        data={"from": case.id, "exact": case.exact[:80], "readers": len(moved)},
    )
    return moved


def move_back(session: Session, case: Case, event: CaseEvent, *, now: datetime) -> None:
    """Give the case the reports back that this event took, as far as they are still there."""
    original_id = event.data["after"]["duplicate_of_id"]
    cases.move_reports(session, event.data["moved"], from_case=original_id, to_case=case.id)
    # An editor has said that these are two errors: grouping doesn't bring them together again.
    case.is_arranged = True
    grouped.set_keys(session, case, core_keys(Core.from_json(case.core)))
    original = cases.with_parts(session, original_id, for_change=True)
    if original is not None:
        _count_readers(session, original, now)
    _count_readers(session, case, now)


def last_merge(session: Session, case: Case) -> CaseEvent | None:
    """The event that made the case a duplicate, if an editor's."""
    if case.duplicate_of_id is None:
        return None
    for event in cases.history(session, case.id):
        if event.undone_at is None and "moved" in event.data:
            return event
    return None


def _count_readers(session: Session, case: Case, now: datetime) -> None:
    session.flush()
    case.readers = cases.readers(session, case.id)
    case.updated_at = now
