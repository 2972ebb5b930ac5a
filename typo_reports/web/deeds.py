"""What editors do with a case: plain forms that answer by a redirect, and JSON for the script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from typo_reports.domain.case import RESOLUTION_WORDS
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, TypoReportsError
from typo_reports.domain.snooze import wake_time
from typo_reports.domain.words import N_
from typo_reports.services import answering, leases, review, thanks
from typo_reports.services.review import Actor, Deed
from typo_reports.storage.models import Case
from typo_reports.web.answers import answer_of_form
from typo_reports.web.asked import case_address, query_of, question_of_query, queue_address
from typo_reports.web.desk_actor import actor
from typo_reports.web.language import said
from typo_reports.web.next_page import next_page
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in
from typo_reports.web.times import zone_of

blueprint = Blueprint("deeds", __name__)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_EXCERPT = 40
# By the choice of domain.snooze.
_SLEEPS = {
    "later": N_("“%(exact)s” sleeps; it is back in 3 hours."),
    "tomorrow": N_("“%(exact)s” sleeps; it is back tomorrow morning."),
    "monday": N_("“%(exact)s” sleeps; it is back on Monday morning."),
    "week": N_("“%(exact)s” sleeps; it is back in a week."),
    "month": N_("“%(exact)s” sleeps; it is back in a month."),
}


@blueprint.post("/cases/<uuid:case_id>/resolve")
@signed_in
def resolve(case_id: UUID) -> ResponseReturnValue:
    """Close the case."""
    resolution = request.form.get("resolution", "")

    def deed(session: Session, who: Actor) -> Deed:
        return answering.resolve(
            session,
            who,
            str(case_id),
            resolution=resolution,
            note=request.form.get("note"),
            answer=answer_of_form(),
            expected_version=_version(),
            now=parts().now(),
        )

    words = said(RESOLUTION_WORDS.get(resolution, ""))
    return _do(case_id, deed, N_("“%(exact)s” is resolved as %(words)s."), {"words": words})


@blueprint.post("/cases/<uuid:case_id>/merge")
@signed_in
def merge(case_id: UUID) -> ResponseReturnValue:
    """Close the case as a duplicate of another, named by its id or its address."""
    into = request.form.get("into", "") or request.form.get("into_address", "")

    def deed(session: Session, who: Actor) -> Deed:
        return review.merge(
            session,
            who,
            str(case_id),
            into=_case_named(into),
            expected_version=_version(),
            now=parts().now(),
        )

    return _do(case_id, deed, N_("“%(exact)s” is closed as a duplicate; its reports went over."))


@blueprint.post("/cases/<uuid:case_id>/reopen")
@signed_in
def reopen(case_id: UUID) -> ResponseReturnValue:
    """Open the case again."""

    def deed(session: Session, who: Actor) -> Deed:
        return review.reopen(
            session,
            who,
            str(case_id),
            note=request.form.get("note"),
            expected_version=_version(),
            now=parts().now(),
        )

    return _do(case_id, deed, N_("“%(exact)s” is open again."), stays=True)


@blueprint.post("/cases/<uuid:case_id>/assign")
@signed_in
def assign(case_id: UUID) -> ResponseReturnValue:
    """Give the case to somebody, or to nobody."""
    text = request.form.get("editor", "")

    def deed(session: Session, who: Actor) -> Deed:
        return review.assign(
            session,
            who,
            str(case_id),
            editor_id=_number("editor", text) if text else None,
            expected_version=_version(),
            now=parts().now(),
        )

    words = N_("“%(exact)s” has a new owner.") if text else N_("“%(exact)s” has no owner now.")
    return _do(case_id, deed, words, stays=True)


@blueprint.post("/cases/<uuid:case_id>/snooze")
@signed_in
def snooze(case_id: UUID) -> ResponseReturnValue:
    """Leave the case out of the queue for a while, or wake it."""
    choice = request.form.get("until", "")
    now = parts().now()

    def deed(session: Session, who: Actor) -> Deed:
        until = wake_time(choice, now=now, zone=zone_of(editor().time_zone)) if choice else None
        return review.snooze(
            session, who, str(case_id), until=until, expected_version=_version(), now=now
        )

    return _do(case_id, deed, _SLEEPS.get(choice, N_("“%(exact)s” is awake.")), stays=not choice)


@blueprint.post("/cases/<uuid:case_id>/undo")
@signed_in
def undo(case_id: UUID) -> ResponseReturnValue:
    """Take a deed back."""
    event_id = request.values.get("event", "")

    def deed(session: Session, who: Actor) -> Deed:
        return review.undo(session, who, str(case_id), event_id=event_id, now=parts().now())

    return _do(case_id, deed, N_("“%(exact)s” is as it was before."), stays=True, is_undo=True)


def _do(
    case_id: UUID,
    deed: Callable[[Session, Actor], Deed],
    words: str,
    values: Mapping[str, object] | None = None,
    *,
    stays: bool = False,
    is_undo: bool = False,
) -> ResponseReturnValue:
    """Do the deed in one transaction, then say so and go on to what comes next."""
    question = question_of_query(request.form.get("queue", ""))
    wants_next = not stays and request.form.get("then") == "next"
    following = None
    try:
        with parts().database.writing() as session:
            done = deed(session, actor())
            thanks.keep_promise(
                session,
                case_id=done.case.id,
                now=parts().now(),
                base_url=parts().settings.base_url,
            )
            if wants_next:
                following = review.next_after(
                    session, actor(), question, done.case, now=parts().now()
                )
                if following is not None:
                    leases.begin(session, actor(), following.id, now=parts().now())
    except (ConflictError, InvalidFieldsError) as error:
        return _refused(case_id, error)
    text = said(words) % {"exact": _excerpt(done.case), **(values or {})}
    undo_address = None
    if not is_undo:
        undo_address = url_for(".undo", case_id=case_id, event=done.event_id)
    if _wants_json():
        return jsonify(text=text, undo=undo_address, case=done.case.id, status=done.case.status)
    flash({"text": text, "undo": undo_address}, "deed")  # type: ignore[arg-type]
    query = query_of(question)
    if following is not None:
        return redirect(case_address(following.id, query), 303)
    back = next_page(request.form.get("back"))
    if back is not None:
        return redirect(back, 303)
    if stays:
        return redirect(case_address(str(case_id), query), 303)
    return redirect(queue_address(query), 303)


def _refused(case_id: UUID, error: TypoReportsError) -> ResponseReturnValue:
    """Nothing was changed; the editor is told why on the case's own page."""
    if _wants_json():
        return jsonify(detail=said(error.message), code=error.code), 409
    flash(said(error.message), "danger")
    query = query_of(question_of_query(request.form.get("queue", "")))
    return redirect(case_address(str(case_id), query), 303)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _version() -> int | None:
    text = request.form.get("version", "")
    return _number("version", text) if text else None


def _number(field: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InvalidFieldsError.of(
            field, "malformed", N_("The %(field)s must be a number.", field=field)
        )
    return int(text)


def _case_named(text: str) -> str:
    """The id in an id, or in the address of a case as copied from the browser."""
    found = _UUID.search(text[:2048])
    if found is None:
        raise InvalidFieldsError.of(
            "into", "malformed", N_("Choose a case of the list, or paste the address of one.")
        )
    return found.group()


def _excerpt(of: Case) -> str:
    text = " ".join(of.exact.split())
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"
