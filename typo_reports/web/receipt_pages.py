"""The receipt for people, where they can change their report or take it back without a script.

Readers have no session and get no cookie: what a form here carries is a seal over the receipt.
"""

from __future__ import annotations

import hashlib
import hmac

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from typo_reports.domain.errors import InvalidFieldsError, TooLateError
from typo_reports.domain.languages import spoken
from typo_reports.services import rewording, withdrawing
from typo_reports.services.receipts import Receipt
from typo_reports.web.forms import field_errors
from typo_reports.web.language import chosen, said, speak
from typo_reports.web.language import gettext as _
from typo_reports.web.parts import parts
from typo_reports.web.receipts import admit, receipt_of

blueprint = Blueprint("receipt_pages", __name__)


@blueprint.get("/r/<token>")
def show_receipt(token: str) -> ResponseReturnValue:
    """What became of the report; looking changes nothing."""
    return _page(token)


@blueprint.post("/r/<token>/change")
def change_report(token: str) -> ResponseReturnValue:
    """Store the correction and the comment of the form."""
    _check_seal(token)
    admit()
    here = parts()
    suggestion, comment = request.form.get("suggestion", ""), request.form.get("comment", "")
    try:
        with here.database.writing() as session:
            rewording.reword(
                session,
                token,
                # A form writes every line end as CR LF.
                suggestion=suggestion.replace("\r\n", "\n"),
                comment=comment.replace("\r\n", "\n"),
                origin=None,
                now=here.now(),
                base_url=here.settings.base_url,
            )
    except InvalidFieldsError as error:
        _speak_as_the_page(receipt_of(token))
        return _page(token, errors=field_errors(error), given=request.form)
    except TooLateError as error:
        return _page(token, too_late=error.message)
    return redirect(url_for(".show_receipt", token=token), 303)


@blueprint.post("/r/<token>/withdraw")
def withdraw_report(token: str) -> ResponseReturnValue:
    """Take the report back; twice is once."""
    _check_seal(token)
    admit()
    here = parts()
    try:
        with here.database.writing() as session:
            withdrawing.withdraw(
                session, token, origin=None, now=here.now(), base_url=here.settings.base_url
            )
    except TooLateError as error:
        return _page(token, too_late=error.message)
    return redirect(url_for(".show_receipt", token=token), 303)


def _page(
    token: str,
    *,
    errors: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
    too_late: str | None = None,
) -> ResponseReturnValue:
    receipt = receipt_of(token)
    _speak_as_the_page(receipt)
    now = parts().now()
    minutes = 0
    if receipt.changeable_until is not None:
        minutes = max(1, round((receipt.changeable_until - now).total_seconds() / 60))
    values = given or {
        "suggestion": receipt.suggestion or receipt.exact,
        "comment": receipt.comment or "",
    }
    page = render_template(
        "receipts/receipt.html",
        receipt=receipt,
        token=token,
        seal=_seal(token),
        minutes=minutes,
        errors=errors or {},
        values=values,
        too_late=said(too_late) if too_late else None,
    )
    return page, 422 if errors else 409 if too_late else 200


def _speak_as_the_page(receipt: Receipt) -> None:
    """In the language of the page that was reported, which its reader reads.

    What the address names comes first; where we don't speak the page's language, the browser says.
    """
    language = spoken(receipt.page_lang)
    if language is not None and chosen() is None:
        speak(language)


def _seal(token: str) -> str:
    key = hashlib.sha256(b"receipt-form/" + parts().settings.secret_key.encode()).digest()
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()


def _check_seal(token: str) -> None:
    sent = request.form.get("seal", "").encode("utf-8", errors="replace")
    if not hmac.compare_digest(sent, _seal(token).encode()):
        raise CSRFError(_("The form does not belong to this receipt."))
