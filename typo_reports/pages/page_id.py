"""The number or name under which a CMS keeps a page: what its edit screen is found by."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from typo_reports.pages.linked_data import linked_data
from typo_reports.pages.markup import Tag, tokens

LONGEST_ID = 64
_MARKUP_MOST = 300_000
_ID = re.compile(rf"[A-Za-z0-9._~:-]{{1,{LONGEST_ID}}}")
# What publishers call it in <meta name> and in data- attributes, without dashes and the like.
_NAMES = frozenset(["pageid", "postid", "articleid", "contentid", "storyid", "nodeid", "cmsid"])
_NAMED_ON = frozenset({"html", "body", "main", "article"})
# WordPress: ?p=123 and ?page_id=123; Drupal: /node/123.
_SHORTLINK = re.compile(r"(?:[?&](?:p|page_id)=|/node/)(\d{1,20})(?![^&#])")
_WORDPRESS_CLASS = re.compile(r"(?:^|\s)(?:postid|page-id)-(\d{1,20})(?:\s|$)")
_ARTICLE = re.compile("Article|Posting|WebPage|Report")


def page_id(source: str) -> str | None:
    """The page's id as this HTML says it; None if nothing does. Never fails.

    Asked in this order: `<meta>`, `<link rel=shortlink>`, the classes of `<body>` as WordPress
    writes them, `data-` attributes of the page and its first article, JSON-LD `identifier`.
    """
    found: dict[int, str] = {}
    for trust, value in _said(source[:_MARKUP_MOST]):
        text = html.unescape(value).strip()
        if trust not in found and _ID.fullmatch(text):
            found[trust] = text
    return found[min(found)] if found else _identifier(source)


def _said(markup: str) -> Iterator[tuple[int, str]]:
    """What tags say, each with how little it is to be trusted."""
    for tag in tokens(markup):
        if not isinstance(tag, Tag) or tag.is_end:
            continue
        attributes = tag.attributes
        if tag.name == "meta" and _plain(attributes.get("name") or attributes.get("property")):
            yield 0, attributes.get("content", "")
        elif tag.name == "link" and "shortlink" in attributes.get("rel", "").lower().split():
            yield from _matched(1, _SHORTLINK, html.unescape(attributes.get("href", "")))
        elif tag.name in _NAMED_ON:
            if tag.name == "body":
                yield from _matched(2, _WORDPRESS_CLASS, attributes.get("class", ""))
            for name, value in attributes.items():
                if name.startswith("data-") and _plain(name.removeprefix("data-")):
                    yield 3, value


def _plain(name: str | None) -> bool:
    return re.sub(r"[-_:.]", "", name or "").lower() in _NAMES


def _matched(trust: int, pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    match = pattern.search(text)
    if match:
        yield trust, match[1]


def _identifier(source: str) -> str | None:
    for node in linked_data(source):
        if not _ARTICLE.search(str(node.get("@type", ""))):
            continue
        for value in _values(node.get("identifier")):
            if _ID.fullmatch(value):
                return value
    return None


def _values(identifier: Any) -> Iterator[str]:
    """schema.org: a text, a number, a PropertyValue with one of both, or several of them."""
    for one in identifier if isinstance(identifier, list) else [identifier]:
        value = one.get("value") if isinstance(one, dict) else one
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            yield str(value)
