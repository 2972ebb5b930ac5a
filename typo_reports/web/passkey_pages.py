"""The editor's own passkeys: adding, naming, taking off."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError, InvalidFieldsError, TooManyError
from typo_reports.domain.relying_party import relying_party
from typo_reports.services import passkeys, presence
from typo_reports.web import times
from typo_reports.web.entering import with_retry
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.passkey_entering import (
    NEEDS_SCRIPT,
    as_options,
    required_party,
    taken_step,
)
from typo_reports.web.signed_in import editor, present_token, signed_in

blueprint = Blueprint("passkeys", __name__, url_prefix="/passkeys")

HERE = "/settings/passkeys"


@blueprint.get("")
@signed_in
def show() -> ResponseReturnValue:
    """The passkeys there are, and the form for one more."""
    return _page()


@blueprint.post("/options")
@signed_in
def begin() -> ResponseReturnValue:
    """What the browser is to make, as JSON. Makes sure first that it is the editor who asks."""
    now = parts().now()
    try:
        party = required_party()
        presence.require(
            parts().database,
            editor_id=editor().id,
            token=present_token() or "",
            present=request.form.get("present", ""),
            secret_key=parts().settings.secret_key,
            now=now,
        )
        with parts().database.writing() as session:
            token, options = passkeys.begin_adding(
                session, party=party, editor_id=editor().id, now=now
            )
    except (InvalidFieldsError, ConflictError) as error:
        return jsonify(error=str(error)), 422
    except TooManyError as error:
        return with_retry(make_response(jsonify(error=said(error.message)), 429), error)
    return as_options(token, options)


@blueprint.post("")
@signed_in
def add() -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    name, answer = request.form.get("name", ""), request.form.get("passkey", "")
    if not answer:
        return _page(errors={"passkey": NEEDS_SCRIPT}, name=name, status=422)
    try:
        passkeys.finish_adding(
            parts().database,
            party=required_party(),
            editor_id=editor().id,
            token=taken_step(),
            name=name,
            answer=answer,
            now=parts().now(),
        )
    except InvalidFieldsError as error:
        return _page(errors=field_errors(error), name=name, status=422)
    except ConflictError as error:
        return _page(errors={"passkey": said(error.message)}, name=name, status=409)
    flash(_("The passkey is added. From now on it signs you in."))
    return redirect(HERE, 303)


@blueprint.post("/<int:passkey_id>/name")
@signed_in
def rename(passkey_id: int) -> ResponseReturnValue:
    """Call the passkey something else."""
    name = request.form.get("name", "")
    try:
        with parts().database.writing() as session:
            passkeys.rename(session, editor_id=editor().id, passkey_id=passkey_id, name=name)
    except InvalidFieldsError as error:
        return _page(errors={f"name-{passkey_id}": str(error)}, status=422)
    flash(_("Saved."))
    return redirect(HERE, 303)


@blueprint.post("/<int:passkey_id>/remove")
@signed_in
def remove(passkey_id: int) -> ResponseReturnValue:
    """Take the passkey off the account."""
    with parts().database.writing() as session:
        name = passkeys.remove(
            session, editor_id=editor().id, passkey_id=passkey_id, now=parts().now()
        )
    flash(_("“%(name)s” signs nobody in any more. Delete it on the device, too.", name=name))
    return redirect(HERE, 303)


def _page(*, errors: dict[str, str] | None = None, name: str = "", status: int = 200) -> Response:
    own, base_url = editor(), parts().settings.base_url
    found = relying_party(base_url)
    with parts().database.reading() as session:
        present = passkeys.of_editor(session, own.id)
    shown: dict[str, Any] = {
        "passkeys": present,
        "obstacle": found if isinstance(found, str) else None,
        "most": passkeys.MOST_PER_EDITOR,
        "has_password": presence.has_password(parts().database, own.id),
        "desk_address": base_url,
        "name": name,
        "errors": errors or {},
        "local_time": lambda moment: times.exact(moment, times.zone_of(own.time_zone)),
    }
    return make_response(render_template("settings/passkeys.html", **shown), status)
