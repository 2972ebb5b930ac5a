"""When the article says that it was published or changed: meta elements and JSON-LD."""

from __future__ import annotations

from datetime import datetime

from typo_reports.domain.position import told_time
from typo_reports.pages.linked_data import linked_data
from typo_reports.pages.markup import Tag, tokens

_HEAD_MOST = 300_000
_PUBLISHED, _MODIFIED = "article:published_time", "article:modified_time"


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
    for node in linked_data(source):
        value = node.get(name)
        moment = told_time(value) if isinstance(value, str) else None
        if moment is not None:
            return moment
    return None
