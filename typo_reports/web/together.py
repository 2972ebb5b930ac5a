"""Several editors at one desk: who is on which case, and what has changed since a page was drawn.

Polled, not pushed: a stream of server-sent events holds a thread per editor, and sixty of them
would starve the server. A poll costs a few statements, and mostly answers 304 without a body.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_
from typo_reports.services import leases, review
from typo_reports.services.leases import OnIt
from typo_reports.web.asked import case_address, query_of, question_of_query, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in

blueprint = Blueprint("together", __name__)


@blueprint.get("/queue/news")
@signed_in
def queue_news() -> Response:
    """How many cases have come in since the queue was drawn, and who is on which case."""
    since, site = _moment(request.args.get("since", "")), request.args.get("site") or None
    with parts().database.reading() as session:
        count = review.newer(session, actor(), site=site, since=since)
        on_it = leases.on_sites(session, actor(), site=site, now=parts().now())
    return _unless_known({"new": count, "on": {one.case_id: _shown(one) for one in on_it}})


@blueprint.get("/cases/<uuid:case_id>/news")
@signed_in
def case_news(case_id: UUID) -> Response:
    """Who is on the case, and whether it is still as it was drawn."""
    with parts().database.reading() as session:
        case = review.plain(session, actor(), str(case_id))
        on_it = leases.on_case(session, actor(), case, now=parts().now())
    return _unless_known(
        {"version": case.version, "status": case.status, "on": _shown(on_it) if on_it else None}
    )


@blueprint.post("/cases/<uuid:case_id>/lease")
@signed_in
def begin(case_id: UUID) -> ResponseReturnValue:
    """The editor is on the case now, or still; a colleague gives way only if they insist."""
    with parts().database.writing() as session:
        on_it = leases.begin(
            session,
            actor(),
            str(case_id),
            insists=request.form.get("insists") == "yes",
            now=parts().now(),
        )
    if request.accept_mimetypes.best == "application/json":
        return jsonify(on=_shown(on_it) if on_it else None)
    return redirect(_back(case_id), 303)


@blueprint.post("/cases/<uuid:case_id>/leave")
@signed_in
def leave(case_id: UUID) -> ResponseReturnValue:
    """The editor is not on the case any more; a page that goes away says so, and hears nothing."""
    with parts().database.writing() as session:
        leases.leave(session, actor(), str(case_id))
    if request.form.get("silently") == "yes":
        return "", 204
    return redirect(_back(case_id), 303)


@blueprint.post("/queue/next")
@signed_in
def next_free() -> ResponseReturnValue:
    """To the first case of this queue that nobody else is on, and be on it."""
    question = question_of_query(request.form.get("queue", ""))
    with parts().database.writing() as session:
        found = leases.next_free(
            session,
            actor(),
            question,
            now=parts().now(),
            not_case=request.form.get("not") or None,
        )
    if found is None:
        flash(_("There is no open case here that nobody else is on."))
        return redirect(queue_address(query_of(question)), 303)
    return redirect(case_address(found.id, query_of(question)), 303)


def _back(case_id: UUID) -> str:
    query = query_of(question_of_query(request.form.get("queue", "")))
    if request.form.get("to") == "queue":
        return queue_address(query)
    return case_address(str(case_id), query)


def _shown(one: OnIt) -> dict[str, Any]:
    return {"name": one.name, "mine": one.is_me}


def _unless_known(data: dict[str, Any]) -> Response:
    """The data with an ETag, or 304 if the browser has just these."""
    response = jsonify(data)
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidFieldsError.of(
            "since", "malformed", N_("since must be a time with its zone.")
        ) from error
