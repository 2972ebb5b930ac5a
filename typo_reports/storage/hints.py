"""Cases that wait to be read for their error, and what was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from typo_reports.domain.case import NOT_AN_ERROR, OPEN, RESOLVED
from typo_reports.domain.selector import Selector
from typo_reports.storage.models import Case, Page, PageWordCounts, Report

# How many of a site's latest "not an error" answers are remembered as its house list.
HOUSE_LIST_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case to be read: its passage, its page and the page's language."""

    case_id: str
    site_id: int
    page_id: int
    selector: Selector
    lang: str | None


def waiting(session: Session, *, limit: int, suggested_since: datetime) -> list[Waiting]:
    """Open cases that nobody has read, oldest first; then those with a newer correction.

    `suggested_since` bounds how far back newer corrections are looked for.
    """
    columns = (
        select(
            Case.id, Case.site_id, Case.page_id, Case.exact, Case.prefix, Case.suffix, Case.start,
            Case.end, Page.lang,
        )
        .join(Page, Page.id == Case.page_id)
        .where(Case.status == OPEN)
    )  # fmt: skip
    rows = session.execute(
        columns.where(Case.hinted_at.is_(None)).order_by(Case.created_at).limit(limit)
    ).all()
    if len(rows) < limit:
        newer = (
            select(Report.case_id)
            .where(
                Report.created_at > suggested_since,
                Report.suggestion.is_not(None),
                Report.case_id == Case.id,
                Report.created_at > Case.hinted_at,
            )
            .exists()
        )
        again = columns.where(Case.updated_at > suggested_since, newer)
        rows = [*rows, *session.execute(again.limit(limit - len(rows))).all()]
    return [
        Waiting(row[0], row[1], row[2], Selector(row[3], row[4], row[5], row[6], row[7]), row[8])
        for row in rows
    ]


def keep(session: Session, case_id: str, hint: dict[str, Any] | None, *, at: datetime) -> None:
    """Store what was found; the case's version stays, for no editor has decided anything."""
    session.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(hint=hint, hinted_at=at)
        .execution_options(synchronize_session=False)
    )


def keep_page_words(
    session: Session, page_id: int, counts: Mapping[str, int], *, at: datetime
) -> None:
    """Store how often words stand on the page; what was said of its cases without is due again."""
    known = session.get(PageWordCounts, page_id)
    if known is not None:
        known.counts, known.counted_at = dict(counts), at
        return
    session.add(PageWordCounts(page_id=page_id, counts=dict(counts), counted_at=at))
    session.execute(
        update(Case)
        .where(Case.page_id == page_id, Case.status == OPEN, Case.hinted_at.is_not(None))
        .values(hinted_at=None)
        .execution_options(synchronize_session=False)
    )


def page_words(session: Session, page_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """The words of these pages with how often they stand there, where they were read."""
    rows = session.execute(
        select(PageWordCounts.page_id, PageWordCounts.counts).where(
            PageWordCounts.page_id.in_(page_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def judged_right(
    session: Session, site_ids: Collection[int]
) -> Sequence[tuple[int, str, dict[str, Any] | None]]:
    """Site, passage and hint of cases that editors of these sites called no error."""
    rows = session.execute(
        select(Case.site_id, Case.exact, Case.hint)
        .where(
            Case.site_id.in_(site_ids),
            Case.status == RESOLVED,
            Case.resolution == NOT_AN_ERROR,
        )
        .order_by(Case.updated_at.desc())
        .limit(HOUSE_LIST_MOST)
    )
    return [(row[0], row[1], row[2]) for row in rows]
