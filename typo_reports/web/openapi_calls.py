"""How one call of the API is described in OpenAPI: its parameters, answers and refusals."""

from __future__ import annotations

from typing import Any


def call(
    summary: str,
    answers: dict[str, str | None],
    *,
    refusals: tuple[int, ...],
    body: str | None = None,
    parameters: list[dict[str, Any]] | None = None,
    open_to_all: bool = False,
    media: str = "application/json",
) -> dict[str, Any]:
    """One call: `answers` and `body` name structs; who may call it without a token, may all."""
    described: dict[str, Any] = {
        "summary": summary,
        "security": [] if open_to_all else [{"token": []}],
        "parameters": parameters or [],
        "responses": {status: _answer(name, media) for status, name in answers.items()},
    }
    described["responses"].update({str(status): _refusal(status) for status in refusals})
    if body:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _reference(body)}},
        }
    return described


def _answer(name: str | None, media: str) -> dict[str, Any]:
    schema = _reference(name) if name else {"type": "object"}
    return {"description": "Done", "content": {media: {"schema": schema}}}


def _refusal(status: int) -> dict[str, Any]:
    refusal: dict[str, Any] = {
        "description": "Refused; `code` and `detail` say why",
        "content": {"application/problem+json": {"schema": _reference("Problem")}},
    }
    if status in (429, 503):
        refusal["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait",
                "schema": {"type": "integer", "minimum": 1},
            }
        }
    return refusal


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def in_path(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is part of the address."""
    return {"name": name, "in": "path", "required": True, "schema": schema}


def in_query(name: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """A parameter after the question mark, a text unless `schema` says otherwise."""
    return {"name": name, "in": "query", "required": False, "schema": schema or {"type": "string"}}
