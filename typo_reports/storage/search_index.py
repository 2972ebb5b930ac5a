"""Keeping the index of search: the texts of stale cases read anew, a few at a time.

SQLite has the grams in a full-text table that keeps neither text nor position, PostgreSQL in
an array with a GIN index, which every installation has, whatever its locale and extensions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, insert, select, text, tuple_
from sqlalchemy.orm import Session

from typo_reports.domain.search_text import grams, text_of_case
from typo_reports.storage.models import Case, CaseText, Page, Report, StaleText

_REPORTS_MOST = 50


def stale(session: Session, *, limit: int) -> dict[str, int]:
    """Cases to be read, the newest first, each with the mark of its last change."""
    rows = session.execute(
        select(StaleText.case_id, StaleText.mark).order_by(StaleText.case_id.desc()).limit(limit)
    )
    return {row.case_id: row.mark for row in rows}


def texts(session: Session, case_ids: Collection[str]) -> dict[str, str]:
    """The text of each of these cases that is there, as search compares it."""
    said: dict[str, list[str | None]] = defaultdict(list)
    for case_id, suggestion, comment in session.execute(
        select(Report.case_id, Report.suggestion, Report.comment)
        .where(Report.case_id.in_(case_ids))
        .order_by(Report.created_at)
    ):
        if len(said[case_id]) < 2 * _REPORTS_MOST:
            said[case_id] += [suggestion, comment]
    rows = session.execute(
        select(Case.id, Case.exact, Case.prefix, Case.suffix, Page.title, Page.url)
        .join(Page, Page.id == Case.page_id)
        .where(Case.id.in_(case_ids))
    )
    return {row[0]: text_of_case(*row[1:4], [row[4], row[5], *said[row[0]]]) for row in rows}


def put(session: Session, marks: Mapping[str, int], new: Mapping[str, str]) -> None:
    """Index these texts; cases without one are taken out. What changed meanwhile stays stale."""
    if session.get_bind().dialect.name != "sqlite":
        # One writer at a time; the others' turn comes again.
        session.execute(text("SELECT pg_advisory_xact_lock(7263845)"))
    old = {
        row.case_id: row
        for row in session.scalars(select(CaseText).where(CaseText.case_id.in_(list(marks))))
    }
    changed = [case_id for case_id, row in old.items() if new.get(case_id) != row.text]
    _take_out(session, [(old[case_id].number, old[case_id].text) for case_id in changed])
    session.execute(delete(CaseText).where(CaseText.case_id.in_(changed)))
    added = {
        case_id: said for case_id, said in new.items() if case_id not in old or case_id in changed
    }
    _put_in(session, added)
    session.execute(
        delete(StaleText).where(tuple_(StaleText.case_id, StaleText.mark).in_(list(marks.items())))
    )


def _take_out(session: Session, rows: Sequence[tuple[int, str]]) -> None:
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        # Such a table forgets what it is told once more.
        session.execute(
            text("INSERT INTO case_grams (case_grams, rowid, grams) VALUES ('delete', :n, :g)"),
            [{"n": number, "g": _words(said)} for number, said in rows],
        )
        return
    session.execute(
        text("DELETE FROM case_grams WHERE number = ANY(:numbers)"),
        {"numbers": [number for number, _ in rows]},
    )


def _put_in(session: Session, added: Mapping[str, str]) -> None:
    if not added:
        return
    session.execute(
        insert(CaseText), [{"case_id": case_id, "text": said} for case_id, said in added.items()]
    )
    numbers = session.execute(
        select(CaseText.number, CaseText.text).where(CaseText.case_id.in_(list(added)))
    ).all()
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            text("INSERT INTO case_grams (rowid, grams) VALUES (:n, :g)"),
            [{"n": number, "g": _words(said)} for number, said in numbers],
        )
        return
    session.execute(
        text("INSERT INTO case_grams (number, grams) VALUES (:n, CAST(:g AS integer[]))"),
        [{"n": number, "g": sorted(grams(said))} for number, said in numbers],
    )


def _words(said: str) -> str:
    # A letter at the end, so that no number is taken for anything but a word.
    return " ".join(f"{gram:x}g" for gram in grams(said))
