"""Reading a JSON body: bounded, uncompressed, shallow, and of a declared shape."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec
from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from typo_reports.domain.errors import InvalidFieldsError, UnreadableError
from typo_reports.web.security import BODY_MOST_BYTES

DEPTH_MOST = 8
_BRACKETS_AND_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")

Body = TypeVar("Body", bound=msgspec.Struct)


def json_body() -> bytes:
    """The bytes of a JSON request; 415 for any other kind, 413 for too many."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Send the body uncompressed.")
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Send the body as application/json.")
    request.max_content_length = BODY_MOST_BYTES
    return request.get_data(cache=False)


def decoded(body: bytes, kind: type[Body]) -> Body:
    """The body as this struct. Raises UnreadableError, or InvalidFieldsError naming the field."""
    _refuse_deep(body)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        field, message = _named(str(error))
        raise InvalidFieldsError.of(field, "invalid", message) from error
    except UnicodeDecodeError as error:
        raise UnreadableError("The body is not UTF-8.") from error
    except msgspec.DecodeError as error:
        if _SURROGATE_ESCAPE.search(body):
            raise UnreadableError(
                "The body holds half a character (a lone surrogate) or is not JSON."
            ) from error
        raise UnreadableError("The body is not JSON.") from error


def _refuse_deep(body: bytes) -> None:
    # Counted before decoding, since the decoder recurses. Few brackets can't nest deeply.
    if body.count(b"{") + body.count(b"[") <= DEPTH_MOST:
        return
    depth = 0
    for match in _BRACKETS_AND_STRINGS.finditer(body):
        token = match[0]
        if token in b"[{":
            depth += 1
        elif token in b"]}":
            depth -= 1
        if depth > DEPTH_MOST:
            raise UnreadableError(f"The JSON is nested deeper than {DEPTH_MOST} levels.")


def _named(text: str) -> tuple[str, str]:
    """The dotted field name and a sentence, from the decoder's own message."""
    what, _, path = text.partition(" - at `$")
    missing = re.search(r"missing required field `(\w+)`", what)
    field = path.rstrip("`").strip(".")
    if missing:
        field = f"{field}.{missing[1]}".strip(".")
        return field, f"{field} is missing."
    return field, f"{field or 'The body'}: {what[:1].lower()}{what[1:]}."
