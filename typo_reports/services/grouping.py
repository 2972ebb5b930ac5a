"""Finding the case of a report among the stored ones, and carrying out what that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.grouping import Candidate, Core, Decision, Member
from typo_reports.domain.report import Submission
from typo_reports.storage import events, grouped
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, Page


@dataclass(frozen=True, slots=True)
class Placed:
    """The case that a report goes to. `decision` says what else its coming changes."""

    case: Case
    is_new: bool
    decision: Decision


def piece_key(submission: Submission) -> str:
    """The short name of the piece that the report speaks of."""
    return rules.piece_key(_member(submission))


def place(session: Session, page: Page, submission: Submission, *, now: datetime) -> Placed:
    """The case for this report: one of the page's, or a new one, stored but without reports yet.

    The page's row must be locked, see storage.pages.hold.
    """
    member = _member(submission)
    found: dict[str, Case] = {}

    def load(keys: Sequence[str]) -> list[Candidate]:
        cases = grouped.cases_under(session, page_id=page.id, keys=keys)
        found.update((case.id, case) for case in cases)
        return [_candidate(case) for case in cases]

    decision = rules.decide(member, load)
    if decision.join is None:
        return Placed(_new_case(session, page, submission, member, now), True, decision)
    return Placed(_followed(session, found[decision.join]), False, decision)


def joined(session: Session, placed: Placed, submission: Submission, *, now: datetime) -> None:
    """Bring the case up to date after its report was stored: core, count, history, regression."""
    case, member = placed.case, _member(submission)
    if placed.is_new:
        grouped.add_keys(session, case, rules.core_keys(Core.from_json(case.core)))
        if not placed.decision.moves and not placed.decision.merge:
            return
    else:
        _absorb(session, case, member, submission)
    for move in placed.decision.moves:
        grouped.move_reports(
            session,
            piece_key=move.piece_key,
            from_case=move.from_case,
            to_case=move.to_case or case.id,
        )
    for emptied in placed.decision.merge:
        _end_in(session, emptied, case, now)
    _recount(session, placed, now)
    if not placed.is_new and case.status == "resolved" and case.resolution == "fixed":
        _open_as_regression(session, case, now)


def _member(submission: Submission) -> Member:
    return Member(submission.selector, submission.suggestion)


def _candidate(case: Case) -> Candidate:
    return Candidate(case.id, Core.from_json(case.core), settled=case.status == "resolved")


def _new_case(
    session: Session, page: Page, submission: Submission, member: Member, now: datetime
) -> Case:
    core = rules.new_core(member)
    case = Case(
        id=new_id(now),
        site_id=page.site_id,
        page_id=page.id,
        status="open",
        core=core.to_json(),
        readers=1,
        created_at=now,
        updated_at=now,
        **_selector_columns(submission),
    )
    session.add(case)
    events.add(session, case, kind="reported", actor="reader", now=now)
    return case


def _selector_columns(submission: Submission) -> dict[str, object]:
    selector = submission.selector
    return {
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
        "start": selector.start,
        "end": selector.end,
    }


def _followed(session: Session, case: Case) -> Case:
    """The case itself, or the one in which it ended as a duplicate."""
    for _ in range(8):
        if case.resolution != "duplicate" or case.duplicate_of_id is None:
            break
        case = session.get_one(Case, case.duplicate_of_id)
    return case


def _absorb(session: Session, case: Case, member: Member, submission: Submission) -> None:
    before = Core.from_json(case.core)
    after = rules.absorb(_candidate(case), member).core
    if after == before:
        return
    case.core = after.to_json()
    grouped.set_keys(session, case, rules.core_keys(after))
    if after.seed != before.seed:
        # The newcomer points more exactly: let the desk show its selection.
        for name, value in _selector_columns(submission).items():
            setattr(case, name, value)


def _end_in(session: Session, emptied_id: str, case: Case, now: datetime) -> None:
    emptied = session.get_one(Case, emptied_id)
    emptied.status, emptied.resolution = "resolved", "duplicate"
    emptied.duplicate_of_id = case.id
    emptied.readers = 0
    emptied.version += 1
    emptied.resolved_at = emptied.updated_at = now
    grouped.set_keys(session, emptied, ())
    events.add(session, emptied, kind="grouped", actor="reader", now=now, data={"into": case.id})


def _recount(session: Session, placed: Placed, now: datetime) -> None:
    case, decision = placed.case, placed.decision
    if not decision.moves:
        case.readers += 1
    else:
        session.flush()
        touched = {case.id, *(move.from_case for move in decision.moves)}
        touched.update(move.to_case for move in decision.moves if move.to_case)
        for case_id in sorted(touched):
            session.get_one(Case, case_id).readers = grouped.readers_of(session, case_id)
    case.version += 1
    case.updated_at = now


def _open_as_regression(session: Session, case: Case, now: datetime) -> None:
    data = {"resolution": case.resolution, "resolved_at": case.resolved_at.isoformat()} if (
        case.resolved_at
    ) else {"resolution": case.resolution}
    case.status, case.resolution, case.resolved_at = "open", None, None
    case.regressions += 1
    events.add(session, case, kind="regression", actor="reader", now=now, data=data)
