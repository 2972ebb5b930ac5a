"""Taking reports about another error out of a case, and back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.case import DUPLICATE
from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.domain.grouping import Core, Member
from typo_reports.domain.piece import key_of
from typo_reports.domain.regrouping import core_of
from typo_reports.domain.selector import Selector
from typo_reports.domain.words import N_
from typo_reports.services import arranging, grouping
from typo_reports.services.actors import Actor
from typo_reports.services.changes import Deed, for_change, write
from typo_reports.storage import cases, events, grouped, pages, reports
from typo_reports.storage.models import Case, Report


@dataclass(frozen=True, slots=True)
class Split:
    """The deed by which it can be undone, upon the case that was split, and the new case."""

    deed: Deed
    new_case: Case


def split(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    report_ids: Collection[str] = (),
    suggestions: Collection[str] = (),
    expected_version: int | None = None,
    now: datetime,
) -> Split:
    """Make a new case of these reports, and of all that propose one of these suggestions.

    Both cases then stay as they are: grouping only adds to them. Raises InvalidFieldsError unless
    some reports go and some stay, ConflictError if the case is a duplicate or was changed.
    """
    case = for_change(session, actor, case_id, expected_version)
    if case.resolution == DUPLICATE:
        raise ConflictError(N_("This case is a duplicate: its reports are in the other one."))
    pages.lock(session, case.page_id)
    there = reports.of_case(session, case.id)
    wanted, proposed = set(report_ids), set(suggestions)
    going = [one for one in there if one.id in wanted or one.suggestion in proposed]
    staying = [one for one in there if one not in going]
    if not going or not staying:
        raise InvalidFieldsError.of(
            "reports", "some-not-all", N_("Choose some of the reports, but not all of them.")
        )
    return _parted(session, actor, case, going, staying, now)


def reports_of(session: Session, case: Case, *, limit: int) -> Sequence[Report]:
    """The case's reports to choose from, the oldest first."""
    return reports.of_case(session, case.id, limit=limit)


def _parted(
    session: Session,
    actor: Actor,
    case: Case,
    going: Sequence[Report],
    staying: Sequence[Report],
    now: datetime,
) -> Split:
    kept = Core.from_json(case.core)
    new_case = grouping.new_case(case.page, Selector(""), now)
    new_case.is_arranged = True
    new_core = _core_of(going, kept)
    new_case.core = new_core.to_json()
    _show(new_case, going[0])
    session.add(new_case)
    session.flush()
    cases.move_reports(session, [one.id for one in going], from_case=case.id, to_case=new_case.id)
    grouped.add_keys(session, new_case, rules.core_keys(new_core))
    arranging.keep(session, case, _core_of(staying, kept))
    data = {"from": case.id, "exact": case.exact[:80]}
    events.add(
        session,
        new_case,
        kind="split-off",
        now=now,
        editor_id=actor.editor_id,
        actor=actor.said_name,
        data=data,
    )
    grouping.show_seed(session, new_case, new_core)
    grouping.recount(session, {case.id, new_case.id})
    deed = write(
        session,
        case,
        actor,
        "split-by-hand",
        {"is_arranged": True},
        now=now,
        data={"split_to": new_case.id, "exact": new_case.exact[:80], "readers": len(going)},
    )
    session.flush()
    return Split(deed, new_case)


def _core_of(of: Sequence[Report], kept: Core) -> Core:
    """The pieces of these reports: as they are kept, or else made anew."""
    known = {key_of(piece): piece for piece in kept.pieces}
    return core_of(known.get(one.piece_key) or _member(one).piece() for one in of)


def _member(of: Report) -> Member:
    selector = Selector(of.exact, of.prefix, of.suffix, of.start, of.end)
    return Member(selector, of.suggestion)


def _show(case: Case, report: Report) -> None:
    case.exact, case.prefix, case.suffix = report.exact, report.prefix, report.suffix
    case.start, case.end = report.start, report.end
