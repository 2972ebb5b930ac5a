"""CORS for the readers' door: exact registered origins, never credentials."""

from __future__ import annotations

from flask import Blueprint, Response, request

from typo_reports.services import sites
from typo_reports.web.parts import parts

PREFLIGHT_SECONDS = 3600


def allow(blueprint: Blueprint, *, methods: str, paths: tuple[str, ...]) -> None:
    """Answer preflights and add the CORS headers to all answers of this blueprint.

    The preflight doesn't know the site yet, so it allows the origins of all sites; the call
    itself is then held to the origins of its own site.
    """

    def preflight(**_: str) -> Response:
        response = Response(status=204)
        if _is_registered(request.headers.get("Origin")):
            response.headers["Access-Control-Allow-Methods"] = methods
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        return response

    for path in paths:
        blueprint.add_url_rule(
            path, endpoint="preflight", view_func=preflight, methods=["OPTIONS"]
        )
    blueprint.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if _is_registered(origin):
        response.headers["Access-Control-Allow-Origin"] = str(origin)
        # Without this the reporter can't read how long it should wait.
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return response


def _is_registered(origin: str | None) -> bool:
    if not origin or origin == "null":
        return False
    with parts().database.reading() as session:
        return sites.is_registered_origin(session, origin)
