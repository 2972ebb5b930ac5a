"""Looking for a text in the cases: through the index of grams, or along the queue.

A search has three ways, each of a bounded cost; see `typo_reports/storage/queue.py` for when which
is gone. The worker keeps the index (`search_index.py`); cases that it has not read yet are looked
through themselves, as long as they are not too many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, text
from sqlalchemy.orm import Session

from typo_reports.domain.search_text import folded, wanted_grams
from typo_reports.storage.models import Case, CaseText, Page, Report, StaleText

# More stale cases than that are left to the worker.
STALE_MOST = 200
_NUMBERS_AT_ONCE = 1_000


def holding(query: str, fresh: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a case's text holds the query; `fresh` are the hits of `stale_hits`."""
    indexed = and_(
        select(CaseText.number).where(CaseText.case_id == Case.id, _has(query)).exists(),
        ~select(StaleText.case_id).where(StaleText.case_id == Case.id).exists(),
    )
    return or_(indexed, Case.id.in_(fresh)) if fresh else indexed


def candidates(session: Session, query: str, *, most: int) -> list[str] | None:
    """The cases whose text holds the query, by the index.

    None if the index can't tell: the query is too short, or more than `most` texts may hold it.
    """
    wanted = wanted_grams(folded(query))
    if not wanted:
        return None
    numbers = _numbers(session, wanted, most + 1)
    if len(numbers) > most:
        return None
    found: list[str] = []
    for first in range(0, len(numbers), _NUMBERS_AT_ONCE):
        some = numbers[first : first + _NUMBERS_AT_ONCE]
        found += session.scalars(
            select(CaseText.case_id).where(
                CaseText.number.in_(some),
                _has(query),
                ~select(StaleText.case_id).where(StaleText.case_id == CaseText.case_id).exists(),
            )
        )
    return found


def stale_hits(session: Session, query: str) -> list[str]:
    """Cases that the worker has still to index, of the newest STALE_MOST, that hold the query."""
    newest = list(
        session.scalars(
            select(StaleText.case_id).order_by(StaleText.case_id.desc()).limit(STALE_MOST)
        )
    )
    if not newest:
        return []
    return list(session.scalars(select(Case.id).where(Case.id.in_(newest), _said(query))))


def stale_count(session: Session, *, most: int) -> int:
    """How many cases the worker has still to index, counting to `most`."""
    some = select(literal(1)).select_from(StaleText).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def indexed_count(session: Session) -> int:
    """How many cases stand in the index."""
    return session.scalar(select(func.count()).select_from(CaseText)) or 0


def _has(query: str) -> ColumnElement[bool]:
    return CaseText.text.contains(folded(query), autoescape=True)


def _numbers(session: Session, wanted: Sequence[int], limit: int) -> list[int]:
    if session.get_bind().dialect.name == "sqlite":
        statement = "SELECT rowid FROM case_grams WHERE case_grams MATCH :grams LIMIT :most"
        grams: Any = " AND ".join(f"{gram:x}g" for gram in wanted)
    else:
        statement = (
            "SELECT number FROM case_grams WHERE grams @> CAST(:grams AS integer[]) LIMIT :most"
        )
        grams = list(wanted)
    return list(session.scalars(text(statement), {"grams": grams, "most": limit}))


def _said(query: str) -> ColumnElement[bool]:
    # SQLite folds the case of ASCII only, so the other scripts' cases are asked for one by one.
    spellings = sorted({query, query.lower(), query.upper(), query.capitalize()})

    def any_of(*columns: Any) -> ColumnElement[bool]:
        return or_(
            *(column.icontains(word, autoescape=True) for column in columns for word in spellings)
        )

    said = select(Report.id).where(
        Report.case_id == Case.id, any_of(Report.suggestion, Report.comment)
    )
    on_page = select(Page.id).where(Page.id == Case.page_id, any_of(Page.title, Page.url))
    return or_(any_of(Case.exact), on_page.exists(), said.exists())
