"""`GET /api/v1/places/<case>`: where the passage stands, for the mark on the site's own page."""

from __future__ import annotations

from uuid import UUID

import msgspec
from flask import Blueprint, Response, request

from typo_reports.services import places
from typo_reports.web import cross_origin
from typo_reports.web.parts import parts
from typo_reports.web.security import network_key

blueprint = Blueprint("places_api", __name__)


class PlaceTargetBody(msgspec.Struct):
    """What is wrong, in code points of prefix + exact + suffix, and what should stand there.

    `notes` says whether marks of footnotes, "[12]", have to do with it.
    """

    start: int
    end: int
    right: str | None
    notes: bool


class PlaceBody(msgspec.Struct):
    """The selector of a case, and the correction that most readers proposed.

    `target` says what in prefix + exact + suffix is wrong, so that the page's script need not know
    how a correction is read; `certain` is (before, wrong, after) or null, see pages/certain.
    """

    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    suggestion: str | None
    target: PlaceTargetBody
    certain: tuple[str, str, str] | None


@blueprint.get("/api/v1/places/<uuid:case_id>")
def get_place(case_id: UUID) -> Response:
    """The place of a case; it changes nothing but the count of questions."""
    here = parts()
    with here.database.writing() as session:
        places.admit(
            session,
            here.quotas,
            network_key=network_key(here.settings),
            secret_key=here.settings.secret_key,
            now=here.now(),
        )
    with here.database.reading() as session:
        place = places.place(session, str(case_id), origin=request.headers.get("Origin"))
    selector = place.selector
    body = PlaceBody(
        exact=selector.exact,
        prefix=selector.prefix,
        suffix=selector.suffix,
        start=selector.start,
        end=selector.end,
        suggestion=place.suggestion,
        target=PlaceTargetBody(**place.target.to_json()),
        certain=place.certain,
    )
    response = Response(msgspec.json.encode(body), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


cross_origin.allow(blueprint, methods="GET")
