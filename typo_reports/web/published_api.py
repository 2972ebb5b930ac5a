"""`POST /api/v1/pages/published`: a CMS says that a page has just been published."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response

from typo_reports.services import verification_schedule
from typo_reports.web.json_body import decoded, json_body
from typo_reports.web.parts import parts
from typo_reports.web.token import site_of_signed_request

blueprint = Blueprint("published_api", __name__, url_prefix="/api/v1")


class PublishedBody(msgspec.Struct):
    """The address of the page."""

    url: str


class PublishedAnswer(msgspec.Struct):
    """The address as it is kept, and whether any reader has reported something on that page."""

    url: str
    known: bool


@blueprint.post("/pages/published")
def page_published() -> Response:
    """Have the page looked at within seconds."""
    here = parts()
    sent = json_body()
    body = decoded(sent, PublishedBody)
    with here.database.writing() as session:
        site, _ = site_of_signed_request(session, sent)
        page = verification_schedule.published(session, site, body.url, now=here.now())
    answer = PublishedAnswer(url=page.url, known=page.is_known)
    response = Response(msgspec.json.encode(answer), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
