"""What a page says of itself: `<link>`, `<base>`, `<html lang>`, `<title>`, `og:title`."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from typo_reports.pages.markup import Tag, tokens

# Scripts and style sheets may stand before the links; texts of articles come after them.
_HEAD_MOST = 300_000
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
_FEEDS_MOST = 4
_TITLES_MOST, _TITLE_MOST = 3, 500
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses as they are written there, relative to `base` where the page names one.

    `canonical` is None also when the page names two different ones: then it names none.
    """

    canonical: str | None = None
    amp: str | None = None
    feeds: tuple[str, ...] = ()
    base: str | None = None
    lang: str | None = None
    titles: tuple[str, ...] = ()


def page_links(source: str) -> PageLinks:
    """What the head of this HTML says; never fails."""
    canonicals: set[str] = set()
    amp = base = lang = None
    feeds: list[str] = []
    titles: list[str] = []
    for tag in tokens(source[:_HEAD_MOST]):
        if not isinstance(tag, Tag):
            continue
        if tag.name == "body":
            break
        if tag.is_end:
            continue
        href = html.unescape(tag.attributes.get("href", "")).strip()
        if tag.name == "html":
            lang = tag.attributes.get("lang", "").strip()[:40] or None
        elif tag.name == "title":
            end = source.find("<", tag.end, tag.end + _TITLE_MOST)
            titles.append(source[tag.end : max(tag.end, end)])
        elif tag.name == "meta" and tag.attributes.get("property", "").strip() == "og:title":
            titles.append(tag.attributes.get("content", "")[:_TITLE_MOST])
        elif tag.name == "base" and href:
            base = base or href
        elif tag.name == "link" and href:
            relations = _relations(tag)
            if "canonical" in relations:
                canonicals.add(href)
            if "amphtml" in relations:
                amp = amp or href
            if "alternate" in relations and _kind(tag) in _FEEDS:
                feeds.append(href)
    canonical = canonicals.pop() if len(canonicals) == 1 else None
    said = tuple(html.unescape(title).strip() for title in titles[:_TITLES_MOST])
    return PageLinks(canonical, amp, tuple(feeds[:_FEEDS_MOST]), base, lang, said)


def _relations(tag: Tag) -> set[str]:
    return set(_SPACES.split(tag.attributes.get("rel", "").strip().lower()))


def _kind(tag: Tag) -> str:
    return tag.attributes.get("type", "").partition(";")[0].strip().lower()
