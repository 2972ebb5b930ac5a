"""Accounts, for admins: adding editors, their roles and sites, switching them off."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.domain.words import N_
from typo_reports.services import (
    accounts,
    audit,
    passkeys,
    password_links,
    second_factor,
    single_sign_on,
    sites,
)
from typo_reports.storage.models import Editor
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import admin_only, editor

blueprint = Blueprint("editors", __name__, url_prefix="/editors")

ONE = "/<int:editor_id>"
ROLES = [
    ("editor", N_("Editor: works on the sites chosen")),
    ("viewer", N_("Viewer: sees the sites chosen, changes nothing")),
    ("site-admin", N_("Site admin: an editor who also changes the sites chosen and their desks")),
    ("admin", N_("Admin: everything")),
]
ROLE_NAMES = {
    "editor": N_("Editor"),
    "viewer": N_("Viewer"),
    "site-admin": N_("Site admin"),
    "admin": N_("Admin"),
}


@blueprint.get("")
@admin_only
def show_all() -> ResponseReturnValue:
    """Every account."""
    with parts().database.reading() as session:
        found = accounts.list_editors(session)
        with_app = second_factor.editors_with_app(session)
    return render_template(
        "settings/editors.html",
        editors=found,
        with_app=with_app,
        role_names=ROLE_NAMES,
    )


@blueprint.get("/new")
@admin_only
def show_form() -> ResponseReturnValue:
    """The form for a new account."""
    return _form()


@blueprint.post("/new")
@admin_only
def add() -> ResponseReturnValue:
    """Add an account. Without a password one is made, and shown this once."""
    form, is_invited = request.form, request.form.get("invite") == "yes"
    made = None if form.get("password") or is_invited else secrets.token_urlsafe(12)
    try:
        with parts().database.writing() as session:
            added = accounts.add_editor(
                session,
                email=form.get("email", ""),
                name=form.get("name", "").strip() or None,
                role=form.get("role", ""),
                site_keys=form.getlist("sites"),
                password=made or form.get("password") or None,
                now=parts().now(),
            )
            _note(session, "account-added", added)
            if is_invited:
                _invite(session, added.id)
    except InvalidFieldsError as error:
        return _form(errors=field_errors(error)), 422
    except ConflictError as error:
        return _form(errors={"email": said(error.message)}), 409
    if is_invited:
        flash(_("An invitation is on its way to %(email)s.", email=added.email))
        return redirect(url_for("settings.editors.show_all"), 303)
    return _password_set(added.id, made, _("%(name)s can sign in now.", name=added.name))


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
            _note(session, "account-changed", accounts.editor_of_id(session, editor_id))
    except InvalidFieldsError as error:
        return _page(editor_id, errors=field_errors(error), role=role, site_keys=keys), 422
    except ConflictError as error:
        errors = {"role": said(error.message)}
        return _page(editor_id, errors=errors, role=role, site_keys=keys), 409
    flash(_("Saved."))
    return redirect(url_for("settings.editors.show_all"), 303)


@blueprint.post(f"{ONE}/active")
@admin_only
def set_active(editor_id: int) -> ResponseReturnValue:
    """Switch the account on or off."""
    is_active = request.form.get("active") == "yes"
    try:
        with parts().database.writing() as session:
            accounts.set_active(session, by=editor(), editor_id=editor_id, is_active=is_active)
            changed = accounts.editor_of_id(session, editor_id)
            _note(session, "account-on" if is_active else "account-off", changed)
    except ConflictError as error:
        return _page(editor_id, errors={"active": said(error.message)}), 409
    flash(_("The account is on again.") if is_active else _("The account is off and signed out."))
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
            _note(session, "password-set", accounts.editor_of_id(session, editor_id))
    except InvalidFieldsError as error:
        return _page(editor_id, errors=field_errors(error)), 422
    return _password_set(editor_id, made, _("The password is set, and every browser signed out."))


@blueprint.post(f"{ONE}/link")
@admin_only
def send_link(editor_id: int) -> ResponseReturnValue:
    """Send the editor a link to choose a password."""
    try:
        with parts().database.writing() as session:
            _invite(session, editor_id)
    except ConflictError as error:
        return _page(editor_id, errors={"active": said(error.message)}), 409
    flash(_("A letter with a link is on its way."))
    return redirect(url_for("settings.editors.show", editor_id=editor_id), 303)


@blueprint.post(f"{ONE}/second-step")
@admin_only
def take_app_off(editor_id: int) -> ResponseReturnValue:
    """Take the authenticator app off an account whose phone is lost."""
    with parts().database.writing() as session:
        account = accounts.editor_of_id(session, editor_id)
        second_factor.switch_off(session, editor_id)
        _note(session, "second-step-off", account)
    flash(_("The authenticator app is taken off. The password alone signs in."))
    return redirect(url_for("settings.editors.show", editor_id=editor_id), 303)


@blueprint.post(f"{ONE}/passkeys")
@admin_only
def take_passkeys_off(editor_id: int) -> ResponseReturnValue:
    """Take every passkey off an account whose devices are lost."""
    with parts().database.writing() as session:
        account = accounts.editor_of_id(session, editor_id)
        passkeys.remove_all(session, editor_id=editor_id)
        _note(session, "passkeys-removed", account)
    flash(_("The passkeys are taken off."))
    return redirect(url_for("settings.editors.show", editor_id=editor_id), 303)


@blueprint.post(f"{ONE}/sso")
@admin_only
def release(editor_id: int) -> ResponseReturnValue:
    """Forget who the account is at the provider of single sign-on."""
    with parts().database.writing() as session:
        account = accounts.editor_of_id(session, editor_id)
        single_sign_on.release(session, editor_id=editor_id)
        _note(session, "sso-released", account)
    flash(_("The account is released. The next sign-in with its address binds it again."))
    return redirect(url_for("settings.editors.show", editor_id=editor_id), 303)


def _note(session: Session, deed: str, account: Editor) -> None:
    audit.note(session, editor().id, deed, f"{account.email} ({account.role})", now=parts().now())


def _invite(session: Session, editor_id: int) -> None:
    password_links.invite(
        session,
        editor_id=editor_id,
        by_id=editor().id,
        by_name=editor().name or editor().email,
        base_url=parts().settings.base_url,
        now=parts().now(),
    )


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
        roles=[(role, said(words)) for role, words in ROLES],
        errors=errors or {},
    )


def _page(editor_id: int, **given: Any) -> str:
    with parts().database.reading() as session:
        shown = accounts.editor_of_id(session, editor_id)
        found = sites.list_sites(session)
        has_app = second_factor.is_on(session, editor_id)
        own_passkeys = passkeys.of_editor(session, editor_id)
        is_bound = single_sign_on.is_bound(session, editor_id)
    ids = {member.site_id for member in shown.memberships}
    values: dict[str, Any] = {
        "account": shown,
        "sites": found,
        "role": shown.role,
        "site_keys": [site.key for site in found if site.id in ids],
        "roles": [(role, said(words)) for role, words in ROLES],
        "errors": {},
        "is_self": shown.id == editor().id,
        "has_app": has_app,
        "passkeys": own_passkeys,
        "is_bound": is_bound,
    }
    return render_template("settings/editor.html", **(values | given))
