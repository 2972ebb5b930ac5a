"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import InvalidFieldsError, NotSignedInError, TooManyError
from typo_reports.services import sign_in
from typo_reports.services.sign_in import SecondStepNeededError
from typo_reports.web import entering, link_entering, passkey_entering, sso_entering
from typo_reports.web.browser_name import browser_name
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key
from typo_reports.web.signed_in import present_editor

blueprint = Blueprint("sign_in", __name__)
for way in (passkey_entering, sso_entering, link_entering):
    blueprint.register_blueprint(way.blueprint)


@blueprint.get("/sign-in")
def show() -> ResponseReturnValue:
    """The form; whoever is signed in already goes on."""
    if present_editor() is not None:
        return redirect(entering.destination(request.args.get("next")))
    return entering.form()


@blueprint.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Check e-mail and password; a right one starts a new session."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    settings, closed = parts().settings, entering.only_single_sign_on()
    if closed:
        return entering.form(error=closed, status=403)
    try:
        token = sign_in.sign_in(
            parts().database,
            email=email,
            password=password,
            network_key=network_key(settings),
            secret_key=settings.secret_key,
            browser=browser_name(request),
            now=parts().now(),
        )
    except SecondStepNeededError as error:
        return entering.ask_second_step(error.ticket, request.form.get("next"))
    except NotSignedInError as error:
        return entering.form(email=email, error=said(error.message), status=422)
    except TooManyError as error:
        return entering.with_retry(
            entering.form(email=email, error=said(error.message), status=429), error
        )
    return entering.enter_with(token)


@blueprint.get("/sign-in/code")
def show_code() -> ResponseReturnValue:
    """Ask for the code of the authenticator app, after the first step was right."""
    return redirect("/sign-in") if entering.present_ticket() is None else entering.code_form()


@blueprint.post("/sign-in/code")
def enter_code() -> ResponseReturnValue:
    """Check the code; a right one starts a new session."""
    ticket = entering.present_ticket()
    if ticket is None:
        return redirect("/sign-in", 303)
    try:
        token = sign_in.finish_sign_in(
            parts().database,
            ticket=ticket,
            code=request.form.get("code", ""),
            secret_key=parts().settings.secret_key,
            browser=browser_name(request),
            now=parts().now(),
        )
    except InvalidFieldsError as error:
        return entering.code_form(error=said(error.message), status=422)
    except TooManyError as error:
        return entering.with_retry(entering.code_form(error=said(error.message), status=429), error)
    except NotSignedInError as error:
        session.pop(entering.TICKET, None)
        return entering.form(error=said(error.message), status=422)
    return entering.enter_with(token)


@blueprint.post("/sign-out")
def leave() -> ResponseReturnValue:
    """End the session on the server, and forget it here."""
    entering.forget_browser()
    return redirect("/sign-in", 303)
