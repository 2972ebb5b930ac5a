"""The JSON-LD of a page, within bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_BLOCK_MOST, _BLOCKS_MOST = 100_000, 5
_DEPTH_MOST, _NODES_MOST = 5, 500
_LD = re.compile(
    r"<script\b[^>]{0,300}?\btype\s*=\s*[\"']?application/ld\+json\b[^>]{0,300}>", re.IGNORECASE
)


def linked_data(source: str) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, block after block, outer ones first; never fails."""
    for block in _blocks(source):
        yield from _nodes(block)


def _blocks(source: str) -> Iterator[Any]:
    """The page's JSON-LD; what is none, too long or too deep is passed over."""
    for number, opening in enumerate(_LD.finditer(source)):
        if number >= _BLOCKS_MOST:
            return
        end = source.find("</", opening.end(), opening.end() + _BLOCK_MOST)
        try:
            yield json.loads(source[opening.end() : end]) if end >= 0 else None
        except (ValueError, RecursionError):
            continue


def _nodes(block: Any) -> Iterator[dict[str, Any]]:
    """The objects of a block, outer ones first."""
    waiting, seen = [(block, 0)], 0
    while waiting and seen < _NODES_MOST:
        value, depth = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
        if depth < _DEPTH_MOST and isinstance(value, (dict, list)):
            inner = value.values() if isinstance(value, dict) else value
            waiting += [(one, depth + 1) for one in inner if isinstance(one, (dict, list))]
