"""Signing in and out."""

from __future__ import annotations

from dataclasses import astuple

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import InvalidFieldsError, NotSignedInError, TooManyError
from typo_reports.services import sign_in
from typo_reports.services.sign_in import SecondStepNeededError, Ticket
from typo_reports.web.next_page import next_page
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key
from typo_reports.web.signed_in import TOKEN, present_editor, present_token

blueprint = Blueprint("sign_in", __name__)

FIRST_PAGE = "/queue"
TICKET = "second-step"


@blueprint.get("/sign-in")
def show() -> ResponseReturnValue:
    """The form; whoever is signed in already goes on."""
    if present_editor() is not None:
        return redirect(_destination(request.args.get("next")))
    return _form(email="", error=None, status=200)


@blueprint.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Check e-mail and password; a right one starts a new session."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    settings = parts().settings
    try:
        token = sign_in.sign_in(
            parts().database,
            email=email,
            password=password,
            network_key=network_key(settings),
            secret_key=settings.secret_key,
            now=parts().now(),
        )
    except SecondStepNeededError as error:
        _forget_browser()
        session[TICKET] = astuple(error.ticket)
        return redirect(url_for("sign_in.show_code", next=next_page(request.form.get("next"))), 303)
    except NotSignedInError as error:
        return _form(email=email, error=error.message, status=422)
    except TooManyError as error:
        response = _form(email=email, error=error.message, status=429)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    return _enter_with(token)


@blueprint.get("/sign-in/code")
def show_code() -> ResponseReturnValue:
    """Ask for the code of the authenticator app, after the password was right."""
    return redirect("/sign-in") if _ticket() is None else _code_form(error=None, status=200)


@blueprint.post("/sign-in/code")
def enter_code() -> ResponseReturnValue:
    """Check the code; a right one starts a new session."""
    ticket = _ticket()
    if ticket is None:
        return redirect("/sign-in", 303)
    try:
        token = sign_in.finish_sign_in(
            parts().database,
            ticket=ticket,
            code=request.form.get("code", ""),
            secret_key=parts().settings.secret_key,
            now=parts().now(),
        )
    except InvalidFieldsError as error:
        return _code_form(error=error.message, status=422)
    except TooManyError as error:
        response = _code_form(error=error.message, status=429)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    except NotSignedInError as error:
        session.pop(TICKET, None)
        return _form(email="", error=error.message, status=422)
    return _enter_with(token)


def _enter_with(token: str) -> ResponseReturnValue:
    _forget_browser()
    session[TOKEN] = token
    session.permanent = True
    return redirect(_destination(request.form.get("next")), 303)


def _ticket() -> Ticket | None:
    """Who gave the right password in this browser, from the cookie that only we can sign."""
    match session.get(TICKET):
        case [int(editor_id), str(mark), int(given_at)]:
            return Ticket(editor_id, mark, given_at)
    return None


@blueprint.post("/sign-out")
def leave() -> ResponseReturnValue:
    """End the session on the server, and forget it here."""
    _forget_browser()
    return redirect("/sign-in", 303)


def _forget_browser() -> None:
    token = present_token()
    if token is not None:
        with parts().database.writing() as database_session:
            sign_in.sign_out(database_session, token)
    session.clear()


def _destination(value: str | None) -> str:
    return next_page(value) or FIRST_PAGE


def _form(*, email: str, error: str | None, status: int) -> Response:
    wanted = next_page(request.values.get("next"))
    page = render_template("sign_in/sign_in.html", email=email[:320], error=error, next_page=wanted)
    return make_response(page, status)


def _code_form(*, error: str | None, status: int) -> Response:
    wanted = next_page(request.values.get("next"))
    return make_response(
        render_template("sign_in/code.html", error=error, next_page=wanted), status
    )
