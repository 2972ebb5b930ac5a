"""What all ways of signing in share: the forms, the ticket between two steps, and the session."""

from __future__ import annotations

from dataclasses import astuple

from flask import Response, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import TooManyError
from typo_reports.domain.relying_party import RelyingParty, relying_party
from typo_reports.services import passkey_sign_in, sign_in
from typo_reports.services.attempts import Attempt
from typo_reports.services.sign_in import Ticket
from typo_reports.web.language import gettext as _
from typo_reports.web.language import keep_through
from typo_reports.web.next_page import next_page
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key
from typo_reports.web.signed_in import TOKEN, note_language, present_editor, present_token

FIRST_PAGE = "/queue"
TICKET = "second-step"


def attempt() -> Attempt:
    """This request, as it counts against its network and an account."""
    settings = parts().settings
    return Attempt(
        network_key=network_key(settings), secret_key=settings.secret_key, now=parts().now()
    )


def enter_with(token: str, next_value: str | None = None) -> ResponseReturnValue:
    """Give this browser the new session, ending the one that it had, and go on."""
    wanted = next_value if next_value is not None else request.form.get("next")
    forget_browser()
    session[TOKEN] = token
    session.permanent = True
    _note_language()
    return redirect(destination(wanted), 303)


def _note_language() -> None:
    """Remember what this browser asks for, as any deed would."""
    who = present_editor()
    if who is not None:
        note_language(who)


def ask_second_step(ticket: Ticket, wanted: str | None) -> ResponseReturnValue:
    """Keep in this browser who took the first step, and ask for the second one."""
    forget_browser()
    session[TICKET] = astuple(ticket)
    return redirect(url_for("sign_in.show_code", next=next_page(wanted)), 303)


def present_ticket() -> Ticket | None:
    """Who took the first step in this browser, from the cookie that only we can sign."""
    match session.get(TICKET):
        case [int(editor_id), str(mark), int(given_at), str(way)] if way in sign_in.WAYS:
            return Ticket(editor_id, mark, given_at, way)
    return None


def forget_browser() -> None:
    """End the session of this browser, if there is one, and forget all that the cookie held."""
    token = present_token()
    if token is not None:
        with parts().database.writing() as database_session:
            sign_in.sign_out(database_session, token)
    keep_through(session.clear)


def destination(value: str | None) -> str:
    """Where to go after signing in: a page of this desk."""
    return next_page(value) or FIRST_PAGE


def party() -> RelyingParty | None:
    """What passkeys are bound to, or None when browsers offer none under this address."""
    found = relying_party(parts().settings.base_url)
    return found if isinstance(found, RelyingParty) else None


def form(
    *, email: str = "", error: str | None = None, status: int = 200, wanted: str | None = None
) -> Response:
    """The page that asks who is there."""
    provider = parts().provider
    page = render_template(
        "sign_in/sign_in.html",
        email=email[:320],
        error=error,
        next_page=next_page(wanted or request.values.get("next")),
        has_passkeys=party() is not None,
        desk_address=parts().settings.base_url,
        sso_name=provider.name if provider is not None else None,
        sso_only=parts().settings.oidc_only,
    )
    return make_response(page, status)


def only_single_sign_on() -> str | None:
    """In words that there is no other way in, where that is so."""
    settings = parts().settings
    if not settings.oidc_only:
        return None
    return _("At this desk one signs in with %(name)s only.", name=settings.oidc_name)


def code_form(*, error: str | None = None, status: int = 200) -> Response:
    """The page that asks for the second step."""
    ticket = present_ticket()
    has_passkey = False
    if ticket is not None and party() is not None:
        with parts().database.reading() as reading:
            has_passkey = passkey_sign_in.is_offered(reading, ticket)
    page = render_template(
        "sign_in/code.html",
        error=error,
        next_page=next_page(request.values.get("next")),
        has_passkeys=has_passkey,
        desk_address=parts().settings.base_url,
    )
    return make_response(page, status)


def with_retry(response: Response, error: TooManyError) -> Response:
    """Say when it is worth trying again."""
    response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response
