"""Setting up an authenticator app for signing in, and taking it off."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError, InvalidFieldsError, TooManyError
from typo_reports.services import audit, presence, second_factor
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, present_token, signed_in

blueprint = Blueprint("second_step", __name__, url_prefix="/second-step")

HERE = "/settings/second-step"


@blueprint.get("")
@signed_in
def show() -> ResponseReturnValue:
    """What there is: nothing, an app to confirm with its picture, or an app in use."""
    return _page()


@blueprint.post("/begin")
@signed_in
def begin() -> ResponseReturnValue:
    """Make a secret for the app."""
    try:
        with parts().database.writing() as session:
            second_factor.begin(session, editor().id)
    except ConflictError as error:
        flash(said(error.message), "danger")
    return redirect(HERE, 303)


@blueprint.post("/confirm")
@signed_in
def confirm() -> ResponseReturnValue:
    """The first code of the app: from now on it is asked for. Shows the recovery codes, once."""
    own, now = editor(), parts().now()
    try:
        codes = second_factor.confirm(
            parts().database,
            editor_id=own.id,
            code=request.form.get("code", ""),
            secret_key=parts().settings.secret_key,
            now=now,
        )
    except InvalidFieldsError as error:
        return _page(errors=field_errors(error), status=422)
    except TooManyError as error:
        return _too_many("code", error)
    except ConflictError as error:
        flash(said(error.message), "danger")
        return redirect(HERE, 303)
    with parts().database.writing() as session:
        audit.note(session, own.id, "second-step-on", own.email, now=now)
    # Not redirected: codes that outlive this answer would have to be kept somewhere.
    return render_template("settings/recovery_codes.html", codes=codes)


@blueprint.post("/off")
@signed_in
def switch_off() -> ResponseReturnValue:
    """Take the app off one's own account; the password is asked for, if there is one."""
    own, now = editor(), parts().now()
    try:
        presence.require(
            parts().database,
            editor_id=own.id,
            token=present_token() or "",
            present=request.form.get("present", ""),
            secret_key=parts().settings.secret_key,
            now=now,
        )
    except InvalidFieldsError as error:
        return _page(errors=field_errors(error), status=422)
    except TooManyError as error:
        return _too_many("present", error)
    with parts().database.writing() as session:
        second_factor.switch_off(session, own.id)
        audit.note(session, own.id, "second-step-off", own.email, now=now)
    flash(_("The authenticator app is taken off. Your password alone signs you in."))
    return redirect("/settings", 303)


def _too_many(field: str, error: TooManyError) -> Response:
    response = _page(errors={field: said(error.message)}, status=429)
    response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def _page(*, errors: dict[str, str] | None = None, status: int = 200) -> Response:
    own = editor()
    with parts().database.reading() as session:
        pending = second_factor.pending(session, editor_id=own.id, email=own.email)
        shown = {
            "is_on": second_factor.is_on(session, own.id),
            "codes_left": second_factor.recovery_codes_left(session, own.id),
            "secret": pending[0] if pending else None,
            "picture": picture_of(pending[1]) if pending else None,
            "has_password": presence.has_password(parts().database, own.id),
            "errors": errors or {},
        }
    return make_response(render_template("settings/second_step.html", **shown), status)


def picture_of(address: str) -> str:
    """The address as a QR code: a data: URI of an SVG image."""
    # Black on white in dark surroundings as well: some cameras read nothing else.
    return segno.make_qr(address).svg_data_uri(scale=4, dark="#000", light="#fff", border=4)
