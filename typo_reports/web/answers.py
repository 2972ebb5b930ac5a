"""The part of a decision's form that speaks to readers, and what its template needs."""

from __future__ import annotations

from flask import request

from typo_reports.domain.house_style import Entry
from typo_reports.services import replies
from typo_reports.services.answering import FormAnswer
from typo_reports.services.replies import Choice
from typo_reports.storage.models import Case
from typo_reports.web.parts import parts


def answer_of_form() -> FormAnswer:
    """What the form that was sent asks for."""
    form = request.form
    taught = None
    if form.get("teach") == "yes":
        taught = Entry(
            text=form.get("teach_text", ""),
            kind=form.get("teach_kind", ""),
            lang=form.get("teach_lang", ""),
        )
    return FormAnswer(form.get("reply_choice", ""), form.get("reply", ""), taught)


def reply_choices(case: Case) -> list[Choice]:
    """The replies to choose from on the case's page."""
    with parts().database.reading() as session:
        return replies.choices(session, case)
