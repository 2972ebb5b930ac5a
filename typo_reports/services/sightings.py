"""What a page's text says about each of its cases: no writing, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.correction import change_of
from typo_reports.domain.selector import Selector
from typo_reports.domain.verification import Seen, summed_up
from typo_reports.pages.refind import refind
from typo_reports.pages.text import PageText
from typo_reports.storage import page_checks
from typo_reports.storage.models import Case
from typo_reports.storage.page_checks import Selection


def seen_on_page(
    session: Session, page_id: int, text: PageText, *, fixed_since: datetime
) -> dict[str, Seen]:
    """What this text shows of each case of the page that is watched, by the case's id."""
    watched = page_checks.watched_cases(session, page_id, fixed_since=fixed_since)
    return {case.id: _seen(session, case, text) for case in watched}


def seen_of_cases(session: Session, case_ids: Collection[str], text: PageText) -> dict[str, Seen]:
    """What this text shows of these cases."""
    return {
        case_id: _seen(session, case, text)
        for case_id in case_ids
        if (case := session.get(Case, case_id)) is not None
    }


def _seen(session: Session, case: Case, text: PageText) -> Seen:
    proposed = [one for one in page_checks.selections(session, case.id) if one.suggestion]
    if not proposed:
        # What the desk has found itself has a correction of its own.
        return look(_selector(case), case.correction, text)
    most = max(one.readers for one in proposed)
    leading = [one for one in proposed if one.readers == most]
    others = [one for one in proposed if one.readers < most]
    return summed_up(list(_looks(leading, text)), list(_looks(others, text)))


def _looks(selections: Iterable[Selection], text: PageText) -> Iterable[Seen]:
    return (look(_selector(one), one.suggestion, text) for one in selections)


def look(selector: Selector, suggestion: str | None, text: PageText) -> Seen:
    """What this text shows of one selection."""
    found = refind(selector, text, suggestion=suggestion)
    is_correction = change_of(selector.exact, suggestion) is not None
    return Seen(
        state=found.state,
        before=found.before,
        after=found.after,
        is_sure=found.fixed,
        is_exact=found.fixed and is_correction,
        position=None if found.start is None else text.positions.of(found.start),
    )


def _selector(of: Case | Selection) -> Selector:
    return Selector(of.exact, of.prefix, of.suffix, of.start, of.end)
