"""Reviewing: the queue, one case, and (from `deeds`) everything that can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.queue import (
    COUNTED_MOST,
    DEFAULT_LIMIT,
    Position,
    Question,
    checked_limit,
)
from typo_reports.services.actors import Actor, chosen_ids, visible_case, visible_sites
from typo_reports.services.case_document import case_document
from typo_reports.services.case_view import CaseView
from typo_reports.services.changes import Deed
from typo_reports.services.deeds import assign, merge, reopen, resolve, snooze, undo
from typo_reports.storage import assignees, cases, precedents, search
from typo_reports.storage import queue as queues
from typo_reports.storage.cases import Suggestion
from typo_reports.storage.models import Case, Editor, Site

__all__ = [
    "Actor",
    "CaseView",
    "Deed",
    "QueuePage",
    "assign",
    "case",
    "case_document",
    "colleagues",
    "merge",
    "newer",
    "next_after",
    "people",
    "plain",
    "queue",
    "reopen",
    "resolve",
    "snooze",
    "undo",
]

_NEWER_MOST = 100


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue; `counts` of each tab stop at COUNTED_MOST + 1.

    `is_partial` if what was asked for is so rare that only part of the queue was looked through;
    the next page goes on behind it. `unread` cases wait to be indexed for the search.
    """

    cases: list[CaseView]
    next_cursor: str | None
    counts: dict[str, int]
    sites: list[Site]
    is_partial: bool = False
    unread: int = 0


def queue(
    session: Session,
    actor: Actor,
    question: Question,
    *,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
    now: datetime | None = None,
) -> QueuePage:
    """The cases that the question asks for, among the actor's sites.

    Raises InvalidFieldsError for a cursor, limit or filter that can't be, NotFoundError for a
    site that isn't the actor's. With `now`, cases that
    sleep until later are left out. The number of statements doesn't depend on that of cases.
    """
    question.checked()
    checked_limit(limit)
    after = Position.from_cursor(cursor, sort=question.sort) if cursor else None
    visible = visible_sites(session, actor)
    chosen = chosen_ids(visible, question.site)
    found = queues.find(
        session,
        question,
        site_ids=chosen,
        editor_id=actor.editor_id,
        now=now,
        after=after,
        limit=limit + 1,
    )
    shown = queues.page(session, found.ids[:limit])
    following = found.resume
    if len(found.ids) > limit:
        following = queues.position_of(shown[-1], question.sort)
    return QueuePage(
        cases=_views(session, shown),
        next_cursor=following.to_cursor() if following else None,
        counts=queues.counts(session, chosen, now),
        sites=visible,
        is_partial=found.resume is not None,
        unread=search.stale_count(session, most=COUNTED_MOST + 1) if question.q else 0,
    )


def next_after(
    session: Session, actor: Actor, question: Question, case: Case, *, now: datetime
) -> Case | None:
    """The case that follows in this queue, or its first one after the last; None when empty.

    Cases that a colleague is on are left out.
    """
    question = question.free().checked()
    chosen = chosen_ids(visible_sites(session, actor), question.site)
    for after in (queues.position_of(case, question.sort), None):
        found = queues.find(
            session,
            question,
            site_ids=chosen,
            editor_id=actor.editor_id,
            now=now,
            after=after,
            limit=2,
        )
        for candidate in queues.page(session, found.ids):
            if candidate.id != case.id:
                return candidate
    return None


def newer(session: Session, actor: Actor, *, site: str | None, since: datetime) -> int:
    """How many cases have come in on the actor's sites since then, counting to 100."""
    chosen = chosen_ids(visible_sites(session, actor), site)
    return queues.newer(session, chosen, since, most=_NEWER_MOST) if chosen else 0


def plain(session: Session, actor: Actor, case_id: str) -> Case:
    """The case alone; NotFoundError if it isn't on the actor's sites."""
    return visible_case(session, actor, case_id)


def case(session: Session, actor: Actor, case_id: str) -> CaseView:
    """The case with its history and neighbours; NotFoundError if it isn't on the actor's sites."""
    found = visible_case(session, actor, case_id)
    return CaseView(
        case=found,
        suggestions=_suggested(found, cases.suggestions(session, [found.id])),
        comments=cases.comments(session, [found.id]).get(found.id, ()),
        events=cases.history(session, found.id),
        neighbours=cases.neighbours(session, found),
        precedents=precedents.of_case(session, found),
    )


def people(session: Session, of: Case) -> list[Editor]:
    """Everybody who may be given the case, by name."""
    return assignees.of_site(session, of.site_id)


def colleagues(session: Session, of: Sequence[Site]) -> list[Editor]:
    """Everybody who may be given cases of one of these sites, by name."""
    return assignees.of_sites(session, [site.id for site in of])


def _views(session: Session, shown: Sequence[Case]) -> list[CaseView]:
    ids = [found.id for found in shown]
    suggested = cases.suggestions(session, ids)
    remarked = cases.comments(session, ids, most=5)
    return [
        CaseView(found, _suggested(found, suggested), remarked.get(found.id, ())) for found in shown
    ]


def _suggested(case: Case, suggested: Mapping[str, Sequence[Suggestion]]) -> Sequence[Suggestion]:
    """What readers proposed; or what stands for it where the desk has found the error itself."""
    own = [Suggestion(case.correction, 0)] if case.correction else []
    return suggested.get(case.id, own)
