"""The replies to readers that the editors of a site choose from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.reply import DEFAULTS
from typo_reports.services import replies
from typo_reports.storage.models import Site
from typo_reports.web.answers import reply_choices
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor, signed_in
from typo_reports.web.site_of_page import site_of_page, site_to_change

blueprint = Blueprint("replies", __name__)


@blueprint.app_context_processor
def _choices() -> dict[str, Any]:
    return {"reply_choices": reply_choices}


@blueprint.get("/sites/<key>/replies")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """The texts of the site, and the form for one more."""
    return _page(key)


@blueprint.post("/sites/<key>/replies")
@signed_in
def add(key: str) -> ResponseReturnValue:
    """Add one."""
    form = request.form
    return _do(
        key,
        lambda session, site: replies.add(
            session,
            site,
            lang=form.get("lang", ""),
            name=form.get("name", ""),
            text=form.get("text", ""),
        ),
        _("The reply is there to be chosen."),
    )


@blueprint.post("/sites/<key>/replies/defaults")
@signed_in
def add_defaults(key: str) -> ResponseReturnValue:
    """Make ours the site's own, to be edited."""
    lang = request.form.get("default_lang", "")
    return _do(
        key,
        lambda session, site: replies.add_defaults(session, site, lang=lang),
        _("They are the site's own now."),
    )


@blueprint.post("/sites/<key>/replies/<int:template_id>")
@signed_in
def change(key: str, template_id: int) -> ResponseReturnValue:
    """Change one."""
    form = request.form
    return _do(
        key,
        lambda session, site: replies.change(
            session,
            site,
            template_id,
            lang=form.get("lang", ""),
            name=form.get("name", ""),
            text=form.get("text", ""),
        ),
        "Saved.",
        template_id,
    )


@blueprint.post("/sites/<key>/replies/<int:template_id>/remove")
@signed_in
def remove(key: str, template_id: int) -> ResponseReturnValue:
    """Remove one; what was said with it stays said."""
    return _do(
        key,
        lambda session, site: replies.remove(session, site, template_id),
        _("The reply is gone."),
    )


def _do(
    key: str,
    deed: Callable[[Session, Site], None],
    words: str,
    template_id: int | None = None,
) -> ResponseReturnValue:
    try:
        with parts().database.writing() as session:
            deed(session, site_to_change(session, key))
    except InvalidFieldsError as error:
        return _page(key, errors=field_errors(error), wrong=template_id), 422
    flash(words)
    return redirect(url_for(".show", key=key), 303)


def _page(key: str, *, errors: dict[str, str] | None = None, wrong: int | None = None) -> str:
    with parts().database.reading() as session:
        site = site_of_page(session, key)
        own = replies.templates_of(session, site)
    return render_template(
        "replies/replies.html",
        site=site,
        own=own,
        default_langs=list(DEFAULTS),
        defaults=DEFAULTS["en"],
        may_manage=editor().may_manage(site.id),
        errors=errors or {},
        wrong=wrong,
        values=request.form,
    )
