"""`/api/v1/openapi.json`: the whole API, described from the same structs that decode it."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from flask import Blueprint, Response

from typo_reports.domain import report as limits
from typo_reports.domain.queue import MAX_LIMIT, SORTS
from typo_reports.web import cases_api, documents, places_api, published_api, receipts, reports_api
from typo_reports.web.openapi_calls import call, in_path, in_query
from typo_reports.web.parts import parts

blueprint = Blueprint("openapi", __name__)

STRUCTS: tuple[type[msgspec.Struct], ...] = (
    reports_api.ReportBody,
    reports_api.AnswerBody,
    receipts.ReceiptBody,
    receipts.RewordingBody,
    places_api.PlaceBody,
    cases_api.ResolveBody,
    cases_api.ReopenBody,
    cases_api.AssignBody,
    cases_api.MergeBody,
    cases_api.SplitBody,
    published_api.PublishedBody,
    published_api.PublishedAnswer,
    documents.CaseDocument,
    documents.CasesDocument,
    documents.Problem,
    documents.HealthDocument,
)

MAXIMA = {
    ("SelectorBody", "exact"): limits.EXACT_MOST,
    ("SelectorBody", "prefix"): limits.SURROUNDINGS_MOST,
    ("SelectorBody", "suffix"): limits.SURROUNDINGS_MOST,
    ("TargetBody", "source"): limits.URL_MOST,
    ("PublishedBody", "url"): limits.URL_MOST,
    ("PageBody", "canonical"): limits.URL_MOST,
    ("PageBody", "edit_url"): limits.URL_MOST,
    ("ReportBody", "suggestion"): limits.SUGGESTION_MOST,
    ("ReportBody", "comment"): limits.COMMENT_MOST,
    ("ReportBody", "reply_to"): limits.ADDRESS_MOST,
    ("RewordingBody", "suggestion"): limits.SUGGESTION_MOST,
    ("RewordingBody", "comment"): limits.COMMENT_MOST,
}


@blueprint.get("/api/v1/openapi.json")
def get_openapi() -> Response:
    """The OpenAPI document of this installation."""
    body = msgspec.json.encode(document(parts().settings.base_url))
    return Response(body, mimetype="application/json", headers={"Access-Control-Allow-Origin": "*"})


@cache
def document(base_url: str) -> dict[str, Any]:
    """OpenAPI 3.1 with every call of the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Typo Reports",
            "version": "1",
            "description": "Reports of spelling errors, and the cases that they make.",
        },
        "servers": [{"url": base_url}],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "webhook-signature",
                    "description": "With webhook-id, webhook-timestamp and ?site=, as Standard "
                    "Webhooks; the key is the SHA-256 of a token.",
                },
            },
        },
    }


def _schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components(STRUCTS, ref_template="#/components/schemas/{name}")
    for (struct, name), most in MAXIMA.items():
        _text_schema(schemas[struct]["properties"][name])["maxLength"] = most
    schemas["SelectorBody"]["properties"]["exact"]["minLength"] = 1
    return schemas


def _text_schema(schema: dict[str, Any]) -> dict[str, Any]:
    options = schema.get("anyOf", [schema])
    text: dict[str, Any] = next(option for option in options if option.get("type") == "string")
    return text


def _paths() -> dict[str, Any]:
    return {
        **_paths_of_readers(),
        **_path_of_places(),
        **_paths_of_cases(),
        **_paths_of_operators(),
    }


