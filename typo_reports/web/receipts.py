"""The receipt: what became of a report, for the reader who sent it."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, render_template

from typo_reports.services import receipts
from typo_reports.web import cross_origin
from typo_reports.web.parts import parts

blueprint = Blueprint("receipts", __name__)


class ReceiptBody(msgspec.Struct):
    """What became of a report."""

    status: str
    resolution: str | None
    message: str
    readers: int


@blueprint.get("/api/v1/receipts/<token>")
def get_receipt(token: str) -> Response:
    """The receipt for programs, such as the reporter on its next visit."""
    with parts().database.reading() as session:
        receipt = receipts.receipt(session, token)
    body = ReceiptBody(
        status=receipt.status,
        resolution=receipt.resolution,
        message=receipt.message,
        readers=receipt.readers,
    )
    response = Response(msgspec.json.encode(body), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


cross_origin.allow(blueprint, methods="GET")


@blueprint.get("/r/<token>")
def show_receipt(token: str) -> str:
    """The receipt for people."""
    with parts().database.reading() as session:
        receipt = receipts.receipt(session, token)
    return render_template("receipts/receipt.html", receipt=receipt)
