"""Deeds done to many cases at once, undone together, and the page of one's own deeds."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.case import RESOLUTION_WORDS
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.snooze import wake_time
from typo_reports.services import bulk, own_deeds
from typo_reports.services.bulk import Chunk, OnCase
from typo_reports.web.asked import query_of, question_of_query, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.next_page import next_page
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in
from typo_reports.web.times import zone_of

blueprint = Blueprint("many", __name__)


@blueprint.post("/queue/many")
@signed_in
def do() -> ResponseReturnValue:
    """Do one thing to the selected cases, or to all that answer the question."""
    question = question_of_query(request.form.get("queue", ""))
    address = queue_address(query_of(question))
    try:
        on_case, words = _chosen_deed()
        case_ids = _chosen_cases()
    except InvalidFieldsError as error:
        flash(error.message, "danger")
        return redirect(address, 303)
    batch_id = bulk.new_batch_id(parts().now())
    done = refused = 0
    for first in range(0, len(case_ids), bulk.CHUNK):
        chunk = _do_chunk(case_ids[first : first + bulk.CHUNK], on_case, batch_id)
        done, refused = done + chunk.done, refused + chunk.refused
    text = f"{_cases(done)} {words}."
    if refused:
        text += f" {_cases(refused)} were left: they had been changed meanwhile."
    if len(case_ids) == bulk.MOST_AT_ONCE:
        text += f" That is as many as go at once ({bulk.MOST_AT_ONCE:,}): do it again for the rest."
    undo = url_for(".undo", batch_id=batch_id) if done else None
    flash({"text": text, "undo": undo}, "deed")  # type: ignore[arg-type]
    return redirect(address, 303)


@blueprint.post("/batches/<uuid:batch_id>/undo")
@signed_in
def undo(batch_id: UUID) -> ResponseReturnValue:
    """Take back everything that was done together."""
    here = parts()
    done = refused = 0
    while True:
        with here.database.writing() as session:
            chunk = bulk.undo_chunk(
                session,
                actor(),
                str(batch_id),
                now=here.now(),
                base_url=here.settings.base_url,
            )
        done, refused = done + chunk.done, refused + chunk.refused
        if chunk.done + chunk.refused < bulk.CHUNK:
            break
    text = f"{_cases(done)} {'is' if done == 1 else 'are'} as before."
    if refused:
        text += f" {_cases(refused)} had been changed since and stay as they are."
    if request.accept_mimetypes.best == "application/json":
        return jsonify(text=text, undo=None, case=None)
    flash(text, "message" if done else "danger")
    return redirect(next_page(request.form.get("back")) or url_for("desk.show_queue"), 303)


@blueprint.get("/history")
@signed_in
def show_history() -> ResponseReturnValue:
    """What the editor did lately, each with its undo."""
    with parts().database.reading() as session:
        found = own_deeds.lately(session, actor(), now=parts().now())
    return render_template("desk/history.html", deeds=found)


def _do_chunk(case_ids: list[str], on_case: OnCase, batch_id: str) -> Chunk:
    here = parts()
    with here.database.writing() as session:
        return bulk.do_chunk(
            session,
            actor(),
            case_ids,
            on_case,
            batch_id=batch_id,
            now=here.now(),
            base_url=here.settings.base_url,
        )


def _chosen_cases() -> list[str]:
    if request.form.get("all") == "yes":
        question = question_of_query(request.form.get("queue", ""))
        with parts().database.reading() as session:
            found = bulk.matching(
                session, actor(), question, now=parts().now(), limit=bulk.MOST_AT_ONCE
            )
    else:
        found = request.form.getlist("case")[: bulk.MOST_AT_ONCE]
    if not found:
        raise InvalidFieldsError.of("case", "required", "Select at least one case first.")
    return found


def _chosen_deed() -> tuple[OnCase, str]:
    """What to do, and how to say that it was done."""
    now, who, deed = parts().now(), actor(), request.form.get("deed", "")
    if deed == "assign":
        text = request.form.get("editor", "")
        if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise InvalidFieldsError.of("editor", "malformed", "Choose an editor of the list.")
        return bulk.assigning(who, int(text) if text else None, now=now), "got a new owner"
    if deed == "snooze":
        zone = zone_of(editor().time_zone)
        until = wake_time(request.form.get("until", ""), now=now, zone=zone)
        return bulk.snoozing(who, until, now=now), "sleep now"
    on_case = bulk.resolving(who, deed, note=request.form.get("note"), now=now)
    return on_case, f"resolved as {RESOLUTION_WORDS[deed]}"


def _cases(number: int) -> str:
    return f"{number:,} case" if number == 1 else f"{number:,} cases"
