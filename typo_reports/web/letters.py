"""`/letters`: the outbox for admins, and without a mail server the letters themselves."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from typo_reports.mail.kept import KeptLetter, kept_letter, kept_letters
from typo_reports.services import letter_trouble
from typo_reports.web.language import written_in
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import admin_only

blueprint = Blueprint("letters", __name__, url_prefix="/letters")

# A letter is shown as its reader's mail program would show it: nothing in it runs or loads.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@blueprint.get("")
@admin_only
def show_all() -> str:
    """Letters that wait or failed, and the kept ones."""
    here = parts()
    with here.database.reading() as session:
        troubled = letter_trouble.troubled(session)
    kept = kept_letters(here.settings.mail_folder) if here.settings.keeps_letters_as_files else None
    return render_template("letters/letters.html", troubled=troubled, kept=kept)


@blueprint.get("/<name>")
@admin_only
def show(name: str) -> str:
    """One kept letter: its heads and its plain text."""
    return render_template("letters/letter.html", letter=_letter(name))


@blueprint.get("/<name>/html")
@admin_only
def show_html(name: str) -> ResponseReturnValue:
    """The HTML part of one kept letter, as a document of its own."""
    letter = _letter(name)
    if letter.body_html is None:
        abort(404)
    written_in(letter.language)
    return Response(
        letter.body_html,
        mimetype="text/html",
        headers={"Content-Security-Policy": LETTER_POLICY},
    )


def _letter(name: str) -> KeptLetter:
    settings = parts().settings
    letter = kept_letter(settings.mail_folder, name) if settings.keeps_letters_as_files else None
    if letter is None:
        abort(404)
    return letter
