"""Saved views of the queue, and the page on which editors choose their keys."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain import desk_keys
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.queue import COUNTED_MOST
from typo_reports.services import saved_views
from typo_reports.storage.models import SavedView
from typo_reports.web import keys
from typo_reports.web.asked import query_of, question_of_query, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said, shown_number
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in

blueprint = Blueprint("views", __name__)


@blueprint.get("/views")
@signed_in
def show() -> ResponseReturnValue:
    """All views that the editor can use, with their counts."""
    with parts().database.reading() as session:
        found = saved_views.visible(session, actor())
    return render_template("desk/views.html", views=found, counts=_counts(found), address=address)


@blueprint.get("/views/counts")
@signed_in
def counts() -> Response:
    """The count of each view, for the script of the queue."""
    with parts().database.reading() as session:
        found = saved_views.visible(session, actor())
    return jsonify(_counts(found))


@blueprint.post("/views")
@signed_in
def save() -> ResponseReturnValue:
    """Keep the present question under a name."""
    question = question_of_query(request.form.get("queue", ""))
    try:
        with parts().database.writing() as session:
            view = saved_views.save(
                session,
                actor(),
                name=request.form.get("name", ""),
                query=queue_address(query_of(question)).partition("?")[2],
                question=question,
                is_shared=request.form.get("shared") == "yes",
                now=parts().now(),
            )
        flash(_("“%(name)s” is saved.", name=view.name))
    except InvalidFieldsError as error:
        flash(said(error.message), "danger")
    return redirect(queue_address(query_of(question)), 303)


@blueprint.post("/views/<uuid:view_id>/delete")
@signed_in
def delete(view_id: UUID) -> ResponseReturnValue:
    """Delete a view."""
    with parts().database.writing() as session:
        name = saved_views.delete(session, actor(), str(view_id))
    flash(_("“%(name)s” is deleted.", name=name))
    return redirect(url_for(".show"), 303)


@blueprint.get("/settings/keys")
@signed_in
def show_keys() -> ResponseReturnValue:
    """Which key does what."""
    return keys.page()


@blueprint.post("/settings/keys")
@signed_in
def change_keys() -> ResponseReturnValue:
    """Keep the editor's keys, or go back to the usual ones."""
    try:
        is_usual = request.form.get("usual") == "yes"
        changed = {} if is_usual else desk_keys.chosen(request.form)
    except InvalidFieldsError as error:
        return keys.page(said(error.message)), 422
    are_on = is_usual or request.form.get("on") == "yes"
    keys.keep(editor().id, are_on=are_on, changed=changed)
    flash(_("These keys are yours now, in every browser."))
    return redirect(url_for(".show_keys"), 303)


def address(view: SavedView) -> str:
    """Where the view's cases are shown."""
    return queue_address(query_of(question_of_query(view.query)))


def _counts(views: list[SavedView]) -> dict[str, str]:
    found = {}
    with parts().database.reading() as session:
        for view in views:
            number, has_more = saved_views.count(
                session, actor(), question_of_query(view.query), now=parts().now()
            )
            plus = "+" if has_more or number > COUNTED_MOST else ""
            found[view.id] = f"{shown_number(min(number, COUNTED_MOST))}{plus}"
    return found
