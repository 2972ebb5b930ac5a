"""What a site has corrected, for everybody: a page and an Atom feed, without a session."""

from __future__ import annotations

import re
from datetime import UTC
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError
from typo_reports.domain.links import origin_of
from typo_reports.services import audit, corrections
from typo_reports.services.corrections import CorrectionsPage
from typo_reports.storage.models import Case, Correction
from typo_reports.web import passage
from typo_reports.web.asked import case_address, query_of, question_of_query
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import present, said, speak
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in
from typo_reports.web.site_of_page import site_to_change

blueprint = Blueprint("corrections", __name__)

KEPT_SECONDS = 300
# What XML 1.0 can't hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get("/corrections/<key>")
def show(key: str) -> ResponseReturnValue:
    """What was corrected: before and after, on which page, when."""
    found = _found(key)
    speak(found.language)
    return _public(render_template("corrections/page.html", **_shown(found)), "text/html")


@blueprint.get("/corrections/<key>/feed.atom")
def feed(key: str) -> ResponseReturnValue:
    """The newest of them as an Atom feed."""
    found = _found(key)
    speak(found.language)
    newest = max((one.corrected_at for one in found.corrections), default=found.site.created_at)
    text = render_template(
        "corrections/feed.xml",
        **_shown(found),
        xml=lambda given: _NOT_XML.sub("\ufffd", given or ""),
        rfc3339=lambda moment: moment.astimezone(UTC).isoformat(timespec="seconds"),
        newest=newest,
    )
    return _public(text, "application/atom+xml")


@blueprint.post("/cases/<uuid:case_id>/correction")
@signed_in
def leave_out(case_id: UUID) -> ResponseReturnValue:
    """Leave this case out of the public page, or put it back."""
    is_left_out = request.form.get("left_out") == "yes"
    try:
        with parts().database.writing() as session:
            corrections.leave_out(
                session, actor(), str(case_id), is_left_out=is_left_out, now=parts().now()
            )
        flash(
            _("It is left out of the corrections page.")
            if is_left_out
            else _("It stands on the corrections page.")
        )
    except ConflictError as error:
        flash(said(error.message), "danger")
    query = query_of(question_of_query(request.form.get("queue", "")))
    return redirect(case_address(str(case_id), query), 303)


@blueprint.post("/sites/<key>/openness")
@signed_in
def change_openness(key: str) -> ResponseReturnValue:
    """What the site shows to whom: corrections to everybody, authors to its desk."""
    with parts().database.writing() as session:
        site = site_to_change(session, key)
        site.shows_corrections = request.form.get("shows_corrections") == "yes"
        site.shows_authors = request.form.get("shows_authors") == "yes"
        audit.note(
            session, editor().id, "site-changed", site.name, site_id=site.id, now=parts().now()
        )
    flash(_("Saved."))
    return redirect(address_of("sites.show", key=key, _anchor="openness"), 303)


@blueprint.app_context_processor
def _of_case() -> dict[str, object]:
    return {"correction_of": _correction_of}


def _correction_of(case: Case) -> Correction | None:
    """What the case's page says of the public one; None also while the site shows none."""
    if not case.site.shows_corrections:
        return None
    with parts().database.reading() as session:
        return corrections.of_case(session, actor(), case.id)


def _found(key: str) -> CorrectionsPage:
    with parts().database.reading() as session:
        return corrections.of_site(session, key, cursor=request.args.get("cursor") or None)


def _shown(found: CorrectionsPage) -> dict[str, object]:
    base = parts().settings.base_url.rstrip("/")
    origins = {known.origin for known in found.site.origins}
    return {
        "site": found.site,
        "corrections": found.corrections,
        "next_cursor": found.next_cursor,
        "link_of": lambda one: _own(one.case.page.url, origins),
        "diff": passage.shown_change,
        "home": f"{base}{address_of('corrections.show', key=found.site.key)}",
        "feed": f"{base}{address_of('corrections.feed', key=found.site.key)}",
        "day": present().long_day,
    }


def _own(url: str, origins: set[str]) -> str | None:
    """The page, without the fragment that would name the passage by a reader's words."""
    return url if origin_of(url) in origins else None


def _public(text: str, kind: str) -> Response:
    answer = make_response(text)
    answer.mimetype = kind
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
