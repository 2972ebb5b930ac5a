"""CORS for the readers' door: exact registered origins, never credentials."""

from __future__ import annotations

from flask import Blueprint, Response, request

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.services import sites
from typo_reports.web.parts import parts

PREFLIGHT_SECONDS = 3600
STORAGE_STATUS = 503


def allow(blueprint: Blueprint, *, methods: str) -> None:
    """Add the CORS headers to all answers of this blueprint, preflights too.

    A preflight doesn't know the site yet, so it allows the origins of all sites; the call itself
    is then held to the origins of its own site.
    """

    @blueprint.after_request
    def add_headers(response: Response) -> Response:
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if _may_read(origin, response.status_code):
            response.headers["Access-Control-Allow-Origin"] = str(origin)
            # Without this the reporter can't read how long it should wait.
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = methods
                response.headers["Access-Control-Allow-Headers"] = "Content-Type"
                response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        return response


def _may_read(origin: str | None, status: int) -> bool:
    if not origin or origin == "null":
        return False
    try:
        with parts().database.reading() as session:
            return sites.is_registered_origin(session, origin)
    except StorageUnavailableError:
        # "Try again later" holds no secret, and the reporter has to be able to read it.
        return status == STORAGE_STATUS
