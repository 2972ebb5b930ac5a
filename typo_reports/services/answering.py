"""Closing a case with what its readers are told, and with what is to be remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.case import NOT_AN_ERROR
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.house_style import Entry
from typo_reports.domain.words import N_
from typo_reports.services import house_style, replies
from typo_reports.services.actors import Actor, visible_case
from typo_reports.services.changes import Deed
from typo_reports.services.deeds import resolve as close_case


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What the form beside a decision asks for; `taught` goes with "not an error" only."""

    choice: str = ""
    text: str = ""
    taught: Entry | None = None


def resolve(
    session: Session,
    actor: Actor,
    case_id: str,
    *,
    resolution: str,
    note: str | None,
    answer: FormAnswer,
    expected_version: int | None,
    now: datetime,
) -> Deed:
    """Close the case; the errors of `deeds.resolve`, and InvalidFieldsError for the answer."""
    case = visible_case(session, actor, case_id)
    reply = None
    if answer.choice or answer.text.strip():
        reply = replies.chosen(session, case, key=answer.choice, text=answer.text)
    deed = close_case(
        session,
        actor,
        case_id,
        resolution=resolution,
        note=note,
        reply=reply,
        expected_version=expected_version,
        now=now,
    )
    if answer.taught is not None:
        if resolution != NOT_AN_ERROR:
            raise InvalidFieldsError.of(
                "teach", "not-expected", N_("Only what is not an error can be house style.")
            )
        house_style.teach(session, actor, deed.case, answer.taught, note=reply, now=now)
    return deed
