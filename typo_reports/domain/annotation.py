"""A case as a W3C Web Annotation (https://www.w3.org/TR/annotation-model/).

A report is an annotation of motivation `editing`: "an Annotation that requests a typo to be
corrected". Suggestions are bodies of purpose `editing`, comments of purpose `commenting`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def annotation(case: Mapping[str, Any]) -> dict[str, Any]:
    """The annotation of one case document (the JSON case of the API)."""
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": case["links"]["desk"],
        "type": "Annotation",
        "motivation": "editing",
        "created": case["created_at"],
        "modified": case["updated_at"],
        "target": {
            "type": "SpecificResource",
            "source": case["page"]["url"],
            "selector": _selectors(case["selector"]),
        },
    }
    bodies = [_body("editing", item["text"]) for item in case["suggestions"]]
    bodies += [_body("commenting", item["text"]) for item in case["comments"]]
    if bodies:
        made["body"] = bodies
    return made


def annotation_page(
    cases: Sequence[Mapping[str, Any]], *, address: str, following: str | None
) -> dict[str, Any]:
    """One page of a collection: its own address, and the next page's if there is one."""
    page: dict[str, Any] = {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationPage",
        "partOf": {
            "id": address.partition("&cursor=")[0],
            "type": "AnnotationCollection",
            "label": "Open cases",
        },
        "items": [annotation(case) for case in cases],
    }
    if following:
        page["next"] = following
    return page


def _selectors(selector: Mapping[str, Any]) -> list[dict[str, Any]]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": selector["exact"],
        "prefix": selector["prefix"],
        "suffix": selector["suffix"],
    }
    if selector.get("start") is None or selector.get("end") is None:
        return [quote]
    position = {
        "type": "TextPositionSelector",
        "start": selector["start"],
        "end": selector["end"],
    }
    return [quote, position]


def _body(purpose: str, text: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain"}
