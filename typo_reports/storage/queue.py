"""The queue: pages of cases by keyset, and how many there are.

Measured on a million cases: with an index that ends in the sort keys a page costs the same
wherever it stands; counting all does not, so counts stop at COUNTED_MOST.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, defer, joinedload

from typo_reports.domain.case import OPEN, RESOLVED
from typo_reports.domain.queue import (
    CHANGED,
    COUNTED_MOST,
    NEWEST,
    OLDEST,
    READERS,
    URGENT,
    Position,
    Question,
)
from typo_reports.storage.models import Case, Page, Report, Site

# SQLite accepts at most 500 selects in one union; beyond this many sites one index walk serves.
_UNION_MOST = 100

_KEYS: dict[str, tuple[Any, ...]] = {
    URGENT: (Case.urgency, Case.created_at, Case.id),
    READERS: (Case.readers, Case.created_at, Case.id),
    NEWEST: (Case.created_at, Case.id),
    OLDEST: (Case.created_at, Case.id),
    CHANGED: (Case.updated_at, Case.id),
}


_RANKED = {URGENT: Case.urgency, READERS: Case.readers}


def position_of(case: Case, sort: str) -> Position:
    """Where the case stands in a queue of this sort."""
    at = case.updated_at if sort == CHANGED else case.created_at
    ranks = {URGENT: case.urgency, READERS: case.readers}
    return Position(sort, ranks.get(sort, 0), at, case.id)


def page(
    session: Session,
    question: Question,
    *,
    site_ids: Collection[int],
    editor_id: int | None,
    now: datetime | None,
    after: Position | None,
    limit: int,
) -> list[Case]:
    """Up to `limit` cases of these sites with their page, site and assignee.

    Three statements, however many cases.
    """
    wanted = ids(
        question, site_ids=site_ids, editor_id=editor_id, now=now, after=after, limit=limit
    )
    if wanted is None:
        return []
    order = list(session.scalars(wanted))
    found = session.scalars(
        select(Case)
        .where(Case.id.in_(order))
        .options(
            defer(Case.core),
            joinedload(Case.page, innerjoin=True),
            joinedload(Case.site, innerjoin=True).selectinload(Site.origins),
            joinedload(Case.assignee),
        )
        .execution_options(populate_existing=True)
    )
    by_id = {case.id: case for case in found}
    return [by_id[case_id] for case_id in order if case_id in by_id]


def counts(session: Session, site_ids: Collection[int], now: datetime | None) -> dict[str, int]:
    """How many cases are open, snoozed, withheld, resolved, to COUNTED_MOST + 1 at most.

    A withheld case counts as that only.
    """
    is_open, is_withheld = Case.status == OPEN, Case.withheld_at.is_not(None)
    wanted = {
        "open": is_open,
        "snoozed": and_(is_open, Case.withheld_at.is_(None), _is_asleep(now)),
        "withheld": and_(is_open, is_withheld),
        "resolved": Case.status == RESOLVED,
    }
    if not site_ids:
        return dict.fromkeys(wanted, 0)
    capped = [
        select(func.count())
        .select_from(
            select(literal(1))
            .where(Case.site_id.in_(site_ids), condition)
            .limit(COUNTED_MOST + 1)
            .subquery()
        )
        .scalar_subquery()
        for condition in wanted.values()
    ]
    found = dict(zip(wanted, session.execute(select(*capped)).one(), strict=True))
    # To leave the others out of a capped count, every row would have to be looked at.
    if found["open"] <= COUNTED_MOST:
        found["open"] -= found["snoozed"] + found["withheld"]
    return found


def newer(session: Session, site_ids: Collection[int], since: datetime, *, most: int) -> int:
    """How many open cases have come in after that moment, counting to `most` at most."""
    found = (
        select(literal(1))
        .where(
            Case.site_id.in_(site_ids),
            Case.status == OPEN,
            Case.withheld_at.is_(None),
            Case.created_at > since,
        )
        .limit(most)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(found)) or 0


def ids(
    question: Question,
    *,
    site_ids: Collection[int],
    editor_id: int | None,
    now: datetime | None,
    after: Position | None,
    limit: int,
) -> Select[Any] | None:
    """The ids of the first `limit` cases that answer the question; None if there can be none."""
    keys = _KEYS[question.sort]
    if not site_ids:
        return None

    def matching(of_sites: ColumnElement[bool]) -> Select[Any]:
        return (
            _matching(question, of_sites, editor_id, now, after)
            .order_by(*_ordered(question.sort, keys))
            .limit(limit)
        )

    if len(site_ids) == 1 or len(site_ids) > _UNION_MOST:
        return matching(_among(site_ids)).with_only_columns(Case.id)
    # The index is sorted within a site: the first of each site, then the first of those.
    each = [matching(Case.site_id == site_id).subquery() for site_id in sorted(site_ids)]
    together = union_all(*(select(part) for part in each)).subquery()
    columns = [together.c[key.key] for key in keys]
    return select(together.c.id).order_by(*_ordered(question.sort, columns)).limit(limit)


def _among(site_ids: Collection[int]) -> ColumnElement[bool]:
    if len(site_ids) == 1:
        return Case.site_id == next(iter(site_ids))
    return Case.site_id.in_(site_ids)


def _is_awake(now: datetime | None) -> ColumnElement[bool]:
    if now is None:
        return true()
    return or_(Case.snoozed_until.is_(None), Case.snoozed_until <= now)


def _is_asleep(now: datetime | None) -> ColumnElement[bool]:
    return false() if now is None else Case.snoozed_until > now


def _ordered(sort: str, keys: Sequence[Any]) -> list[Any]:
    return [key.asc() if sort == OLDEST else key.desc() for key in keys]


def _matching(
    question: Question,
    of_sites: ColumnElement[bool],
    editor_id: int | None,
    now: datetime | None,
    after: Position | None,
) -> Select[Any]:
    statement = select(*_KEYS[question.sort]).where(of_sites, *_of_case(question, editor_id, now))
    if after is not None:
        statement = statement.where(_beyond(question.sort, after))
    of_page = _of_page(question)
    if of_page:
        statement = statement.where(_page_with(*of_page))
    if question.q:
        statement = statement.where(_holding(question.q))
    return statement


def _page_with(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # Not a join: that tempts SQLite to begin with the pages and to sort all their cases.
    return select(Page.id).where(Page.id == Case.page_id, *conditions).exists()


def _of_case(
    question: Question, editor_id: int | None, now: datetime | None
) -> list[ColumnElement[bool]]:
    found = [
        column == value
        for column, value in (
            (Case.status, question.status),
            (Case.resolution, question.resolution),
            (Case.place_state, question.place),
            (Case.page_id, question.page),
        )
        if value is not None
    ]
    if question.is_withheld:
        return [*found, Case.withheld_at.is_not(None)]
    if question.status == OPEN:
        found.append(Case.withheld_at.is_(None))
    if question.is_snoozed:
        found.append(_is_asleep(now))
    elif question.status == OPEN and now is not None:
        found.append(_is_awake(now))
    if question.assignee == "none":
        found.append(Case.assignee_id.is_(None))
    elif question.assignee == "me":
        found.append(Case.assignee_id == editor_id)
    if question.has_correction:
        found.append(
            select(Report.id)
            .where(Report.case_id == Case.id, Report.suggestion.is_not(None))
            .exists()
        )
    return found


def _of_page(question: Question) -> list[ColumnElement[bool]]:
    return [
        column == value
        for column, value in (
            (Page.section, question.section),
            (Page.author, question.author),
            (Page.lang, question.lang),
        )
        if value is not None
    ]


def _holding(text: str) -> ColumnElement[bool]:
    # SQLite folds the case of ASCII only, so the other scripts' cases are asked for one by one.
    spellings = sorted({text, text.lower(), text.upper(), text.capitalize()})

    def any_of(*columns: Any) -> ColumnElement[bool]:
        return or_(
            *(column.icontains(word, autoescape=True) for column in columns for word in spellings)
        )

    said = select(Report.id).where(
        Report.case_id == Case.id, any_of(Report.suggestion, Report.comment)
    )
    return or_(any_of(Case.exact), _page_with(any_of(Page.title, Page.url)), said.exists())


def _beyond(sort: str, after: Position) -> ColumnElement[bool]:
    keys = _KEYS[sort]
    values: list[Any] = [literal(after.at, Case.created_at.type)]
    if sort in _RANKED:
        values.insert(0, literal(after.rank, _RANKED[sort].type))
    values.append(literal(after.case_id, Uuid(as_uuid=False)))
    row, place = tuple_(*keys), tuple_(*values)
    return row > place if sort == OLDEST else row < place
