"""Sites: the list, adding one, and one site with its snippet, origins and tokens."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_
from typo_reports.services import accounts, audit, desk_members, sites, tokens
from typo_reports.storage.models import Site
from typo_reports.web import times
from typo_reports.web.forms import field_errors, lines
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import admin_only, editor, signed_in
from typo_reports.web.site_of_page import site_of_page, site_to_change

blueprint = Blueprint("sites", __name__)

MEMBER_ROLES = [("editor", N_("Editor")), ("viewer", N_("Viewer: looks only"))]


@blueprint.get("/sites")
@signed_in
def show_all() -> ResponseReturnValue:
    """The sites that the editor may reach."""
    with parts().database.reading() as session:
        found = sites.sites_of(session, editor().id)
    return render_template("sites/sites.html", sites=found)


@blueprint.get("/sites/new")
@admin_only
def show_form() -> ResponseReturnValue:
    """The form for a new site."""
    return render_template("sites/new.html", values={}, errors={})


@blueprint.post("/sites/new")
@admin_only
def add() -> ResponseReturnValue:
    """Add a site; whoever added it is on its desk."""
    now = parts().now()
    try:
        with parts().database.writing() as session:
            site = sites.add_site(
                session,
                name=request.form.get("name", ""),
                origins=lines(request.form.get("origins", "")),
                key=request.form.get("key", "").strip() or None,
                now=now,
            )
            accounts.join_site(session, editor_id=editor().id, site_id=site.id)
            _note(session, "site-added", site.name, site)
    except InvalidFieldsError as error:
        page = render_template("sites/new.html", values=request.form, errors=field_errors(error))
        return page, 422
    flash(_("%(name)s is ready. Paste its snippet into the pages.", name=site.name))
    return redirect(url_for("sites.show", key=site.key), 303)


@blueprint.get("/sites/<key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """One site: the snippet for everybody on its desk, the rest for admins."""
    return _page(key)


@blueprint.post("/sites/<key>")
@signed_in
def change(key: str) -> ResponseReturnValue:
    """Change name, origins and the way to the CMS."""
    try:
        with parts().database.writing() as session:
            site = site_to_change(session, key)
            sites.change(
                session,
                site,
                name=request.form.get("name", ""),
                origins=lines(request.form.get("origins", "")),
                template=request.form.get("edit_url_template", ""),
            )
            _note(session, "site-changed", site.name, site)
    except InvalidFieldsError as error:
        return _page(key, values=request.form, errors=field_errors(error)), 422
    flash(_("Saved."))
    return redirect(url_for("sites.show", key=key), 303)


@blueprint.post("/sites/<key>/tokens")
@signed_in
def add_token(key: str) -> ResponseReturnValue:
    """Make a token and show it, this once."""
    try:
        with parts().database.writing() as session:
            site = site_to_change(session, key)
            name = request.form.get("token_name", "")
            token = tokens.add_token(session, site_key=site.key, name=name, now=parts().now())
            _note(session, "token-added", name, site)
    except InvalidFieldsError as error:
        errors = {"token_name": field_errors(error)["name"]}
        return _page(key, errors=errors, token_name=request.form.get("token_name", "")), 422
    # Not redirected: a token that outlives this answer would have to be kept somewhere.
    return _page(key, new_token=token)


@blueprint.post("/sites/<key>/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(key: str, token_id: int) -> ResponseReturnValue:
    """End a token."""
    with parts().database.writing() as session:
        site = site_to_change(session, key)
        name = tokens.revoke(session, site_id=site.id, token_id=token_id, now=parts().now())
        _note(session, "token-revoked", name, site)
    flash(_("The token is revoked. Programs that use it are refused from now on."))
    return redirect(url_for("sites.show", key=key, _anchor="tokens"), 303)


@blueprint.post("/sites/<key>/members")
@signed_in
def add_member(key: str) -> ResponseReturnValue:
    """Put somebody on the site's desk; whoever has no account yet is invited by mail."""
    form, own = request.form, editor()
    try:
        with parts().database.writing() as session:
            site = site_to_change(session, key)
            is_invited = desk_members.add(
                session,
                site,
                email=form.get("member_email", ""),
                role=form.get("member_role", ""),
                by_id=own.id,
                by_name=own.name or own.email,
                base_url=parts().settings.base_url,
                now=parts().now(),
            )
    except InvalidFieldsError as error:
        named = {f"member_{name}": words for name, words in field_errors(error).items()}
        return _page(key, errors=named, member_email=form.get("member_email", "")), 422
    flash(_("An invitation is on its way.") if is_invited else _("They are on this desk now."))
    return redirect(url_for("sites.show", key=key, _anchor="members"), 303)


@blueprint.post("/sites/<key>/members/<int:editor_id>/remove")
@signed_in
def remove_member(key: str, editor_id: int) -> ResponseReturnValue:
    """Take somebody off the site's desk. The account stays."""
    with parts().database.writing() as session:
        site = site_to_change(session, key)
        desk_members.remove(
            session, site, editor_id=editor_id, by_id=editor().id, now=parts().now()
        )
    flash(_("They are off this desk."))
    return redirect(url_for("sites.show", key=key, _anchor="members"), 303)


def _note(session: Session, deed: str, about: str, site: Site) -> None:
    audit.note(session, editor().id, deed, about, site_id=site.id, now=parts().now())


def _page(key: str, **given: Any) -> str:
    with parts().database.reading() as session:
        site = site_of_page(session, key)
        may_manage = editor().may_manage(site.id)
        shown: dict[str, Any] = {
            "may_manage": may_manage,
            "member_roles": [(role, said(words)) for role, words in MEMBER_ROLES],
            "site": site,
            "members": sites.members_of(session, site.id),
            "tokens": tokens.tokens_of(session, site.id) if may_manage else [],
        }
    values = {
        "name": site.name,
        "origins": "\n".join(known.origin for known in site.origins),
        "edit_url_template": site.edit_url_template or "",
    }
    shown |= {
        "snippet": sites.snippet(site, parts().settings.base_url),
        "values": values,
        "errors": {},
        "new_token": None,
        "token_name": "",
        "member_email": "",
        "local_time": lambda moment: times.exact(moment, times.zone_of(editor().time_zone)),
    }
    return render_template("sites/site.html", **(shown | given))
