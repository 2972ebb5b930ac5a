"""Whether a page says that it is for subscribers: search engines make publishers say so."""

from __future__ import annotations

import re

from typo_reports.pages.linked_data import linked_data
from typo_reports.pages.markup import Tag, tokens

_HEAD_MOST = 300_000
_TIER_NAMES = frozenset({"article:content_tier", "og:article:content_tier"})
_TIERS = frozenset({"locked", "metered"})
# schema.org's false: JSON's own, a word, or an address.
_FALSE = re.compile(r"(?:https?://schema\.org/)?(?:false|0|no)", re.IGNORECASE)
_ARTICLE = re.compile("Article|Posting|WebPage|Report|CreativeWork")


def is_for_subscribers(source: str) -> bool:
    """Whether this HTML says that its article is not for everybody; never fails.

    By `isAccessibleForFree` of JSON-LD, or `article:content_tier`.
    """
    return _is_said_in_meta(source[:_HEAD_MOST]) or any(
        _ARTICLE.search(str(node.get("@type", ""))) and _is_false(node["isAccessibleForFree"])
        for node in linked_data(source)
        if "isAccessibleForFree" in node
    )


def _is_false(value: object) -> bool:
    return value is False or (
        isinstance(value, str) and _FALSE.fullmatch(value.strip()) is not None
    )


def _is_said_in_meta(head: str) -> bool:
    for tag in tokens(head):
        if not isinstance(tag, Tag):
            continue
        if tag.name == "body":
            return False
        if tag.name == "meta" and not tag.is_end:
            name = tag.attributes.get("property") or tag.attributes.get("name") or ""
            tier = tag.attributes.get("content", "").strip().lower()
            if name.strip().lower() in _TIER_NAMES and tier in _TIERS:
                return True
    return False
