"""What grouping keeps of a case whose reports an editor has put in order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.case import DUPLICATE, OPEN, RESOLVED
from typo_reports.domain.errors import ConflictError
from typo_reports.domain.grouping import Core
from typo_reports.domain.regrouping import core_of
from typo_reports.domain.words import N_
from typo_reports.services import grouping
from typo_reports.storage import cases, events, grouped
from typo_reports.storage.models import Case, CaseEvent


def keep(session: Session, case: Case, core: Core) -> None:
    """Give the case this core and its keys; the desk shows its seed."""
    before = Core.from_json(case.core)
    case.core = core.to_json()
    grouped.set_keys(session, case, rules.core_keys(core))
    if not before.pieces or core.seed != before.seed:
        grouping.show_seed(session, case, core)


def put_back(session: Session, case: Case, event: CaseEvent, *, now: datetime) -> None:
    """Give the case everything back that the new case of this event has by now.

    Raises ConflictError if that one is closed or was merged meanwhile.
    """
    new_case = cases.with_parts(session, event.data["split_to"], for_change=True)
    if new_case is None or new_case.status != OPEN:
        raise ConflictError(N_("This can't be undone: the new case has been decided meanwhile."))
    grouped.move_all_reports(session, from_case=new_case.id, to_case=case.id)
    pieces = (*Core.from_json(case.core).pieces, *Core.from_json(new_case.core).pieces)
    keep(session, case, core_of(pieces))
    new_case.status, new_case.resolution, new_case.resolved_at = RESOLVED, DUPLICATE, now
    new_case.duplicate_of_id = case.id
    new_case.version += 1
    new_case.updated_at = now
    grouped.set_keys(session, new_case, ())
    events.add(session, new_case, kind="grouped-back", actor="desk", now=now)
    grouping.recount(session, {case.id, new_case.id})
