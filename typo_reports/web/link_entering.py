"""Signing in by a link of the command line. Looking at it does nothing; its button does."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import NotFoundError
from typo_reports.services import letting_in
from typo_reports.web import entering
from typo_reports.web.browser_name import browser_name
from typo_reports.web.parts import parts

blueprint = Blueprint("link", __name__, url_prefix="/sign-in/link")


@blueprint.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """Ask whether to sign in."""
    try:
        account = letting_in.account_of(parts().database, token=token, now=parts().now())
    except NotFoundError as error:
        return entering.form(error=error.message, status=404)
    return render_template("sign_in/link.html", account=account, token=token)


@blueprint.post("/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Sign in; the link is worth nothing afterwards."""
    try:
        session_token = letting_in.enter(
            parts().database, token=token, browser=browser_name(request), now=parts().now()
        )
    except NotFoundError as error:
        return entering.form(error=error.message, status=404)
    return entering.enter_with(session_token)
