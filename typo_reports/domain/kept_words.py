"""Sentences that are stored and shown later, to people of any language.

They are kept as JSON of what they are made of, so that they can be said in the language of whoever
reads them. What was stored as plain text stays as it is.
"""

from __future__ import annotations

import json
from typing import Any

from typo_reports.domain.words import N_, NN_, Words


def added(kept: str | None, sentence: str) -> str:
    """What is kept, with one more sentence at its end."""
    sentences = [_parts(one) for one in sentences_of(kept)]
    return json.dumps([*sentences, _parts(sentence)], ensure_ascii=False)


def sentences_of(kept: str | None) -> list[str]:
    """The sentences that are kept, as `Words` where they can be said in other languages."""
    if not kept:
        return []
    try:
        found = json.loads(kept)
    except ValueError:
        return [kept]
    return [_made_again(one) for one in found] if isinstance(found, list) else [kept]


def _parts(value: object) -> Any:
    if not isinstance(value, Words):
        return value
    values = {name: _parts(one) for name, one in value.values.items()}
    if value.many is None:
        return {"message": value.message, "values": values}
    return {"message": value.message, "many": value.many, "number": value.number, "values": values}


def _made_again(parts: Any) -> Any:
    if not isinstance(parts, dict):
        return parts
    values = {name: _made_again(one) for name, one in parts["values"].items()}
    if "many" in parts:
        return NN_(parts["message"], parts["many"], parts["number"], **values)
    return N_(parts["message"], **values)
