"""What editors set for themselves: name, time zone, digests, password, signed-in browsers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import InvalidFieldsError, NotFoundError, TooManyError
from typo_reports.domain.languages import LANGUAGES
from typo_reports.domain.words import N_
from typo_reports.services import (
    accounts,
    address_change,
    passkeys,
    presence,
    second_factor,
    sign_in,
)
from typo_reports.services.password_change import change_password
from typo_reports.web import (
    audit_pages,
    editors_pages,
    passkey_pages,
    second_step,
    time_zones,
    times,
)
from typo_reports.web.browser_name import shown_browser
from typo_reports.web.forms import field_errors
from typo_reports.web.language import choose_again, ngettext, said
from typo_reports.web.language import gettext as _
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, note_language, present_token, signed_in

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
for part in (editors_pages, second_step, passkey_pages, audit_pages):
    blueprint.register_blueprint(part.blueprint)

NEVER = "never"
HOURS = [(NEVER, N_("No digest")), *((str(hour), f"{hour:02d}:00") for hour in range(24))]


@blueprint.get("")
@signed_in
def show() -> ResponseReturnValue:
    """Everything an editor can set."""
    return _page()


@blueprint.post("/profile")
@signed_in
def change_profile() -> ResponseReturnValue:
    """Set one's name and time zone."""
    values = {field: request.form.get(field, "") for field in ("name", "time_zone", "language")}
    try:
        with parts().database.writing() as session:
            meant = values | {"time_zone": time_zones.of_form(request.form)}
            accounts.set_profile(session, editor_id=editor().id, **meant)
    except InvalidFieldsError as error:
        return _page(error, values)
    editor_language = values["language"] or None
    g.editor = replace(editor(), language=editor_language)
    choose_again()
    note_language(editor())
    return _saved(_("Saved."))


@blueprint.post("/digests")
@signed_in
def change_digests() -> ResponseReturnValue:
    """Set when the digest of each site comes."""
    try:
        hours = {
            field.removeprefix("digest-"): _hour(field, value)
            for field, value in request.form.items()
            if field.startswith("digest-")
        }
        with parts().database.writing() as session:
            accounts.set_digest_hours(session, editor=editor(), hours=hours)
    except InvalidFieldsError as error:
        return _page(error)
    return _saved(_("Saved. The next digests come at these hours."))


def _hour(field: str, value: str) -> int | None:
    if value == NEVER:
        return None
    if value not in dict(HOURS):
        raise InvalidFieldsError.of(field, "unknown", N_("Please choose an hour from the list."))
    return int(value)


@blueprint.post("/password")
@signed_in
def change_own_password() -> ResponseReturnValue:
    """Change one's password; other browsers are signed out."""
    new = request.form.get("new", "")
    try:
        if new != request.form.get("again", ""):
            raise InvalidFieldsError.of("again", "different", N_("This is not the same as above."))
        ended = change_password(
            parts().database,
            editor_id=editor().id,
            token=present_token() or "",
            present=request.form.get("present", ""),
            new=new,
            secret_key=parts().settings.secret_key,
            now=parts().now(),
        )
    except InvalidFieldsError as error:
        return _page(error)
    except TooManyError as error:
        response = _page(InvalidFieldsError.of("present", error.code, error.message), status=429)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    return _saved(_("Your password is changed.") + _ended(ended))


@blueprint.post("/address")
@signed_in
def change_address() -> ResponseReturnValue:
    """Ask for another address; a letter there has the link that confirms it."""
    email = request.form.get("email", "")
    try:
        address = address_change.ask(
            parts().database,
            editor_id=editor().id,
            token=present_token() or "",
            present=request.form.get("address-password", ""),
            email=email,
            secret_key=parts().settings.secret_key,
            base_url=parts().settings.base_url,
            now=parts().now(),
        )
    except InvalidFieldsError as error:
        return _page(_renamed(error), email=email)
    except TooManyError as error:
        response = _page(InvalidFieldsError.of("email", error.code, error.message), status=429)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    return _saved(
        _(
            "A letter with a link is on its way to %(address)s. Until then nothing changes.",
            address=address,
        )
    )


def _renamed(error: InvalidFieldsError) -> InvalidFieldsError:
    """The page asks for the password twice: the field of this form is called otherwise."""
    return InvalidFieldsError(
        [
            replace(one, field="address-password") if one.field == "present" else one
            for one in error.errors
        ]
    )


@blueprint.post("/browsers/<reference>/sign-out")
@signed_in
def leave_one(reference: str) -> ResponseReturnValue:
    """Sign out one browser."""
    with parts().database.writing() as session:
        if not sign_in.sign_out_one(session, editor().id, reference):
            raise NotFoundError(N_("This browser is not signed in any more."))
    return _saved(_("That browser is signed out."))


@blueprint.post("/sign-out-elsewhere")
@signed_in
def leave_elsewhere() -> ResponseReturnValue:
    """Sign out every other browser."""
    with parts().database.writing() as session:
        ended = sign_in.sign_out_elsewhere(session, editor().id, present_token() or "")
    return _saved(_ended(ended).strip() or _("You were signed in nowhere else."))


def _ended(count: int) -> str:
    if count == 0:
        return ""
    return " " + ngettext(
        "%(num)s other browser was signed out.", "%(num)s other browsers were signed out.", count
    )


def _saved(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect("/settings", 303)


def _page(
    error: InvalidFieldsError | None = None,
    values: Mapping[str, str] | None = None,
    *,
    status: int | None = None,
    email: str = "",
) -> Response:
    errors, zones = field_errors(error) if error else {}, []
    if values and "time_zone" in errors:
        zones = time_zones.choices(values["time_zone"], parts().now())
    if zones:
        errors["time_zone"] = _("Choose one of the time zones below, or write more of its name.")
    page = render_template(
        "settings/settings.html",
        errors=errors,
        values=values or _present_values(),
        languages=[("", _("As the browser asks")), *LANGUAGES.items()],
        email=email,
        zones=zones[: time_zones.CHOICES_MOST],
        has_more_zones=len(zones) > time_zones.CHOICES_MOST,
        hours=[(hour, said(words)) for hour, words in HOURS],
        never=NEVER,
        **_stored(),
    )
    return make_response(page, status or (422 if error else 200))


def _present_values() -> dict[str, str]:
    own = editor()
    return {"name": own.name, "time_zone": own.time_zone, "language": own.language or ""}


def _stored() -> dict[str, Any]:
    own, token, now = editor(), present_token() or "", parts().now()
    with parts().database.reading() as session:
        return {
            "has_password": presence.has_password(parts().database, own.id),
            "has_password_way": not parts().settings.oidc_only,
            "has_app": second_factor.is_on(session, own.id),
            "passkey_count": len(passkeys.of_editor(session, own.id)),
            "role_name": editors_pages.ROLE_NAMES[own.role],
            "digests": accounts.digest_hours(session, own),
            "browsers": [
                {
                    "reference": sign_in.reference_of(found.token_hash),
                    "name": shown_browser(found.browser),
                    "way": sign_in.WAYS.get(found.way or ""),
                    "is_this": found.token_hash == sign_in.token_hash(token),
                    "since": found.created_at,
                    "seen": found.seen_at,
                }
                for found in sign_in.sessions_of(session, own.id, now)
            ],
            "local_time": lambda moment: times.exact(moment, times.zone_of(own.time_zone)),
        }
