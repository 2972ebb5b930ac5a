"""The queue: pages of cases by keyset, and how many there are.

Measured on a million cases: with an index that ends in the sort keys a page costs the same
wherever it stands, as long as the question is no narrower than the index. A narrow one (a search,
a rare section) goes three ways, each of a bounded cost:

1. along the first cases of the queue: enough where what is wanted is frequent;
2. by an index of its own, if that names few enough cases: complete, whatever is asked;
3. along more of the queue; what lies behind is offered to be looked through next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session, defer, joinedload

from typo_reports.domain.case import OPEN, RESOLVED, STATUSES
from typo_reports.domain.queue import COUNTED_MOST, Position, Question, is_editor_id
from typo_reports.storage import search
from typo_reports.storage.models import Case, Page, Site
from typo_reports.storage.queue_conditions import conditions, is_asleep, page_facts
from typo_reports.storage.queue_order import (
    KEYS,
    beyond,
    foremost,
    ordered,
    position_at,
    position_of,
    up_to,
)

__all__ = ["Found", "counts", "find", "newer", "page", "position_of"]

# SQLite accepts at most 500 selects in one union; beyond this many one index walk serves.
_WALKS_MOST = 200
_FIRST_LOOK = 1_000
_LONG_LOOK = 16_000
_CANDIDATES_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Found:
    """Ids in the order of the queue; `resume` if only the cases up to there were looked at."""

    ids: list[str]
    resume: Position | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with all that its conditions need."""

    question: Question
    site_ids: Collection[int]
    editor_id: int | None
    now: datetime | None
    after: Position | None
    limit: int
    fresh: Sequence[str] = ()

    @property
    def walks(self) -> list[list[ColumnElement[bool]]]:
        """The runs of the index to go along: one for each site and status."""
        status = self.question.status
        statuses = STATUSES if status is None else (status,)
        if len(self.site_ids) * len(statuses) > _WALKS_MOST:
            return [[Case.site_id.in_(self.site_ids), Case.status.in_(statuses)]]
        return [
            [Case.site_id == site_id, Case.status == one]
            for site_id in sorted(self.site_ids)
            for one in statuses
        ]

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        found = conditions(self.question, editor_id=self.editor_id, now=self.now, fresh=self.fresh)
        return [*found, beyond(self.after)] if self.after else found


def page(session: Session, ids: Sequence[str]) -> list[Case]:
    """These cases in this order, with page, site and assignee. Two statements, however many."""
    found = session.scalars(
        select(Case)
        .where(Case.id.in_(ids))
        .options(
            defer(Case.core),
            joinedload(Case.page, innerjoin=True),
            joinedload(Case.site, innerjoin=True).selectinload(Site.origins),
            joinedload(Case.assignee),
        )
        .execution_options(populate_existing=True)
    )
    by_id = {case.id: case for case in found} if ids else {}
    return [by_id[case_id] for case_id in ids if case_id in by_id]


def find(
    session: Session,
    question: Question,
    *,
    site_ids: Collection[int],
    editor_id: int | None,
    now: datetime | None,
    after: Position | None,
    limit: int,
) -> Found:
    """The first `limit` cases after that place which answer the question."""
    if not site_ids:
        return Found([])
    fresh = search.stale_hits(session, question.q) if question.q else []
    asked = _Asked(question, site_ids, editor_id, now, after, limit, fresh)
    if not question.is_narrow:
        return Found(_walk(session, asked, None))
    near = _end_of_look(session, asked, _FIRST_LOOK)
    ids = _walk(session, asked, near)
    if near is None or len(ids) >= limit:
        return Found(ids)
    candidates = _candidates(session, asked)
    if candidates is not None:
        return Found(_among(session, asked, candidates))
    far = _end_of_look(session, asked, _LONG_LOOK)
    ids = _walk(session, asked, far)
    return Found(ids, None if len(ids) >= limit else far)


def counts(session: Session, site_ids: Collection[int], now: datetime | None) -> dict[str, int]:
    """How many cases are open, snoozed, withheld, resolved, folded, to COUNTED_MOST + 1 at most.

    A withheld case counts as that only.
    """
    is_open, is_withheld = Case.status == OPEN, Case.withheld_at.is_not(None)
    wanted = {
        "open": is_open,
        "snoozed": and_(is_open, Case.withheld_at.is_(None), is_asleep(now)),
        "withheld": and_(is_open, is_withheld),
        "resolved": Case.status == RESOLVED,
        # The status is hidden from SQLite, which would walk along all resolved cases for its sake.
        "folded": and_(
            func.coalesce(Case.status, "") == RESOLVED, Case.house_style_id.is_not(None)
        ),
    }
    if not site_ids:
        return dict.fromkeys(wanted, 0)
    capped = [
        _capped_count(COUNTED_MOST + 1, Case.site_id.in_(site_ids), condition).scalar_subquery()
        for condition in wanted.values()
    ]
    found = dict(zip(wanted, session.execute(select(*capped)).one(), strict=True))
    # To leave the others out of a capped count, every row would have to be looked at.
    if found["open"] <= COUNTED_MOST:
        found["open"] -= found["snoozed"] + found["withheld"]
    return found


