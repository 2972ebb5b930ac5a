"""When the article says that it was published or changed: meta elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from typo_reports.domain.position import told_time
from typo_reports.pages.markup import Tag, tokens

_HEAD_MOST = 300_000
_BLOCK_MOST, _BLOCKS_MOST = 100_000, 5
_DEPTH_MOST, _NODES_MOST = 5, 500
_PUBLISHED, _MODIFIED = "article:published_time", "article:modified_time"
_LD = re.compile(
    r"<script\b[^>]{0,300}?\btype\s*=\s*[\"']?application/ld\+json\b[^>]{0,300}>", re.IGNORECASE
)


def article_time(source: str) -> datetime | None:
    """When the article was published, else when it was last changed; None if nothing tells."""
    said = _said_in_meta(source[:_HEAD_MOST])
    for name, ld_name in ((_PUBLISHED, "datePublished"), (_MODIFIED, "dateModified")):
        found = told_time(said.get(name)) or _said_in_ld(source, ld_name)
        if found is not None:
            return found
    return None


def _said_in_meta(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tokens(head):
        if isinstance(tag, Tag) and not tag.is_end:
            if tag.name == "body":
                break
            if tag.name == "meta":
                name = tag.attributes.get("property") or tag.attributes.get("name") or ""
                found.setdefault(name.strip().lower(), tag.attributes.get("content", ""))
    return found


def _said_in_ld(source: str, name: str) -> datetime | None:
    for block in _blocks(source):
        for node in _nodes(block):
            value = node.get(name)
            moment = told_time(value) if isinstance(value, str) else None
            if moment is not None:
                return moment
    return None


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
