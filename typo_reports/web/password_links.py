"""Choosing a password by a link from a letter, and asking for such a letter."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import InvalidFieldsError, NotFoundError, TooManyError
from typo_reports.domain.words import N_
from typo_reports.services import password_links
from typo_reports.web import entering
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key

blueprint = Blueprint("password_links", __name__)

ASKED = N_("If there is an account with this address, a letter with a link is on its way.")


@blueprint.get("/forgotten")
def show_forgotten() -> ResponseReturnValue:
    """The form that asks for the address."""
    closed = entering.only_single_sign_on()
    if closed:
        return entering.form(error=closed, status=403)
    return render_template("sign_in/forgotten.html", email="", error=None)


@blueprint.post("/forgotten")
def ask() -> ResponseReturnValue:
    """Send the link, and say the same whether or not there is such an account."""
    email, settings = request.form.get("email", ""), parts().settings
    closed = entering.only_single_sign_on()
    if closed:
        return entering.form(error=closed, status=403)
    try:
        password_links.ask(
            parts().database,
            email=email,
            network_key=network_key(settings),
            secret_key=settings.secret_key,
            base_url=settings.base_url,
            now=parts().now(),
        )
    except TooManyError as error:
        page = render_template(
            "sign_in/forgotten.html", email=email[:320], error=said(error.message)
        )
        response = make_response(page, 429)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    flash(said(ASKED))
    return redirect("/sign-in", 303)


@blueprint.get("/password/<token>")
def show_choosing(token: str) -> ResponseReturnValue:
    """The form where the new password is chosen. Looking at it uses nothing up."""
    closed = entering.only_single_sign_on()
    return entering.form(error=closed) if closed else _form(token)


@blueprint.post("/password/<token>")
def choose(token: str) -> ResponseReturnValue:
    """Set the password; the link is worth nothing afterwards."""
    new, closed = request.form.get("new", ""), entering.only_single_sign_on()
    if closed:
        return entering.form(error=closed, status=403)
    try:
        if new != request.form.get("again", ""):
            raise InvalidFieldsError.of("again", "different", N_("This is not the same as above."))
        password_links.choose_password(
            parts().database, token=token, password=new, now=parts().now()
        )
    except InvalidFieldsError as error:
        return _form(token, field_errors(error))
    except NotFoundError as error:
        return _gone(error)
    flash(_("Your password is set. Sign in with it."))
    return redirect("/sign-in", 303)


def _form(token: str, errors: dict[str, str] | None = None) -> Response:
    try:
        with parts().database.reading() as session:
            account = password_links.account_of(session, token, parts().now())
    except NotFoundError as error:
        return _gone(error)
    page = render_template(
        "sign_in/choose_password.html", account=account, token=token, errors=errors or {}
    )
    return make_response(page, 422 if errors else 200)


def _gone(error: NotFoundError) -> Response:
    page = render_template("sign_in/forgotten.html", email="", error=said(error.message))
    return make_response(page, 404)