def newer(session: Session, site_ids: Collection[int], since: datetime, *, most: int) -> int:
    """How many open cases have come in after that moment, counting to `most` at most."""
    statement = _capped_count(
        most,
        Case.site_id.in_(site_ids),
        Case.status == OPEN,
        Case.withheld_at.is_(None),
        Case.created_at > since,
    )
    return session.scalar(statement) or 0


def _capped_count(most: int, *wanted: ColumnElement[bool]) -> Select[Any]:
    rows = select(literal(1)).where(*wanted).limit(most).subquery()
    return select(func.count()).select_from(rows)


def _walk(session: Session, asked: _Asked, last: Position | None) -> list[str]:
    """Along the index, to the place `last` if there is one."""
    keys, sort = KEYS[asked.question.sort], asked.question.sort
    wanted = [*asked.conditions, up_to(last)] if last else asked.conditions
    runs = [
        select(*keys).where(*run, *wanted).order_by(*ordered(sort, keys)).limit(asked.limit)
        for run in asked.walks
    ]
    if len(runs) == 1:
        return list(session.scalars(runs[0].with_only_columns(Case.id)))
    # The index is sorted within a run: the first of each run, then the first of those.
    together = union_all(*(select(run.subquery()) for run in runs)).subquery()
    columns = [together.c[key.key] for key in keys]
    merged = select(together.c.id).order_by(*ordered(sort, columns)).limit(asked.limit)
    return list(session.scalars(merged))


def _end_of_look(session: Session, asked: _Asked, most: int) -> Position | None:
    """The place after about `most` cases of the queue; None if there are not so many."""
    keys, sort, runs = KEYS[asked.question.sort], asked.question.sort, asked.walks
    step = max(most // len(runs), 100)
    begin = [beyond(asked.after)] if asked.after else []
    ends = [
        select(*keys).where(*run, *begin).order_by(*ordered(sort, keys)).offset(step - 1).limit(1)
        for run in runs
    ]
    rows = session.execute(
        union_all(*(select(end.subquery()) for end in ends)) if len(ends) > 1 else ends[0]
    ).all()
    return foremost([position_at(row, sort) for row in rows], sort) if rows else None


def _candidates(session: Session, asked: _Asked) -> list[str] | None:
    """The ids of few cases, among them all that are wanted; None if no index names so few."""
    question = asked.question
    if question.q:
        found = search.candidates(session, question.q, most=_CANDIDATES_MOST)
        return None if found is None else list({*found, *asked.fresh})
    facts = page_facts(question)
    wanted: list[Any] = [] if question.status is None else [Case.status == question.status]
    if question.page is not None:
        wanted.append(Case.page_id == question.page)
    elif question.entry is not None:
        wanted.append(Case.house_style_id == question.entry)
    elif question.elsewhere is not None:
        wanted.append(Case.search_id == question.elsewhere)
    elif question.is_folded:
        wanted += [Case.site_id.in_(asked.site_ids), Case.house_style_id.is_not(None)]
    elif question.found == "desk":
        wanted += [Case.site_id.in_(asked.site_ids), Case.search_id.is_not(None)]
    elif facts:
        pages = select(Page.id).where(Page.site_id.in_(asked.site_ids), *facts)
        wanted.append(Case.page_id.in_(pages))
    elif question.assignee == "me":
        wanted.append(Case.assignee_id == asked.editor_id)
    elif is_editor_id(question.assignee):
        wanted.append(Case.assignee_id == int(question.assignee or 0))
    else:
        return None
    ids = list(session.scalars(select(Case.id).where(*wanted).limit(_CANDIDATES_MOST + 1)))
    return ids if len(ids) <= _CANDIDATES_MOST else None


def _among(session: Session, asked: _Asked, candidates: Sequence[str]) -> list[str]:
    keys, sort, status = KEYS[asked.question.sort], asked.question.sort, asked.question.status
    # Through a function, so that no planner takes the whole queue's index instead of the ids.
    here: list[ColumnElement[bool]] = [func.coalesce(Case.site_id, -1).in_(asked.site_ids)]
    if status is not None:
        here.append(func.coalesce(Case.status, "") == status)
    # That they hold the text has been seen already.
    wanted = replace(asked, question=replace(asked.question, q=None)).conditions
    return list(
        session.scalars(
            select(Case.id)
            .where(Case.id.in_(candidates), *here, *wanted)
            .order_by(*ordered(sort, keys))
            .limit(asked.limit)
        )
    )
