"""At the case page: reports that belong to another error, addresses that are another page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.services import page_joining, splitting
from typo_reports.storage.models import Case, Page, Report
from typo_reports.web.asked import case_address, query_of, question_of_query
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import ngettext, said
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in

blueprint = Blueprint("arranging", __name__)

REPORTS_SHOWN = 100


@blueprint.post("/cases/<uuid:case_id>/split")
@signed_in
def split(case_id: UUID) -> ResponseReturnValue:
    """Make a new case of the chosen reports and go to it."""
    here = parts()
    version = request.form.get("version", "")
    try:
        with here.database.writing() as session:
            done = splitting.split(
                session,
                actor(),
                str(case_id),
                report_ids=request.form.getlist("report")[:REPORTS_SHOWN],
                suggestions=request.form.getlist("suggestion")[:REPORTS_SHOWN],
                expected_version=int(version) if version.isdecimal() else None,
                now=here.now(),
            )
            new_id, event_id = done.new_case.id, done.deed.event_id
    except (ConflictError, InvalidFieldsError) as error:
        flash(said(error.message), "danger")
        return _back_to(str(case_id))
    undo = url_for("desk.deeds.undo", case_id=case_id, event=event_id)
    text = _("The chosen reports are a case of their own now: this one.")
    flash({"text": text, "undo": undo}, "deed")  # type: ignore[arg-type]
    return _back_to(new_id)


@blueprint.post("/cases/<uuid:case_id>/part")
@signed_in
def part(case_id: UUID) -> ResponseReturnValue:
    """Make another address of the case's page a page of its own again."""
    here = parts()
    page = request.form.get("page", "")
    try:
        if not (page.isascii() and page.isdecimal() and len(page) <= 9):
            raise NotFoundError(N_("There is no such address of this page."))
        with here.database.writing() as session:
            gone = page_joining.part(session, actor(), str(case_id), int(page), now=here.now())
    except ConflictError as error:
        flash(said(error.message), "danger")
    else:
        flash(
            ngettext(
                "It is a page of its own now; %(num)s case went along.",
                "It is a page of its own now; %(num)s cases went along.",
                gone,
            )
        )
    return _back_to(str(case_id))


@blueprint.app_context_processor
def _arranged() -> dict[str, Any]:
    """What the case page shows of reports and addresses."""
    return {"reports_of": _reports_of, "other_addresses_of": _other_addresses_of}


def _reports_of(case: Case) -> Sequence[Report]:
    """The case's reports, the oldest first; none where there is nothing to choose from."""
    if case.readers < 2:
        return ()
    with parts().database.reading() as session:
        return splitting.reports_of(session, case, limit=REPORTS_SHOWN)


def _other_addresses_of(case: Case) -> Sequence[Page]:
    with parts().database.reading() as session:
        return page_joining.other_addresses(session, case)


def _back_to(case_id: str) -> ResponseReturnValue:
    query = query_of(question_of_query(request.form.get("queue", "")))
    return redirect(case_address(case_id, query), 303)
