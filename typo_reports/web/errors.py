"""One shape of error everywhere: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, g, json, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from typo_reports.domain import errors as domain
from typo_reports.domain.words import N_
from typo_reports.web.language import choose_again, said
from typo_reports.web.signed_in import present_editor

log = logging.getLogger(__name__)

STATUS_AND_TITLE: dict[type[domain.TypoReportsError], tuple[int, str]] = {
    domain.UnreadableError: (400, N_("The request can't be read")),
    domain.NotSignedInError: (401, N_("Sign in first")),
    domain.OriginNotAllowedError: (403, N_("This page may not report here")),
    domain.NotAllowedError: (403, N_("Not allowed")),
    domain.NotFoundError: (404, N_("Not found")),
    domain.IdReusedError: (409, N_("This id was used before")),
    domain.TooLateError: (409, N_("Too late for that")),
    domain.ConflictError: (409, N_("Changed meanwhile")),
    domain.InvalidFieldsError: (422, N_("Some fields can't be accepted")),
    domain.TooManyError: (429, N_("Too many requests")),
    domain.StorageUnavailableError: (503, N_("Not available right now")),
}

HTTP_CODES = {
    400: ("unreadable", N_("The request can't be read")),
    404: ("not-found", N_("Not found")),
    405: ("method-not-allowed", N_("This method is not offered here")),
    413: ("body-too-large", N_("The request is too large")),
    415: ("unsupported-media-type", N_("Send JSON, uncompressed")),
}

# For people, in their language; the framework's own sentences are English.
HTTP_DETAILS = {
    404: N_("There is nothing at this address. It may have been mistyped, or be gone."),
    405: N_("Go back to the page that you came from, and try again there."),
}

FALLBACK = (500, "internal", N_("Something went wrong here"))


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    retry_after_seconds: int | None = None,
) -> Response:
    """An answer in the one shape of errors."""
    body = {
        "type": f"urn:typo-reports:error:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors or [],
    }
    response = Response(json.dumps(body), status, mimetype="application/problem+json")
    return _with_retry(response, retry_after_seconds)


def wants_problem() -> bool:
    """Programs get problem+json, people at the desk a page."""
    return request.path.startswith(("/api/", "/healthz", "/metrics"))


def register(app: Flask) -> None:
    """Answer every error of the app in one of the two shapes."""
    app.register_error_handler(domain.TypoReportsError, _domain_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _domain_error(error: domain.TypoReportsError) -> Response:
    status, title = next(
        (STATUS_AND_TITLE[kind] for kind in type(error).__mro__ if kind in STATUS_AND_TITLE),
        (FALLBACK[0], FALLBACK[2]),
    )
    fields = []
    if isinstance(error, domain.InvalidFieldsError):
        fields = [
            {"field": item.field, "code": item.code, "message": item.message}
            for item in error.errors
        ]
    retry = getattr(error, "retry_after_seconds", None)
    return _answer(status, error.code, title, error.message, errors=fields, retry=retry)


def _csrf_error(error: CSRFError) -> Response:
    return _answer(
        400,
        "form-expired",
        N_("This form has expired"),
        N_(
            "The page was open for too long, or you signed out meanwhile. "
            "Go back, reload, try again."
        ),
    )


def _http_error(error: HTTPException) -> Response | HTTPException | BaseResponse:
    if error.code is not None and error.code < 400:
        return error
    status = error.code or 500
    code, title = HTTP_CODES.get(status, (FALLBACK[1], error.name))
    detail = error.description or title
    if status in HTTP_DETAILS and not wants_problem():
        detail = HTTP_DETAILS[status]
    if isinstance(error, RequestEntityTooLarge):
        detail = N_("The request is larger than is accepted here.")
    response = _answer(status, code, title, detail)
    if status == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    status, code, title = FALLBACK
    return _answer(status, code, title, N_("It has been noted. Please try again later."))


def _answer(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    retry: int | None = None,
) -> Response:
    if wants_problem():
        return problem(status, code, title, detail, errors=errors, retry_after_seconds=retry)
    if status < 500:
        _recognize_editor()
    shown = " ".join(said(item["message"]) for item in errors) if errors else said(detail)
    page: Any = render_template(
        "errors/error.html", status=status, title=said(title), detail=shown, errors=errors or []
    )
    return _with_retry(Response(page, status, mimetype="text/html"), retry)


def _recognize_editor() -> None:
    """Let the page speak to whoever is signed in, where the request didn't come as far as that."""
    if g.get("editor") is not None:
        return
    try:
        found = present_editor()
    except domain.StorageUnavailableError:
        return
    if found is not None:
        g.editor = found
        choose_again()


def _with_retry(response: Response, seconds: int | None) -> Response:
    if seconds is not None:
        response.headers["Retry-After"] = str(max(1, seconds))
    return response
