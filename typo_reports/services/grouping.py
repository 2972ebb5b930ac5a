"""Finding the case of a report among the stored ones, and carrying out what that changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.grouping import Member
from typo_reports.domain.piece import key_of
from typo_reports.domain.position import is_fresh, told_time
from typo_reports.domain.regrouping import Candidate, Core, Decision, Regrouped
from typo_reports.domain.report import Submission
from typo_reports.domain.selector import Selector
from typo_reports.pages.address import view_name
from typo_reports.storage import events, grouped
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, Page


@dataclass(frozen=True, slots=True)
class Placed:
    """The case that a report goes to, and `home`, the one that the decision names.

    They differ only where an editor has merged the home into another case.
    """

    case: Case
    home: Case
    is_new: bool
    decision: Decision


def piece_key(submission: Submission) -> str:
    """The short name of the piece that the report speaks of."""
    return rules.piece_key(_member(submission))


def place(session: Session, page: Page, submission: Submission, *, now: datetime) -> Placed:
    """The case for this report: one of the page's, or a new one that has no reports yet.

    The page's row must be locked, see storage.pages.hold.
    """
    return place_member(session, page, _member(submission), now=now)


def place_member(session: Session, page: Page, member: Member, *, now: datetime) -> Placed:
    """The same for a report as grouping sees it."""
    decision = rules.decide(member, loader(session, page.id))
    if decision.join is not None:
        return joining(session, decision.join, decision)
    case = new_case(page, member.selector, now)
    session.add(case)
    events.add(session, case, kind="reported", actor="reader", now=now)
    return Placed(case, case, True, decision)


def joining(session: Session, home_id: str, decision: Decision) -> Placed:
    """What the decision says for a report that goes to a case which is there already."""
    home = session.get_one(Case, home_id)
    return Placed(_followed(session, home), home, False, decision)


def joined(session: Session, placed: Placed, *, now: datetime) -> None:
    """Carry the decision out after the report was stored: cores, counts, history, regression."""
    case, decision = placed.case, placed.decision
    changed = {case.id}
    changed |= _take(session, placed.home, decision.core, decision.takes)
    changed |= carry_out(session, placed.home, decision.regrouped, decision.emptied, now=now)
    if len(changed) == 1:
        case.readers += 0 if placed.is_new else 1
    else:
        recount(session, changed)
    if not placed.is_new:
        case.version += 1
        case.updated_at = now
    if case.status == "resolved" and case.resolution == "fixed":
        _open_as_regression(session, case, now)


def carry_out(
    session: Session,
    home: Case,
    regrouped: Iterable[Regrouped],
    emptied: Iterable[tuple[str, str]],
    *,
    now: datetime,
) -> set[str]:
    """Do to other cases of home's page what is said; the ids of those whose reports changed."""
    changed: set[str] = set()
    for group in regrouped:
        changed |= _regroup(session, home, group, now)
    for emptied_id, into_id in emptied:
        end_in(session, emptied_id, into_id, now=now)
        changed.add(into_id)
    return changed


def loader(session: Session, page_id: int) -> Callable[[Sequence[str]], list[Candidate]]:
    """What finds the cases of the page under some keys, as grouping sees them."""
    return lambda keys: [
        candidate(case) for case in grouped.cases_under(session, page_id=page_id, keys=keys)
    ]


def _member(submission: Submission) -> Member:
    modified_at = submission.page.modified_at
    # Two views of one page count their letters differently, whatever time they both name.
    revision = f"{modified_at} {view_name(submission.source)}" if modified_at else None
    return Member(submission.selector, submission.suggestion, revision=revision)


def candidate(case: Case) -> Candidate:
    """The case as grouping sees it."""
    # What an editor has called a duplicate leads its look-alikes to the other case.
    is_arranged = case.is_arranged or case.resolution == "duplicate"
    return Candidate(
        case.id, Core.from_json(case.core), settled=case.status == "resolved", arranged=is_arranged
    )


