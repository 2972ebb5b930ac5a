"""Confirming a new address by the link of a letter. Looking at it does nothing; its button does."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.services import address_change
from typo_reports.web import entering
from typo_reports.web.language import gettext as _
from typo_reports.web.parts import parts

blueprint = Blueprint("new_address", __name__, url_prefix="/new-address")


@blueprint.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """Ask whether the address is to be changed."""
    try:
        account, address = address_change.asked_of(parts().database, token=token, now=parts().now())
    except NotFoundError as error:
        return entering.form(error=error.message, status=404)
    return render_template(
        "sign_in/new_address.html", account=account, address=address, token=token
    )


@blueprint.post("/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Change the address; the link is worth nothing afterwards."""
    try:
        address = address_change.confirm(
            parts().database, token=token, base_url=parts().settings.base_url, now=parts().now()
        )
    except NotFoundError as error:
        return entering.form(error=error.message, status=404)
    except ConflictError as error:
        return entering.form(error=error.message, status=409)
    flash(_("The address of the account is %(address)s now.", address=address))
    return redirect("/sign-in", 303)
