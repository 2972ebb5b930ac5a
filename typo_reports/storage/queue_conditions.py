"""What a question to the queue asks of a case, as SQL conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true

from typo_reports.domain.case import OPEN
from typo_reports.domain.queue import OLDER_DAYS, YOUNGER_DAYS, Question, is_editor_id
from typo_reports.storage import search
from typo_reports.storage.models import Case, CaseLease, Page, Report


def conditions(
    question: Question, *, editor_id: int | None, now: datetime | None, fresh: Sequence[str] = ()
) -> list[ColumnElement[bool]]:
    """All conditions but site and status. `fresh` are hits of the search not indexed yet."""
    found = [
        column == value
        for column, value in (
            (Case.resolution, question.resolution),
            (Case.place_state, question.place),
            (Case.position, question.position),
            (Case.page_id, question.page),
            (Case.house_style_id, question.entry),
            (Case.search_id, question.elsewhere),
        )
        if value is not None
    ]
    found += _of_time(question, now)
    if question.found == "desk":
        found.append(Case.search_id.is_not(None))
    if question.found == "readers":
        found.append(Case.search_id.is_(None))
    if question.is_folded:
        found.append(Case.house_style_id.is_not(None))
    if question.is_withheld:
        found.append(Case.withheld_at.is_not(None))
    else:
        found += _of_owner(question, editor_id)
    if question.has_correction:
        has_suggestion = select(Report.id).where(
            Report.case_id == Case.id, Report.suggestion.is_not(None)
        )
        found.append(or_(Case.correction.is_not(None), has_suggestion.exists()))
    if question.is_free and now is not None:
        found.append(~held_by_others(editor_id, now))
    facts = page_facts(question)
    if facts:
        # Not a join: that tempts SQLite to begin with the pages and to sort all their cases.
        found.append(select(Page.id).where(Page.id == Case.page_id, *facts).exists())
    if question.q:
        found.append(search.holding(question.q, fresh))
    return found


def page_facts(question: Question) -> list[ColumnElement[bool]]:
    """The conditions upon the case's page."""
    return [
        column == value
        for column, value in (
            (Page.section, question.section),
            (Page.author, question.author),
            (Page.lang, question.lang),
        )
        if value is not None
    ]


def held_by_others(editor_id: int | None, now: datetime) -> ColumnElement[bool]:
    """The condition that a colleague is on the case."""
    others = [] if editor_id is None else [CaseLease.editor_id != editor_id]
    return (
        select(CaseLease.case_id)
        .where(CaseLease.case_id == Case.id, CaseLease.expires_at > now, *others)
        .exists()
    )


def is_asleep(now: datetime | None) -> ColumnElement[bool]:
    """The condition that the case sleeps now."""
    return false() if now is None else Case.snoozed_until > now


def _of_time(question: Question, now: datetime | None) -> list[ColumnElement[bool]]:
    found: list[Any] = []
    if now is not None and question.age in YOUNGER_DAYS:
        found.append(Case.created_at > now - timedelta(days=YOUNGER_DAYS[question.age]))
    if now is not None and question.age in OLDER_DAYS:
        found.append(Case.created_at < now - timedelta(days=OLDER_DAYS[question.age]))
    if question.is_withheld:
        return found
    if question.status == OPEN:
        found.append(Case.withheld_at.is_(None))
    if question.is_snoozed:
        found.append(is_asleep(now))
    elif question.status == OPEN:
        found.append(_is_awake(now))
    return found


def _of_owner(question: Question, editor_id: int | None) -> list[ColumnElement[bool]]:
    if question.assignee == "none":
        return [Case.assignee_id.is_(None)]
    if question.assignee == "me":
        return [Case.assignee_id == editor_id]
    if is_editor_id(question.assignee):
        return [Case.assignee_id == int(question.assignee or 0)]
    return []


def _is_awake(now: datetime | None) -> ColumnElement[bool]:
    if now is None:
        return true()
    return or_(Case.snoozed_until.is_(None), Case.snoozed_until <= now)