def new_case(page: Page, selector: Selector, now: datetime) -> Case:
    """An open case of the page with one reader, not stored yet."""
    article_at = page.article_at or told_time(page.modified_at)
    return Case(
        id=new_id(now),
        site_id=page.site_id,
        page_id=page.id,
        status="open",
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
        core=Core().to_json(),
        is_fresh=is_fresh(article_at=article_at, created_at=now),
        readers=1,
        version=1,
        created_at=now,
        updated_at=now,
    )


def _followed(session: Session, case: Case) -> Case:
    """The case itself, or the one in which it ended as a duplicate."""
    for _ in range(8):
        if case.resolution != "duplicate" or case.duplicate_of_id is None:
            break
        case = session.get_one(Case, case.duplicate_of_id)
    return case


def _take(
    session: Session, case: Case, core: Core, takes: Sequence[tuple[str, tuple[str, ...]]]
) -> set[str]:
    """Give the case these reports and this core; the ids of the cases whose reports changed."""
    for owner_id, keys in takes:
        for key in keys:
            grouped.move_reports(session, piece_key=key, from_case=owner_id, to_case=case.id)
    before = Core.from_json(case.core)
    if core != before:
        case.core = core.to_json()
        if not before.pieces:
            grouped.add_keys(session, case, rules.core_keys(core))
        else:
            grouped.set_keys(session, case, rules.core_keys(core))
            if core.seed != before.seed:
                show_seed(session, case, core)
    return {case.id, *(owner_id for owner_id, _ in takes)} if takes else set()


def _regroup(session: Session, home: Case, group: Regrouped, now: datetime) -> set[str]:
    """Carry out what becomes of another case of the page, or of reports that make a new one."""
    if group.case_id is not None:
        case = session.get_one(Case, group.case_id)
    else:
        case = new_case(home.page, Selector(""), now)
        session.add(case)
        session.flush()
        sources = [owner_id for owner_id, _ in group.takes]
        events.add(session, case, kind="split", actor="reader", now=now, data={"from": sources})
    changed = _take(session, case, group.core, group.takes)
    if group.case_id is None:
        show_seed(session, case, group.core)
    case.version += 1
    case.updated_at = now
    return changed


def show_seed(session: Session, case: Case, core: Core) -> None:
    """Let the desk show the selection that points most exactly, and look at it anew."""
    report = grouped.report_of(session, case_id=case.id, piece_key=key_of(core.seed))
    if report is None:
        return
    case.exact, case.prefix, case.suffix = report.exact, report.prefix, report.suffix
    case.start, case.end = report.start, report.end
    case.hint, case.hinted_at = None, None


def end_in(session: Session, emptied_id: str, into_id: str, *, now: datetime) -> None:
    """Close a case whose reports all belong to another one, and give them to that."""
    emptied = session.get_one(Case, emptied_id)
    grouped.move_all_reports(session, from_case=emptied_id, to_case=into_id)
    emptied.status, emptied.resolution = "resolved", "duplicate"
    emptied.duplicate_of_id = into_id
    emptied.readers = 0
    emptied.version += 1
    emptied.resolved_at = emptied.updated_at = now
    grouped.set_keys(session, emptied, ())
    events.add(session, emptied, kind="grouped", actor="reader", now=now, data={"into": into_id})


def recount(session: Session, case_ids: Collection[str]) -> None:
    """Bring the readers of these cases up to date."""
    session.flush()
    for case_id in sorted(case_ids):
        session.get_one(Case, case_id).readers = grouped.readers_of(session, case_id)


def _open_as_regression(session: Session, case: Case, now: datetime) -> None:
    resolved_at = case.resolved_at.isoformat() if case.resolved_at else None
    data = {"resolution": case.resolution, "resolved_at": resolved_at}
    case.status, case.resolution, case.resolved_at = "open", None, None
    case.regressions += 1
    events.add(session, case, kind="regression", actor="reader", now=now, data=data)
