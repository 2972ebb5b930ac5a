"""Taking a report out of its case, and what that changes for the reports that stay."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.grouping import Member
from typo_reports.domain.piece import Piece, key_of, piece_of
from typo_reports.domain.regrouping import Core, core_of
from typo_reports.domain.selector import Selector
from typo_reports.services import grouping
from typo_reports.storage import cases, grouped, withdrawals
from typo_reports.storage.models import Case, Report


def take_out(session: Session, case: Case, piece_key: str, *, now: datetime) -> None:
    """Let the case forget a report with this piece that is gone already.

    Pieces, keys, readers, what the desk shows and, if the report stood for the case, which of the
    others belong together: all as if it had never come. A case without reports keeps nothing.
    """
    changed = {case.id} | _forget_piece(session, case, piece_key, now)
    grouping.recount(session, changed)
    case.version += 1
    case.updated_at = now
    show_reports(session, case)


def give_piece(session: Session, report: Report, suggestion: str | None, *, now: datetime) -> None:
    """Let the report speak of another piece, and go to the case where that belongs."""
    case, old_key = report.case, report.piece_key
    member = _member(report, suggestion, _revision(case, old_key))
    is_alone = cases.readers(session, case.id) == 1
    report.suggestion, report.piece_key = suggestion, rules.piece_key(member)
    if is_alone:
        _move_alone(session, report, member, now)
    else:
        _move_from_others(session, report, member, old_key, now)
    session.expire(report)


def show_reports(session: Session, case: Case) -> None:
    """Let the desk show a selection that one of the case's reports has, read anew for its error."""
    first = withdrawals.first_report(session, case.id)
    if first is None:
        return
    case.exact, case.prefix, case.suffix = first.exact, first.prefix, first.suffix
    case.start, case.end = first.start, first.end
    case.hint, case.hinted_at = None, None
    core = Core.from_json(case.core)
    if core.pieces:
        grouping.show_seed(session, case, core)


def without_piece(core: Core, piece_key: str) -> Core:
    """The core without the piece of this name."""
    return Core(tuple(piece for piece in core.pieces if key_of(piece) != piece_key))


def _left(session: Session, case: Case, core: Core, piece_key: str) -> Core:
    if grouped.report_of(session, case_id=case.id, piece_key=piece_key) is not None:
        return core
    left = without_piece(core, piece_key)
    first = withdrawals.first_report(session, case.id)
    if left.pieces or first is None:
        return left
    # Reports that came by a merge, or after the case had kept its most pieces.
    return core_of([_piece(first)])


def _keep_pieces(session: Session, case: Case, core: Core) -> None:
    case.core = core.to_json()
    grouped.set_keys(session, case, rules.core_keys(core))


def _forget_piece(session: Session, case: Case, piece_key: str, now: datetime) -> set[str]:
    """Sort the reports that stay as if the piece had never come; the cases that change."""
    before = Core.from_json(case.core)
    core = _left(session, case, before, piece_key)
    _keep_pieces(session, case, core)
    # Only a piece that stood for the case decided where others belong.
    if not core.pieces or core.pieces[:1] == before.pieces[:1] or case.status != "open":
        return set()
    found = rules.reunited(grouping.candidate(case), grouping.loader(session, case.page_id))
    return grouping.carry_out(session, case, found.regrouped, found.emptied, now=now)


def _move_alone(session: Session, report: Report, member: Member, now: datetime) -> None:
    """The report's case goes on with the new piece, or ends in the case that has it already."""
    case = report.case
    _keep_pieces(session, case, Core())
    decision = rules.decide(member, grouping.loader(session, case.page_id))
    if decision.join is None:
        placed = grouping.Placed(case, case, True, decision)
    else:
        placed = grouping.joining(session, decision.join, decision)
        report.case_id = placed.case.id
    session.flush()
    grouping.joined(session, placed, now=now)
    if placed.case.id != case.id:
        grouping.end_in(session, case.id, placed.case.id, now=now)
    _changed(session, {case.id, placed.case.id}, now)


def _move_from_others(
    session: Session, report: Report, member: Member, old_key: str, now: datetime
) -> None:
    """The report goes where its new piece belongs; the others stay as if it had never been."""
    case = report.case
    session.flush()
    changed = _forget_piece(session, case, old_key, now)
    placed = grouping.place_member(session, case.page, member, now=now)
    session.flush()
    session.refresh(report)
    report.case_id = placed.case.id
    session.flush()
    grouping.joined(session, placed, now=now)
    _changed(session, {case.id, placed.case.id} | changed, now)


def _changed(session: Session, case_ids: Collection[str], now: datetime) -> None:
    grouping.recount(session, case_ids)
    for case_id in case_ids:
        case = session.get_one(Case, case_id)
        case.version += 1
        case.updated_at = now
        show_reports(session, case)


def _revision(case: Case, piece_key: str) -> str | None:
    """The state of the page that the report was made from, as its piece has kept it."""
    for piece in Core.from_json(case.core).pieces:
        if key_of(piece) == piece_key:
            return piece.revision
    return case.page.modified_at


def _member(report: Report, suggestion: str | None, revision: str | None) -> Member:
    return Member(_selector(report), suggestion, revision)


def _piece(report: Report) -> Piece:
    return piece_of(_selector(report), report.suggestion)


def _selector(report: Report) -> Selector:
    return Selector(report.exact, report.prefix, report.suffix, report.start, report.end)
