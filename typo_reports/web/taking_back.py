"""Taking back what was done to many cases at once, and the page that shows how far that is.

A browser without a script sends a form that works for PATIENCE_SECONDS, and once more for the
rest. A script sends it step by step. How far it is stands in the database alone, so a reload
of the page, or a second undo beside the first, changes nothing of it.
"""

from __future__ import annotations

import time
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.services import taking_back
from typo_reports.services.taking_back import HowFar
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import gettext as _
from typo_reports.web.language import ngettext, shown_number
from typo_reports.web.next_page import next_page
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in

blueprint = Blueprint("taking_back", __name__)

# Without a script nobody sees how far it is: after this the answer says so.
PATIENCE_SECONDS = 25.0


@blueprint.get("/batches/<uuid:batch_id>/undo")
@signed_in
def show(batch_id: UUID) -> ResponseReturnValue:
    """How far the batch is taken back, with a button to go on. Looking at it changes nothing."""
    with parts().database.reading() as session:
        found = taking_back.how_far(session, actor(), str(batch_id))
        event = taking_back.last_deed(session, str(batch_id))
    return render_template(
        "desk/taking_back.html",
        batch_id=batch_id,
        event=event,
        how_far=found,
        words=_words(found),
        refused=_refused_before(request.args.get("refused")),
        back=_back(request.args.get("back")),
    )


@blueprint.post("/batches/<uuid:batch_id>/undo")
@signed_in
def undo(batch_id: UUID) -> ResponseReturnValue:
    """Take back everything that was done together, as far as it goes at once.

    A script asks for JSON and is given one step at a time; so is a form with `step`, which a script
    sends to come to the page that shows how far it is.
    """
    is_script = request.accept_mimetypes.best == "application/json"
    is_step = is_script or "step" in request.form
    found, refused = _undo_chunks(str(batch_id), 0.0 if is_step else PATIENCE_SECONDS)
    refused += _refused_before(request.form.get("refused"))
    page = _page(batch_id, refused) if found.left else None
    if is_script:
        return jsonify(_for_script(found, refused, page))
    if page is not None:
        return redirect(page, 303)
    flash(_end(found, refused), "message" if found.undone else "danger")
    return redirect(_back(request.form.get("back")), 303)


def _undo_chunks(batch_id: str, patience_seconds: float) -> tuple[HowFar, int]:
    """How far it is after as many steps as fit, at least one; how many could not be taken back."""
    here, end = parts(), time.monotonic() + patience_seconds
    refused = 0
    while True:
        with here.database.writing() as session:
            chunk = taking_back.undo_chunk(
                session, actor(), batch_id, now=here.now(), base_url=here.settings.base_url
            )
            found = taking_back.how_far(session, actor(), batch_id)
        refused += chunk.refused
        if not found.left or time.monotonic() > end:
            return found, refused


def _for_script(found: HowFar, refused: int, page: str | None) -> dict[str, object]:
    """`text` as for any deed, or `page`, where to go for the rest; `words` for the bar."""
    return {
        "text": _end(found, refused),
        "undo": None,
        "case": None,
        "page": page,
        "words": _words(found),
        "size": found.size,
        "undone": found.undone,
        "left": found.left,
        "refused": refused,
    }


def _words(found: HowFar) -> str:
    return _(
        "Cases taken back: %(done)s of %(total)s.",
        done=shown_number(found.undone),
        total=shown_number(found.size),
    )


def _end(found: HowFar, refused: int) -> str:
    text = ngettext("%(num)s case is as before.", "%(num)s cases are as before.", found.undone)
    if refused:
        text += " " + ngettext(
            "%(num)s case had been changed since and stays as it is.",
            "%(num)s cases had been changed since and stay as they are.",
            refused,
        )
    return text


def _page(batch_id: UUID, refused: int) -> str:
    """The address of the page for the rest; it keeps what the database doesn't."""
    back = next_page(request.form.get("back"))
    return url_for(".show", batch_id=batch_id, back=back, refused=refused or None)


def _back(value: str | None) -> str:
    return next_page(value) or url_for("desk.show_queue")


def _refused_before(text: str | None) -> int:
    """How many could not be taken back by the steps before, as the page carries it along."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else 0
