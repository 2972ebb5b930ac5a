"""Static files: the snippet for every origin, the desk's own style and script."""

from __future__ import annotations

import re

from flask import Flask, Response, send_from_directory

from typo_reports.assets import asset_folder

# Files whose name holds their version or content never change.
_IMMUTABLE = re.compile(r".*-(?:\d+\.\d+\.\d+[\w.]*|[0-9A-Za-z]{8,})\.(?:js|css)")
YEAR_SECONDS = 365 * 24 * 3600
HOUR_SECONDS = 3600


def register(app: Flask) -> None:
    """Serve the folder static/ under Flask's own endpoint name, so that url_for finds it."""
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=_static_file)


def _static_file(filename: str) -> Response:
    """One static file. Scripts may be loaded from publishers' pages."""
    response = send_from_directory(asset_folder("static"), filename, conditional=True)
    if filename.startswith("js/"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Timing-Allow-Origin"] = "*"
    response.cache_control.no_cache = None
    response.cache_control.public = True
    if _IMMUTABLE.fullmatch(filename):
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        # The desk's own parts belong together: asked for each time, answered by 304.
        is_reporter = filename.startswith("js/") and not filename.startswith("js/desk")
        response.cache_control.max_age = HOUR_SECONDS if is_reporter else 0
    return response
