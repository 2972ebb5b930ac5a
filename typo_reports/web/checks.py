"""“Check now”: look at a case's page while the editor waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError
from typo_reports.domain.words import N_
from typo_reports.services import review, verification_schedule, withholding
from typo_reports.services.verification import Look, verifier
from typo_reports.storage.models import Case, PageCheck, Site
from typo_reports.web.asked import case_address, query_of, question_of_query
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in
from typo_reports.web.site_of_page import site_to_change

blueprint = Blueprint("checks", __name__)

# Longer than the pause between two requests to one host.
PATIENCE_SECONDS = 3.0
SAID_OF = {
    "fixed": N_("The error is gone from the page: the case is resolved as fixed."),
    "regression": N_("The error is on the page again: the case is open again."),
    "withheld": N_("The page does not hold this passage: the case is withheld from the queue."),
    "present": N_("The page was looked at: the passage is still there."),
    "changed": N_("The page was looked at: something else stands there now. Please have a look."),
    "gone": N_("The page was looked at: nothing like the passage is there."),
    "page-gone": N_("The page is gone."),
    "unreadable": N_("The server can’t read this page as readers do."),
}

OUTCOMES = {
    "read": N_("read"),
    "page-gone": N_("gone"),
    "unreadable": N_("can’t be read by the server (login, paywall, filled in by a script)"),
    "unreachable": N_("gave no answer"),
    "not-allowed": N_("not allowed by robots.txt"),
}

LOOKED_AT = N_("The page was looked at.")


@blueprint.post("/cases/<uuid:case_id>/check")
@signed_in
def check(case_id: UUID) -> ResponseReturnValue:
    """Look at the case's page and say what was seen of the case."""
    here = parts()
    with here.database.reading() as session:
        case = review.case(session, actor(), str(case_id)).case
    if not case.site.reads_pages:
        flash(_("Looking at pages is switched off for this site."), "danger")
    else:
        looking = verifier(here.database, here.settings, now=here.now)
        look = looking.look_at(case.page_id, patience_seconds=PATIENCE_SECONDS)
        flash(" ".join(said(sentence) for sentence in _said(str(case_id), look)))
    query = query_of(question_of_query(request.form.get("queue", "")))
    return redirect(case_address(str(case_id), query), 303)


@blueprint.post("/cases/<uuid:case_id>/release")
@signed_in
def release(case_id: UUID) -> ResponseReturnValue:
    """Let a withheld case into the queue."""
    try:
        with parts().database.writing() as session:
            withholding.release(session, actor(), str(case_id), now=parts().now())
        flash(_("The case is in the queue."))
    except ConflictError as error:
        flash(said(error.message), "danger")
    query = query_of(question_of_query(request.form.get("queue", "")))
    return redirect(case_address(str(case_id), query), 303)


@blueprint.app_context_processor
def _last_looks() -> dict[str, Any]:
    """What the case page says of the last look."""
    return {"page_check_of": _page_check_of, "outcomes_of": _outcomes_of, "said_of": OUTCOMES}


@blueprint.post("/sites/<key>/reading")
@signed_in
def change_reading(key: str) -> ResponseReturnValue:
    """Switch looking at the site's pages on or off."""
    with parts().database.writing() as session:
        site = site_to_change(session, key)
        site.reads_pages = request.form.get("reads_pages") == "yes"
        is_on = site.reads_pages
    flash(_("Its pages are looked at.") if is_on else _("Its pages are left alone from now on."))
    return redirect(url_for("sites.show", key=key, _anchor="reading"), 303)


def _page_check_of(case: Case) -> PageCheck | None:
    with parts().database.reading() as session:
        return verification_schedule.last_look(session, case)


def _outcomes_of(site: Site) -> dict[str, int]:
    with parts().database.reading() as session:
        return verification_schedule.outcomes(session, site)


def _said(case_id: str, look: Look | None) -> list[str]:
    """What became of the case, and if the page could not be read, why."""
    if look is None:
        return [N_("The page is being looked at already, or its server wants no request now.")]
    of_case = SAID_OF.get(look.words_of.get(case_id, ""))
    return [one for one in (of_case, look.words) if one] or [LOOKED_AT]
