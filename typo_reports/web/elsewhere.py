"""The same error elsewhere: begin a search, follow it, make cases of what it found."""

from __future__ import annotations

import math
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain import kept_words
from typo_reports.domain.elsewhere import REAL_WORD, UNKNOWN, Sought
from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.domain.words import N_
from typo_reports.services import bulk, elsewhere, elsewhere_cases, review, sites
from typo_reports.services.elsewhere import Found
from typo_reports.storage.models import Case, ElsewhereSearch
from typo_reports.web.asked import case_address, query_of, question_of_query, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.language import ngettext, said, shown_number
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in
from typo_reports.web.site_of_page import site_to_change

blueprint = Blueprint("elsewhere", __name__)

KIND_WORDS = {
    REAL_WORD: N_(
        "The wrong word is a word of the language. Offered is only where a telling "
        "neighbouring word, or both, are the same as in the report."
    ),
    UNKNOWN: N_(
        "There is no dictionary of this language: look at each place. Chosen are those whose "
        "neighbouring words are the same as in the report."
    ),
}


@blueprint.post("/cases/<uuid:case_id>/elsewhere")
@signed_in
def begin(case_id: UUID) -> ResponseReturnValue:
    """Have the site's other pages looked through for the words of the form."""
    form = request.form
    try:
        with parts().database.writing() as session:
            search = elsewhere.begin(
                session,
                actor(),
                str(case_id),
                wrong=form.get("wrong", ""),
                right=form.get("right", ""),
                now=parts().now(),
            )
            address = _address(search)
    except (ConflictError, InvalidFieldsError) as error:
        flash(said(error.message), "danger")
        query = query_of(question_of_query(form.get("queue", "")))
        return redirect(case_address(str(case_id), query), 303)
    return redirect(address, 303)


@blueprint.get("/elsewhere/<uuid:search_id>")
@signed_in
def show(search_id: UUID) -> ResponseReturnValue:
    """How far the search is, and what it has found."""
    with parts().database.reading() as session:
        found = elsewhere.show(session, actor(), str(search_id))
        case = review.plain(session, actor(), found.search.case_id)
    return render_template(
        "desk/elsewhere.html",
        found=found,
        search=found.search,
        listing_words=kept_words.sentences_of(found.search.words),
        case=case,
        kind_words=said(KIND_WORDS.get(found.search.kind or "", "")),
        in_queue=queue_address({"elsewhere": found.search.id, "site": found.search.site.key}),
    )


@blueprint.get("/elsewhere/<uuid:search_id>/news")
@signed_in
def news(search_id: UUID) -> Response:
    """The same in short, for the page that is open."""
    with parts().database.reading() as session:
        search = elsewhere.visible(session, actor(), str(search_id))
    response = jsonify(
        text=progress(search),
        running=search.is_running,
        read=search.read,
        pages=search.pages,
        found=search.found_pages,
    )
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


@blueprint.post("/elsewhere/<uuid:search_id>/cancel")
@signed_in
def cancel(search_id: UUID) -> ResponseReturnValue:
    """End the search; what it has found stays."""
    with parts().database.writing() as session:
        address = _address(elsewhere.cancel(session, actor(), str(search_id), now=parts().now()))
    flash(_("The search is ended."))
    return redirect(address, 303)


