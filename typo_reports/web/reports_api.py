"""`POST /api/v1/reports`: the anonymous door. Parse, call intake, answer."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec
from flask import Blueprint, Response, request

from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.services import intake
from typo_reports.web import cross_origin
from typo_reports.web.json_body import decoded, json_body
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key
from typo_reports.web.times import utc_text

blueprint = Blueprint("reports_api", __name__)

OFFSET_MOST = 2**31 - 1

Offset = Annotated[int, msgspec.Meta(ge=0, le=OFFSET_MOST)]


class SelectorBody(msgspec.Struct):
    """W3C TextQuoteSelector and TextPositionSelector; offsets in Unicode code points."""

    exact: str
    prefix: str | None = None
    suffix: str | None = None
    start: Offset | None = None
    end: Offset | None = None


class TargetBody(msgspec.Struct):
    """Where the error is: the page's address and the place on it."""

    source: str
    selector: SelectorBody


class PageBody(msgspec.Struct):
    """What the page says of itself."""

    canonical: str | None = None
    title: str | None = None
    lang: str | None = None
    author: str | None = None
    section: str | None = None
    modified_at: str | None = None
    edit_url: str | None = None


class ReportBody(msgspec.Struct):
    """One reader's report of an error."""

    id: UUID
    site: str
    target: TargetBody
    page: PageBody | None = None
    suggestion: str | None = None
    comment: str | None = None
    reply_to: str | None = None


class AnswerBody(msgspec.Struct):
    """What became of the report so far."""

    id: str
    case: str
    outcome: str
    readers: int
    message: str
    receipt: str
    changeable_until: str | None
    reply: str | None


@blueprint.post("/api/v1/reports")
def post_report() -> Response:
    """Take one report in; 201 when it is new, 200 when the same one came again."""
    submission = _submission(decoded(json_body(), ReportBody))
    here = parts()
    with here.database.writing() as session:
        answer = intake.accept(
            session,
            submission,
            origin=request.headers.get("Origin"),
            network_key=network_key(here.settings),
            per_minute=here.settings.reports_per_minute,
            secret_key=here.settings.secret_key,
            quotas=here.quotas,
            now=here.now(),
        )
    body = AnswerBody(
        id=submission.id,
        case=answer.case_id,
        outcome=answer.outcome,
        readers=answer.readers,
        message=answer.message,
        receipt=f"{here.settings.base_url}/r/{answer.receipt_token}",
        changeable_until=utc_text(answer.changeable_until),
        reply=answer.reply,
    )
    status = 201 if answer.is_new else 200
    return Response(msgspec.json.encode(body), status, mimetype="application/json")


cross_origin.allow(blueprint, methods="POST")


def _submission(body: ReportBody) -> Submission:
    selector = body.target.selector
    page = body.page or PageBody()
    return Submission(
        id=str(body.id),
        site=body.site,
        source=body.target.source,
        selector=Selector(
            exact=selector.exact,
            prefix=selector.prefix or "",
            suffix=selector.suffix or "",
            start=selector.start,
            end=selector.end,
        ),
        page=PageFacts(**msgspec.structs.asdict(page)),
        suggestion=body.suggestion,
        comment=body.comment,
        reply_to=body.reply_to,
    )
