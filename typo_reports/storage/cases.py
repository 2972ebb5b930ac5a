"""One case with its parts: what readers said, its history, its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, defer, joinedload

from typo_reports.domain.case import OPEN
from typo_reports.storage.models import Case, CaseEvent, Report, Site

SUGGESTIONS_MOST = 20
COMMENTS_MOST = 50
EVENTS_MOST = 200
NEIGHBOURS_MOST = 20


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed replacement and how many readers proposed it."""

    text: str
    readers: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What one reader remarked, and when."""

    text: str
    at: datetime


def with_parts(session: Session, case_id: str, *, for_change: bool = False) -> Case | None:
    """The case with page, site, origins and assignee; locked until the commit if for a change."""
    statement = (
        select(Case)
        .where(Case.id == case_id)
        .options(
            joinedload(Case.page, innerjoin=True),
            joinedload(Case.site, innerjoin=True).selectinload(Site.origins),
            joinedload(Case.assignee),
        )
        .execution_options(populate_existing=True)
    )
    if for_change:
        statement = statement.with_for_update(of=Case)
    return session.scalars(statement).one_or_none()


def many_for_change(session: Session, case_ids: Collection[str]) -> list[Case]:
    """These cases, locked until the commit, as many as there are."""
    return list(
        session.scalars(
            select(Case)
            .where(Case.id.in_(case_ids))
            .options(joinedload(Case.site, innerjoin=True))
            .order_by(Case.id)
            .with_for_update(of=Case)
            .execution_options(populate_existing=True)
        )
    )


def suggestions(session: Session, case_ids: Collection[str]) -> dict[str, list[Suggestion]]:
    """Each case's suggestions, the most frequent first, then by age."""
    rows = session.execute(
        select(Report.case_id, Report.suggestion, func.count())
        .where(Report.case_id.in_(case_ids), Report.suggestion.is_not(None))
        .group_by(Report.case_id, Report.suggestion)
        .order_by(func.count().desc(), func.min(Report.created_at), Report.suggestion)
    )
    found: dict[str, list[Suggestion]] = defaultdict(list)
    for case_id, text, readers in rows:
        if text is not None and len(found[case_id]) < SUGGESTIONS_MOST:
            found[case_id].append(Suggestion(text, readers))
    return found


def comments(
    session: Session, case_ids: Collection[str], *, most: int = COMMENTS_MOST
) -> dict[str, list[Comment]]:
    """Each case's newest comments, at most `most` of each, oldest first."""
    newest = func.row_number().over(
        partition_by=Report.case_id, order_by=(Report.created_at.desc(), Report.id.desc())
    )
    ranked = (
        select(Report.case_id, Report.comment, Report.created_at, newest.label("place"))
        .where(Report.case_id.in_(case_ids), Report.comment.is_not(None))
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.case_id, ranked.c.comment, ranked.c.created_at)
        .where(ranked.c.place <= most)
        .order_by(ranked.c.place.desc())
    )
    found: dict[str, list[Comment]] = defaultdict(list)
    for case_id, text, at in rows:
        found[case_id].append(Comment(text, at))
    return found


def history(session: Session, case_id: str) -> list[CaseEvent]:
    """The case's events with their editors, newest first."""
    return list(
        session.scalars(
            select(CaseEvent)
            .where(CaseEvent.case_id == case_id)
            .options(joinedload(CaseEvent.editor))
            .order_by(CaseEvent.created_at.desc(), CaseEvent.id.desc())
            .limit(EVENTS_MOST)
        )
    )


def neighbours(session: Session, case: Case) -> list[Case]:
    """The other open cases of the case's page, in the order of the text."""
    return list(
        session.scalars(
            select(Case)
            .where(Case.page_id == case.page_id, Case.status == OPEN, Case.id != case.id)
            .options(defer(Case.core))
            .order_by(func.coalesce(Case.start, 0), Case.id)
            .limit(NEIGHBOURS_MOST)
        )
    )


def event(session: Session, event_id: str, *, case_id: str) -> CaseEvent | None:
    """One event of the case."""
    return session.scalars(
        select(CaseEvent)
        .where(CaseEvent.id == event_id, CaseEvent.case_id == case_id)
        .options(joinedload(CaseEvent.editor))
    ).one_or_none()


def report_ids(session: Session, case_id: str) -> list[str]:
    """The ids of the case's reports, oldest first."""
    return list(
        session.scalars(
            select(Report.id).where(Report.case_id == case_id).order_by(Report.created_at)
        )
    )


def of_page(session: Session, page_id: int) -> list[Case]:
    """All cases of the page, the oldest first, locked until the commit."""
    return list(
        session.scalars(
            select(Case)
            .where(Case.page_id == page_id)
            .options(joinedload(Case.site, innerjoin=True))
            .order_by(Case.id)
            .with_for_update(of=Case)
            .execution_options(populate_existing=True)
        )
    )


def sources(session: Session, case_id: str) -> list[str]:
    """Where the readers of the case were, each address once."""
    return list(
        session.scalars(select(Report.source_url).where(Report.case_id == case_id).distinct())
    )


def move_reports(session: Session, ids: Sequence[str], *, from_case: str, to_case: str) -> None:
    """Give those of these reports that the case still has to another case."""
    for first in range(0, len(ids), 500):
        session.execute(
            update(Report)
            .where(Report.id.in_(ids[first : first + 500]), Report.case_id == from_case)
            .values(case_id=to_case)
            .execution_options(synchronize_session=False)
        )


def readers(session: Session, case_id: str) -> int:
    """How many reports the case has now."""
    return session.scalar(select(func.count()).where(Report.case_id == case_id)) or 0
