"""A reader takes a report back: nothing of it stays but that it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.case import WITHDRAWN
from typo_reports.domain.piece import key_of
from typo_reports.domain.regrouping import Core
from typo_reports.services import digests, elsewhere_cases, own_report, ungrouping
from typo_reports.storage import elsewhere, events, grouped, withdrawals
from typo_reports.storage.models import Case, Report, WithdrawnReport


def withdraw(
    session: Session, token: str, *, origin: str | None, now: datetime, base_url: str
) -> None:
    """Delete the report of this receipt; twice is once.

    Raises NotFoundError, OriginNotAllowedError, and TooLateError when it is older than ten
    minutes or the editors have decided.
    """
    report = own_report.held(session, token, origin=origin)
    if isinstance(report, WithdrawnReport):
        return
    own_report.check_changeable(report, now=now)
    case, piece_key = report.case, report.piece_key
    shown = _selection(report)
    withdrawals.remember(session, report, now=now)
    ungrouping.take_out(session, case, piece_key, now=now)
    events.add(session, case, kind="withdrawn", actor="reader", now=now)
    if not case.readers and not elsewhere_cases.keep_without_readers(session, case):
        _empty(session, case, now)
    session.flush()
    for duplicate in _ended_in(session, case):
        _take_from_duplicate(session, duplicate, case, piece_key, shown, now)
    session.flush()
    digests.rewrite_waiting(session, site_id=case.site_id, now=now, base_url=base_url)


def _ended_in(session: Session, case: Case) -> list[Case]:
    """The cases that ended in this one, and those that had ended in them."""
    found: list[Case] = []
    wanted = [case]
    while wanted:
        ended = withdrawals.duplicates_of(session, wanted.pop().id)
        found += ended
        wanted += ended
    return found


def _selection(thing: Report | Case) -> tuple[str, str, str]:
    return thing.exact, thing.prefix, thing.suffix


def _empty(session: Session, case: Case, now: datetime) -> None:
    """Take a case that has no reports any more out of all lists, and its texts with it."""
    case.status, case.resolution, case.resolved_at = WITHDRAWN, None, None
    case.exact = case.prefix = case.suffix = ""
    case.start = case.end = None
    case.core = Core().to_json()
    grouped.set_keys(session, case, ())
    case.hint, case.sightings, case.snoozed_until = None, None, None
    case.hinted_at = now
    case.correction = None
    elsewhere.forget_case(session, case.id)


def _take_from_duplicate(
    session: Session,
    duplicate: Case,
    original: Case,
    piece_key: str,
    shown: tuple[str, str, str],
    now: datetime,
) -> None:
    """A case that ended in this one keeps a copy of its selection, which goes, too."""
    if grouped.report_of(session, case_id=original.id, piece_key=piece_key) is None:
        core = Core.from_json(duplicate.core)
        duplicate.core = ungrouping.without_piece(core, piece_key).to_json()
    if _selection(duplicate) != shown or withdrawals.shows(session, original.id, duplicate):
        return
    other = _report_of_another(session, duplicate, original)
    if other is None:
        _empty(session, duplicate, now)
        duplicate.duplicate_of_id = None
    else:
        duplicate.exact, duplicate.prefix, duplicate.suffix = _selection(other)
        duplicate.start, duplicate.end = other.start, other.end
    for event in withdrawals.merges_into(session, original.id):
        if event.data.get("from") == duplicate.id:
            event.data = {**event.data, "exact": duplicate.exact[:80]}
    duplicate.version += 1
    duplicate.updated_at = now


def _report_of_another(session: Session, duplicate: Case, original: Case) -> Report | None:
    """A report that the case had before it ended in the other, and that is there still."""
    for piece in Core.from_json(duplicate.core).pieces:
        found = grouped.report_of(session, case_id=original.id, piece_key=key_of(piece))
        if found is not None:
            return found
    return None
