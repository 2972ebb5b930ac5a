"""Where to go after signing in: only to a known page of this desk."""

from __future__ import annotations

import unicodedata

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LONGEST = 2048
# They answer GET, but signing in in order to see them makes no sense.
_NEVER = {"sign_in", "static"}


def next_page(value: str | None) -> str | None:
    """The path to go on to, or None when the value leads elsewhere than to a page of this desk.

    One slash at its beginning, no backslash, no control character, no white space, and a path
    that this program answers: measured, anything less lets addresses of other hosts through.
    """
    if not value or len(value) > LONGEST or not value.startswith("/") or value.startswith("//"):
        return None
    if "\\" in value or any(_is_odd(character) for character in value):
        return None
    path, _, rest = value.partition("?")
    return value if "#" not in path and _is_page(path) and "#" not in rest else None


def _is_odd(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _is_page(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint.partition(".")[0] not in _NEVER