@blueprint.post("/elsewhere/<uuid:search_id>/cases")
@signed_in
def make_cases(search_id: UUID) -> ResponseReturnValue:
    """Make cases of the chosen places, or of all on which none stands."""
    chosen = None if request.form.get("all") == "yes" else _chosen()
    batch_id = bulk.new_batch_id(parts().now())
    address = url_for(".show", search_id=search_id)
    if chosen is not None and not chosen:
        flash(_("Choose at least one place first."), "danger")
        return redirect(address, 303)
    made = there = 0
    while True:
        with parts().database.writing() as session:
            done = elsewhere_cases.make(
                session, actor(), str(search_id), chosen, batch_id=batch_id, now=parts().now()
            )
        made += done.made
        # On later rounds those of the rounds before are there, too.
        there = max(there, done.there - (made - done.made))
        if done.made < elsewhere_cases.CHUNK:
            break
    text = ngettext("%(num)s case stands in the queue.", "%(num)s cases stand in the queue.", made)
    if there:
        text += " " + ngettext(
            "%(num)s case stood there already.", "%(num)s cases stood there already.", there
        )
    undo = url_for("desk.taking_back.undo", batch_id=batch_id) if made else None
    flash({"text": text, "undo": undo}, "deed")  # type: ignore[arg-type]
    return redirect(address, 303)


@blueprint.post("/sites/<key>/elsewhere")
@signed_in
def change(key: str) -> ResponseReturnValue:
    """Switch it on or off for a site, and say where its list of pages is."""
    form = request.form
    try:
        with parts().database.writing() as session:
            site = site_to_change(session, key)
            sites.set_elsewhere(
                session,
                site,
                is_on=form.get("looks_elsewhere") == "yes",
                listing_url=form.get("listing_url", ""),
                pages_most=form.get("pages_most", ""),
            )
    except InvalidFieldsError as error:
        flash(" ".join(field_errors(error).values()), "danger")
        return redirect(url_for("sites.show", key=key, _anchor="elsewhere"), 303)
    flash(_("Saved."))
    return redirect(url_for("sites.show", key=key, _anchor="elsewhere"), 303)


def progress(search: ElsewhereSearch) -> str:
    """How far the search is, a sentence for each number: they bend with it in other languages."""
    if search.status == "waiting":
        return _("Waiting for its turn; then the site’s list of pages is read.")
    found = ngettext("Found on %(num)s page.", "Found on %(num)s pages.", search.found_pages)
    if search.status == "reading":
        read = ngettext(
            "%(read)s of %(num)s page read.",
            "%(read)s of %(num)s pages read.",
            search.pages or 0,
            read=shown_number(search.read),
        )
        return " ".join([read, found, *_rest(search)])
    sentences = [
        _("Ended early.") if search.status == "cancelled" else _("Done."),
        ngettext("%(num)s page looked at.", "%(num)s pages looked at.", search.read),
    ]
    if search.unread:
        sentences.append(
            ngettext(
                "%(num)s of them could not be read.",
                "%(num)s of them could not be read.",
                search.unread,
            )
        )
    return " ".join([*sentences, found])


def _rest(search: ElsewhereSearch) -> list[str]:
    """For how long nothing is read, if that is longer than a pause."""
    minutes = math.ceil((search.due_at - parts().now()).total_seconds() / 60)
    if minutes <= 1:
        return []
    return [
        ngettext(
            "The site’s server is left alone for %(num)s minute.",
            "The site’s server is left alone for %(num)s minutes.",
            minutes,
        )
    ]


@blueprint.app_context_processor
def _for_case() -> dict[str, Any]:
    """What the page of a case shows of it."""
    return {
        "elsewhere_of": _elsewhere_of,
        "elsewhere_sought": _sought_of,
        "elsewhere_progress": progress,
    }


def _elsewhere_of(case: Case) -> Found | None:
    with parts().database.reading() as session:
        return elsewhere.of_case(session, case, now=parts().now())


def _sought_of(case: Case) -> Sought | None:
    with parts().database.reading() as session:
        return elsewhere.sought_of_case(session, case)


def _address(search: ElsewhereSearch) -> str:
    return url_for("elsewhere.show", search_id=search.id)


def _chosen() -> list[str]:
    found = []
    for text in request.form.getlist("place")[:1000]:
        try:
            found.append(str(UUID(text)))
        except ValueError as error:
            raise InvalidFieldsError.of(
                "place", "malformed", N_("There is no such place.")
            ) from error
    return found
