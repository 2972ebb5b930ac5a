"""The house style of a site: its list, one entry with the cases that it answered, CSV."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.house_style import Entry
from typo_reports.domain.words import N_
from typo_reports.services import house_style
from typo_reports.storage.models import Site
from typo_reports.web.desk_actor import actor
from typo_reports.web.forms import field_errors
from typo_reports.web.language import gettext as _
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import signed_in
from typo_reports.web.site_of_page import site_of_page

KIND_WORDS = {"word": N_("word"), "passage": N_("passage")}
blueprint = Blueprint("house_style", __name__)


@blueprint.get("/sites/<key>/house-style")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """All entries, and the forms for one more and for a file of them."""
    return _page(key)


@blueprint.post("/sites/<key>/house-style")
@signed_in
def add(key: str) -> ResponseReturnValue:
    """Add one entry."""
    form = request.form
    given = Entry(
        text=form.get("text", ""),
        kind=form.get("kind", ""),
        lang=form.get("lang", ""),
        note=form.get("note", "").replace("\r\n", "\n"),
    )
    return _do(
        key,
        lambda session, site: house_style.add(session, actor(), site.id, given, now=parts().now()),
        _("Readers who report it are answered from now on."),
    )


@blueprint.get("/sites/<key>/house-style.csv")
@signed_in
def export(key: str) -> ResponseReturnValue:
    """The list as a file."""
    with parts().database.reading() as session:
        text = house_style.to_csv(session, site_of_page(session, key).id)
    headers = {"Content-Disposition": 'attachment; filename="house-style.csv"'}
    return Response(text, mimetype="text/csv", headers=headers)


@blueprint.post("/sites/<key>/house-style/import")
@signed_in
def import_file(key: str) -> ResponseReturnValue:
    """Add the entries of a file, all or none."""
    sent = request.files.get("file")
    try:
        text = sent.read().decode("utf-8-sig") if sent is not None else ""
    except UnicodeDecodeError:
        return _page(key, errors={"file": _("The file is not UTF-8 text.")}), 422
    return _do(
        key,
        lambda session, site: house_style.from_csv(
            session, actor(), site.id, text, now=parts().now()
        ),
        _("The file is read."),
    )


@blueprint.get("/sites/<key>/house-style/<int:entry_id>")
@signed_in
def show_entry(key: str, entry_id: int) -> ResponseReturnValue:
    """One entry and the cases that it answered."""
    return _entry_page(key, entry_id)


@blueprint.post("/sites/<key>/house-style/<int:entry_id>")
@signed_in
def change(key: str, entry_id: int) -> ResponseReturnValue:
    """Change the note for readers."""
    note = request.form.get("note", "").replace("\r\n", "\n")
    try:
        with parts().database.writing() as session:
            house_style.change_note(session, site_of_page(session, key).id, entry_id, note)
    except InvalidFieldsError as error:
        return _entry_page(key, entry_id, field_errors(error), note), 422
    flash(_("Saved."))
    return redirect(url_for(".show_entry", key=key, entry_id=entry_id), 303)


@blueprint.post("/sites/<key>/house-style/<int:entry_id>/remove")
@signed_in
def remove(key: str, entry_id: int) -> ResponseReturnValue:
    """Forget the entry, and if wished open the cases that it answered."""
    and_open = request.form.get("cases") == "open"
    return _do(
        key,
        lambda session, site: house_style.remove(
            session, actor(), site.id, entry_id, and_open_cases=and_open, now=parts().now()
        ),
        _("It is house style no more."),
    )


def _do(key: str, deed: Callable[[Session, Site], object], words: str) -> ResponseReturnValue:
    try:
        with parts().database.writing() as session:
            deed(session, site_of_page(session, key))
    except InvalidFieldsError as error:
        return _page(key, errors=field_errors(error)), 422
    flash(words)
    return redirect(url_for(".show", key=key), 303)


def _page(key: str, *, errors: dict[str, str] | None = None) -> str:
    with parts().database.reading() as session:
        site = site_of_page(session, key)
        entries = house_style.entries(session, site.id)
    return render_template(
        "house_style/list.html",
        site=site,
        kind_words=KIND_WORDS,
        entries=entries,
        errors=errors or {},
        values=request.form,
    )


def _entry_page(
    key: str, entry_id: int, errors: dict[str, str] | None = None, note: str | None = None
) -> str:
    with parts().database.reading() as session:
        site = site_of_page(session, key)
        entry = house_style.entry(session, site.id, entry_id)
        cases = house_style.folded(session, entry)
    return render_template(
        "house_style/entry.html",
        kind_words=KIND_WORDS,
        site=site,
        entry=entry,
        cases=cases,
        errors=errors or {},
        note=entry.note or "" if note is None else note,
    )
