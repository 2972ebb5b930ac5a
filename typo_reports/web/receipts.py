"""The receipt for programs: what became of a report, and second thoughts of its reader."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, request
from msgspec import UNSET, UnsetType

from typo_reports.domain.own_report import UNCHANGED, Unchanged
from typo_reports.services import own_report, receipts, rewording, withdrawing
from typo_reports.services.receipts import Receipt
from typo_reports.web import cross_origin
from typo_reports.web.json_body import decoded, json_body
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key
from typo_reports.web.times import utc_text

blueprint = Blueprint("receipts", __name__)


class ReceiptBody(msgspec.Struct):
    """What became of a report. `reply` is what the editors say to readers."""

    status: str
    resolution: str | None
    message: str
    readers: int
    reply: str | None
    changeable_until: str | None


class RewordingBody(msgspec.Struct):
    """The texts that the reader changes; one that is missing stays as it is."""

    suggestion: str | UnsetType | None = UNSET
    comment: str | UnsetType | None = UNSET


@blueprint.get("/api/v1/receipts/<token>")
def get_receipt(token: str) -> Response:
    """The receipt for programs, such as the reporter on its next visit."""
    return _answer(token)


@blueprint.patch("/api/v1/receipts/<token>")
def patch_receipt(token: str) -> Response:
    """Change the correction or the comment of a report, for ten minutes."""
    body = decoded(json_body(), RewordingBody)
    admit()
    here = parts()
    with here.database.writing() as session:
        rewording.reword(
            session,
            token,
            suggestion=_given(body.suggestion),
            comment=_given(body.comment),
            origin=request.headers.get("Origin"),
            now=here.now(),
            base_url=here.settings.base_url,
        )
    return _answer(token)


@blueprint.delete("/api/v1/receipts/<token>")
def delete_receipt(token: str) -> Response:
    """Take the report back, for ten minutes; twice is once."""
    admit()
    here = parts()
    with here.database.writing() as session:
        withdrawing.withdraw(
            session,
            token,
            origin=request.headers.get("Origin"),
            now=here.now(),
            base_url=here.settings.base_url,
        )
    return _answer(token)


cross_origin.allow(blueprint, methods="GET, PATCH, DELETE")


def admit() -> None:
    """Count one attempt of the reader to change a report, before it is known how it ends."""
    here = parts()
    with here.database.writing() as session:
        own_report.admit(
            session,
            here.quotas,
            network_key=network_key(here.settings),
            per_minute=here.settings.reports_per_minute,
            secret_key=here.settings.secret_key,
            now=here.now(),
        )


def receipt_of(token: str) -> Receipt:
    """The receipt as it is now."""
    with parts().database.reading() as session:
        return receipts.receipt(session, token, now=parts().now())


def _answer(token: str) -> Response:
    receipt = receipt_of(token)
    body = ReceiptBody(
        status=receipt.status,
        resolution=receipt.resolution,
        message=str(receipt.message),
        readers=receipt.readers,
        reply=receipt.reply,
        changeable_until=utc_text(receipt.changeable_until),
    )
    response = Response(msgspec.json.encode(body), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _given(text: str | UnsetType | None) -> str | Unchanged | None:
    return UNCHANGED if isinstance(text, UnsetType) else text
