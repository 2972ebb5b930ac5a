"""Signing in with a passkey, alone or as the second step. The page's script does the asking."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, request, session
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError, NotSignedInError, TooManyError
from typo_reports.domain.relying_party import RelyingParty, relying_party
from typo_reports.domain.words import N_
from typo_reports.services import passkey_sign_in
from typo_reports.web import entering
from typo_reports.web.browser_name import browser_name
from typo_reports.web.language import said
from typo_reports.web.parts import parts

blueprint = Blueprint("passkey", __name__, url_prefix="/sign-in/passkey")

STEP = "passkey-step"
NEEDS_SCRIPT = N_("Passkeys need JavaScript, and a browser that knows them.")


@blueprint.post("/options")
def begin() -> ResponseReturnValue:
    """What the browser is to ask for, as JSON; the challenge stays on the server."""
    closed = None if _is_second_step() else entering.only_single_sign_on()
    if closed:
        return jsonify(error=closed), 403
    try:
        token, options = passkey_sign_in.begin(
            parts().database,
            party=required_party(),
            attempt=entering.attempt(),
            ticket=entering.present_ticket() if _is_second_step() else None,
            now=parts().now(),
        )
    except ConflictError as error:
        return jsonify(error=said(error.message)), 409
    except TooManyError as error:
        return entering.with_retry(make_response(jsonify(error=said(error.message)), 429), error)
    return as_options(token, options)


@blueprint.post("")
def enter() -> ResponseReturnValue:
    """Check the answer of the browser; a right one starts a new session."""
    ticket = entering.present_ticket() if _is_second_step() else None
    refused = entering.code_form if ticket is not None else entering.form
    answer = request.form.get("passkey", "")
    closed = None if ticket is not None else entering.only_single_sign_on()
    if closed:
        return refused(error=closed, status=403)
    if not answer:
        return refused(error=said(NEEDS_SCRIPT), status=422)
    try:
        token = passkey_sign_in.finish(
            parts().database,
            party=required_party(),
            attempt=entering.attempt(),
            token=taken_step(),
            answer=answer,
            ticket=ticket,
            browser=browser_name(request),
            now=parts().now(),
        )
    except (NotSignedInError, ConflictError) as error:
        return refused(error=said(error.message), status=422)
    except TooManyError as error:
        return entering.with_retry(refused(error=said(error.message), status=429), error)
    return entering.enter_with(token)


def _is_second_step() -> bool:
    return request.form.get("step") == "second"


def required_party() -> RelyingParty:
    """What passkeys are bound to; ConflictError in words when browsers offer none here."""
    found = relying_party(parts().settings.base_url)
    if isinstance(found, str):
        raise ConflictError(found)
    return found


def as_options(token: str, options: str) -> Response:
    """Bind the step to this browser, and answer what it is to be asked."""
    session[STEP] = token
    response = make_response(options)
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def taken_step() -> str:
    """The step that this browser began; it is forgotten here, too."""
    token = session.pop(STEP, "")
    return token if isinstance(token, str) else ""
