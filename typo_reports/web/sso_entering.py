"""Signing in by single sign-on: to the provider, and back from it."""

from __future__ import annotations

import hmac
import logging
import re

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import (
    ConflictError,
    NotFoundError,
    NotSignedInError,
    TooManyError,
)
from typo_reports.domain.words import N_
from typo_reports.services import single_sign_on
from typo_reports.services.sign_in import Ticket
from typo_reports.sso.provider import Provider
from typo_reports.sso.provider_error import ProviderError
from typo_reports.web import entering
from typo_reports.web.browser_name import browser_name
from typo_reports.web.language import gettext as _
from typo_reports.web.next_page import next_page
from typo_reports.web.parts import parts

log = logging.getLogger(__name__)

blueprint = Blueprint("sso", __name__, url_prefix="/sign-in/sso")

STATE = "sso-state"
# The codes of RFC 6749 and OpenID Connect; anything longer is not shown.
_CODE = re.compile(r"[a-z_]{1,40}")


@blueprint.post("")
def leave() -> ResponseReturnValue:
    """Go to the provider.

    By a page that leads on at once and not by a redirect: `form-action 'self'` would have to name
    every address that the provider may redirect a form to.
    """
    provider, wanted = _provider(), next_page(request.form.get("next"))
    try:
        state, address = single_sign_on.begin(
            parts().database, provider, attempt=entering.attempt(), wanted=wanted, now=parts().now()
        )
    except ProviderError as error:
        return _trouble(provider, error, wanted)
    except TooManyError as error:
        return entering.with_retry(entering.form(error=error.message, status=429), error)
    session[STATE] = state
    return make_response(
        render_template("sign_in/going_on.html", address=address, name=provider.name)
    )


@blueprint.get("/callback")
def come_back() -> ResponseReturnValue:
    """The way back. The one GET that writes, as the standard wants it: its state counts once,
    in the browser that began only, and nothing but signing in follows from it.
    """
    provider, state = parts().provider, request.args.get("state", "")
    if provider is None:
        return redirect("/sign-in")
    begun = session.pop(STATE, None)
    if not isinstance(begun, str) or not hmac.compare_digest(begun.encode(), state.encode()):
        return entering.form(error=single_sign_on.TOO_LATE, status=422)
    if "error" in request.args or not request.args.get("code"):
        return entering.form(error=_refusal(provider, request.args.get("error", "")), status=422)
    try:
        arrival = single_sign_on.finish(
            parts().database,
            provider,
            attempt=entering.attempt(),
            state=state,
            code=request.args["code"],
            said_issuer=request.args.get("iss"),
            admissions=parts().settings.oidc_admits,
            browser=browser_name(request),
            now=parts().now(),
        )
    except ProviderError as error:
        return _trouble(provider, error, None)
    except (NotSignedInError, ConflictError) as error:
        return entering.form(error=error.message, status=422)
    except TooManyError as error:
        return entering.with_retry(entering.form(error=error.message, status=429), error)
    if isinstance(arrival.outcome, Ticket):
        return entering.ask_second_step(arrival.outcome, arrival.wanted)
    return entering.enter_with(arrival.outcome, arrival.wanted or "")


@blueprint.get("")
def start_again() -> ResponseReturnValue:
    """Somebody went back to the page that led to the provider."""
    return redirect("/sign-in")


def _provider() -> Provider:
    provider = parts().provider
    if provider is None:
        raise NotFoundError(N_("This desk has no single sign-on."))
    return provider


def _trouble(provider: Provider, error: ProviderError, wanted: str | None) -> Response:
    # The details are for whoever runs the desk: strangers see this page.
    log.warning("Single sign-on failed. %s", error.message)
    words = _(
        "Signing in by %(name)s does not work just now. Try again in a moment. "
        "If it stays so, tell whoever runs this desk.",
        name=provider.name,
    )
    return entering.form(error=words, status=502, wanted=wanted)


def _refusal(provider: Provider, code: str) -> str:
    if code in {"access_denied", "interaction_required", "login_required"}:
        return _(
            "You did not sign in at %(name)s. Try again, or use another way.", name=provider.name
        )
    if _CODE.fullmatch(code):
        return _(
            "%(name)s did not sign you in (%(code)s). Try again, or use another way.",
            name=provider.name,
            code=code,
        )
    return _("%(name)s did not sign you in. Try again, or use another way.", name=provider.name)
