"""Two addresses of one page become one, with all their cases; and apart again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import grouping as rules
from typo_reports.domain.case import DUPLICATE, OPEN, RESOLVED
from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.pages.address import page_address
from typo_reports.services import grouping
from typo_reports.services.actors import Actor
from typo_reports.services.changes import take_back, write
from typo_reports.services.page_verdicts import PAGE
from typo_reports.storage import cases, events, grouped, page_checks, pages
from typo_reports.storage.models import Case, Page

_HOPS_MOST = 4


def join(session: Session, page_id: int, url: str, *, now: datetime) -> bool:
    """Make the page another address of the one at `url`; False if it is one already, or itself.

    Its cases go over. Open ones that speak of an error which that page's cases have, too, end in
    those, by the rule of intake: undoing such an end parts the two cases for good.
    """
    page = pages.with_lock(session, page_id)
    into = pages.made(session, like=page, url=url, now=now)
    for _ in range(_HOPS_MOST):
        if into.joined_to_id is None:
            break
        into = pages.with_lock(session, into.joined_to_id)
    if page.joined_to_id is not None or page.stays_apart or into.id == page.id:
        return False
    ids = pages.join(session, page, into)
    page_checks.stop(session, page.id)
    for case_id in ids:
        case = session.get_one(Case, case_id)
        data = {"from": page.url, "to": into.url}
        events.add(session, case, kind="page-joined", actor=PAGE.name, now=now, data=data)
        if case.status == OPEN:
            _meet(session, case, page, now)
            page_checks.look_by(session, case, now)
    return True


def part(session: Session, actor: Actor, case_id: str, page_id: int, *, now: datetime) -> int:
    """Make an address of the case's page a page of its own again; how many cases go with it.

    Those whose readers were all there. It is not joined again. Raises NotFoundError.
    """
    case = cases.with_parts(session, case_id)
    if case is None or not actor.may_see(case.site_id):
        raise NotFoundError(N_("There is no such case."))
    page = pages.with_lock(session, page_id)
    if page.joined_to_id != case.page_id:
        raise NotFoundError(N_("There is no such address of this page."))
    into = pages.with_lock(session, case.page_id)
    page.joined_to_id, page.stays_apart = None, True
    session.flush()
    origins = [origin.origin for origin in case.site.origins]
    gone = 0
    for one in cases.of_page(session, into.id):
        _take_back_meeting(session, actor, one, page, now)
        if all(_stands_at(url, page.url, origins) for url in cases.sources(session, one.id)):
            pages.give_case(session, one, page)
            data = {"from": into.url, "to": page.url}
            events.add(
                session,
                one,
                kind="page-parted",
                now=now,
                editor_id=actor.editor_id,
                actor=actor.said_name,
                data=data,
            )
            if one.status == OPEN:
                page_checks.look_by(session, one, now)
            gone += 1
    return gone


def other_addresses(session: Session, case: Case) -> list[Page]:
    """The addresses that were joined to the case's page."""
    return pages.other_addresses(session, case.page_id)


def _meet(session: Session, case: Case, page: Page, now: datetime) -> None:
    """Sort the case's neighbours on its new page afresh."""
    mine = grouping.candidate(case)
    if not mine.core.pieces:
        return
    reunion = rules.reunited(mine, grouping.loader(session, case.page_id))
    before = {emptied: cases.report_ids(session, emptied) for emptied, _ in reunion.emptied}
    changed = grouping.carry_out(session, case, reunion.regrouped, (), now=now)
    for emptied_id, into_id in reunion.emptied:
        emptied = session.get_one(Case, emptied_id)
        left = cases.report_ids(session, emptied_id)
        cases.move_reports(session, left, from_case=emptied_id, to_case=into_id)
        now_there = set(cases.report_ids(session, into_id))
        moved = [report for report in before[emptied_id] if report in now_there]
        _end(session, emptied, into_id, moved, page, now)
        changed |= {emptied_id, into_id}
    grouping.recount(session, changed)


def _end(
    session: Session, case: Case, into_id: str, moved: list[str], page: Page, now: datetime
) -> None:
    grouped.set_keys(session, case, ())
    what = {
        "status": RESOLVED,
        "resolution": DUPLICATE,
        "resolved_at": now,
        "duplicate_of_id": into_id,
    }
    data = {"moved": moved, "joined_page": page.id}
    write(session, case, PAGE, "resolved", what, now=now, data=data)
    into = session.get_one(Case, into_id)
    data = {"from": case.id, "exact": case.exact[:80], "readers": len(moved)}
    events.add(session, into, kind="merged", actor=PAGE.name, now=now, data=data)
    session.flush()


def _take_back_meeting(
    session: Session, actor: Actor, case: Case, page: Page, now: datetime
) -> None:
    """If the case ended in another when this page was joined, and still does: undo that."""
    if case.resolution != DUPLICATE:
        return
    for event in cases.history(session, case.id):
        if event.undone_at is None and event.data.get("joined_page") == page.id:
            take_back(session, actor, case, event, now=now)
            session.flush()
            return


def _stands_at(source: str, url: str, origins: list[str]) -> bool:
    try:
        return page_address(source, None, origins).url == url
    except InvalidFieldsError:
        # Its origin is the site's no more.
        return source == url
