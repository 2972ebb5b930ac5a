"""Accounts, for admins: adding editors, their roles and sites, switching them off."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.services import accounts, sites
from typo_reports.web.forms import field_errors
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import admin_only, editor

blueprint = Blueprint("editors", __name__, url_prefix="/editors")

ONE = "/<int:editor_id>"
ROLES = [("editor", "Editor: works on the sites chosen"), ("admin", "Admin: everything")]


@blueprint.get("")
@admin_only
def show_all() -> ResponseReturnValue:
    """Every account."""
    with parts().database.reading() as session:
        found = accounts.list_editors(session)
    return render_template("settings/editors.html", editors=found)


@blueprint.get("/new")
@admin_only
def show_form() -> ResponseReturnValue:
    """The form for a new account."""
    return _form()


@blueprint.post("/new")
@admin_only
def add() -> ResponseReturnValue:
    """Add an account. Without a password one is made, and shown this once."""
    form = request.form
    made = None if form.get("password") else secrets.token_urlsafe(12)
    try:
        with parts().database.writing() as session:
            added = accounts.add_editor(
                session,
                email=form.get("email", ""),
                name=form.get("name", "").strip() or None,
                role=form.get("role", ""),
                site_keys=form.getlist("sites"),
                password=made or form.get("password"),
                now=parts().now(),
            )
    except InvalidFieldsError as error:
        return _form(errors=field_errors(error)), 422
    except ConflictError as error:
        return _form(errors={"email": error.message}), 409
    return _password_set(added.id, made, f"{added.name} can sign in now.")


@blueprint.get(ONE)
@admin_only
def show(editor_id: int) -> ResponseReturnValue:
    """One account."""
    return _page(editor_id)


@blueprint.post(ONE)
@admin_only
def change(editor_id: int) -> ResponseReturnValue:
    """Change role and sites."""
    role, keys = request.form.get("role", ""), request.form.getlist("sites")
    try:
        with parts().database.writing() as session:
            accounts.change_role(session, editor_id=editor_id, role=role, site_keys=keys)
    except InvalidFieldsError as error:
        return _page(editor_id, errors=field_errors(error), role=role, site_keys=keys), 422
    except ConflictError as error:
        errors = {"role": error.message}
        return _page(editor_id, errors=errors, role=role, site_keys=keys), 409
    flash("Saved.")
    return redirect(url_for("settings.editors.show_all"), 303)


@blueprint.post(f"{ONE}/active")
@admin_only
def set_active(editor_id: int) -> ResponseReturnValue:
    """Switch the account on or off."""
    is_active = request.form.get("active") == "yes"
    try:
        with parts().database.writing() as session:
            accounts.set_active(session, by=editor(), editor_id=editor_id, is_active=is_active)
    except ConflictError as error:
        return _page(editor_id, errors={"active": error.message}), 409
    flash("The account is on again." if is_active else "The account is off and signed out.")
    return redirect(url_for("settings.editors.show_all"), 303)


@blueprint.post(f"{ONE}/password")
@admin_only
def set_password(editor_id: int) -> ResponseReturnValue:
    """Give the account a new password; without one, one is made and shown this once."""
    given = request.form.get("password", "")
    made = None if given else secrets.token_urlsafe(12)
    try:
        with parts().database.writing() as session:
            accounts.set_password(session, editor_id=editor_id, password=made or given)
    except InvalidFieldsError as error:
        return _page(editor_id, errors=field_errors(error)), 422
    return _password_set(editor_id, made, "The password is set, and every browser signed out.")


def _password_set(editor_id: int, made: str | None, words: str) -> ResponseReturnValue:
    if made is None:
        flash(words)
        return redirect(url_for("settings.editors.show_all"), 303)
    # Not redirected: a password that outlives this answer would have to be kept somewhere.
    with parts().database.reading() as session:
        of = accounts.editor_of_id(session, editor_id)
    return render_template("settings/password_made.html", account=of, password=made, words=words)


def _form(errors: dict[str, str] | None = None) -> str:
    with parts().database.reading() as session:
        found = sites.list_sites(session)
    return render_template(
        "settings/new_editor.html",
        sites=found,
        values=request.form,
        site_keys=request.form.getlist("sites"),
        roles=ROLES,
        errors=errors or {},
    )


def _page(editor_id: int, **given: Any) -> str:
    with parts().database.reading() as session:
        shown = accounts.editor_of_id(session, editor_id)
        found = sites.list_sites(session)
    ids = {member.site_id for member in shown.memberships}
    values: dict[str, Any] = {
        "account": shown,
        "sites": found,
        "role": shown.role,
        "site_keys": [site.key for site in found if site.id in ids],
        "roles": ROLES,
        "errors": {},
        "is_self": shown.id == editor().id,
    }
    return render_template("settings/editor.html", **(values | given))