def _paths_of_readers() -> dict[str, Any]:
    return {
        "/api/v1/reports": {
            "post": call(
                "Send one report",
                {"201": "AnswerBody", "200": "AnswerBody"},
                body="ReportBody",
                refusals=(400, 403, 409, 413, 415, 422, 429, 503),
                open_to_all=True,
            )
        },
        "/api/v1/receipts/{token}": {
            "get": call(
                "What became of a report",
                {"200": "ReceiptBody"},
                parameters=[in_path("token", {"type": "string"})],
                refusals=(400, 404, 503),
                open_to_all=True,
            ),
            "patch": call(
                "Change one's own report, for ten minutes",
                {"200": "ReceiptBody"},
                body="RewordingBody",
                parameters=[in_path("token", {"type": "string"})],
                refusals=(400, 403, 404, 409, 413, 415, 422, 429, 503),
                open_to_all=True,
            ),
            "delete": call(
                "Take one's own report back, for ten minutes; twice is once",
                {"200": "ReceiptBody"},
                parameters=[in_path("token", {"type": "string"})],
                refusals=(400, 403, 404, 409, 429, 503),
                open_to_all=True,
            ),
        },
    }


def _path_of_places() -> dict[str, Any]:
    return {
        "/api/v1/places/{id}": {
            "get": call(
                "Where a case's passage stands, for a page of its site",
                {"200": "PlaceBody"},
                parameters=[in_path("id", {"type": "string", "format": "uuid"})],
                refusals=(400, 403, 404, 429, 503),
                open_to_all=True,
            )
        }
    }


def _paths_of_cases() -> dict[str, Any]:
    cases = "/api/v1/cases"
    return {
        cases: {
            "get": call(
                "Cases of the token's site",
                {"200": "CasesDocument"},
                parameters=_case_filters(),
                refusals=(400, 401, 404, 422, 503),
            )
        },
        f"{cases}/{{id}}": {"get": _on_case("One case", None, (400, 404))},
        f"{cases}/{{id}}/resolve": {"post": _on_case("Close the case", "ResolveBody")},
        f"{cases}/{{id}}/reopen": {"post": _on_case("Open the case again", "ReopenBody")},
        f"{cases}/{{id}}/assign": {"post": _on_case("Give the case to an editor", "AssignBody")},
        f"{cases}/{{id}}/merge": {"post": _on_case("Put it into another case", "MergeBody")},
        f"{cases}/{{id}}/split": {
            "post": _on_case("Make a new case, the answer, of some of its reports", "SplitBody")
        },
        "/api/v1/pages/published": {
            "post": call(
                "Say that a page was just published, so that it is looked at now",
                {"200": "PublishedAnswer"},
                body="PublishedBody",
                parameters=[in_query("site")],
                refusals=(400, 401, 413, 415, 422, 503),
            )
            | {"security": [{"token": []}, {"signature": []}]}
        },
        "/api/v1/annotations": {
            "get": call(
                "Open cases as W3C Web Annotations",
                {"200": None},
                parameters=[in_query("site"), in_query("cursor")],
                refusals=(400, 401, 404, 422, 503),
                media="application/ld+json",
            )
        },
    }


def _paths_of_operators() -> dict[str, Any]:
    return {
        "/api/v1/openapi.json": {
            "get": call("This document", {"200": None}, refusals=(), open_to_all=True)
        },
        "/healthz": {
            "get": call(
                "Is the installation well",
                {"200": "HealthDocument", "503": "HealthDocument"},
                refusals=(),
                open_to_all=True,
            )
        },
    }


def _on_case(
    summary: str,
    body: str | None,
    refusals: tuple[int, ...] = (400, 404, 409, 413, 415, 422),
) -> dict[str, Any]:
    return call(
        summary,
        {"200": "CaseDocument"},
        body=body,
        parameters=[in_path("id", {"type": "string", "format": "uuid"})],
        refusals=(401, *refusals, 503),
    )


_STATUSES = ["open", "resolved", "withheld", "house-style", "all"]


def _case_filters() -> list[dict[str, Any]]:
    return [
        in_query("site"),
        in_query("status", {"type": "string", "enum": _STATUSES}),
        in_query("q"),
        in_query("sort", {"type": "string", "enum": list(SORTS)}),
        in_query("cursor"),
        in_query("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
    ]
