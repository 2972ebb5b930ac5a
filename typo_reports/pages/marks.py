"""What a page's markup says of its parts: headings, paragraphs, captions, standfirsts.

Only marks that publishers use alike are read: elements, `itemprop`, and words in class names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from typo_reports.pages.markup import Tag

HEADING = "heading"
SUBHEADING = "subheading"
PARAGRAPH = "paragraph"
LEAD = "lead"
CAPTION = "caption"
# Menus, footers and boxes beside the article hold no part of it.
OUTSIDE = "outside"

_OF_NAME = {
    "h1": HEADING,
    "h2": SUBHEADING,
    "h3": SUBHEADING,
    "p": PARAGRAPH,
    "figcaption": CAPTION,
    "caption": CAPTION,
    "nav": OUTSIDE,
    "footer": OUTSIDE,
    "aside": OUTSIDE,
}
_OF_PROPERTY = {"headline": HEADING, "alternativeheadline": LEAD, "caption": CAPTION}
_LEAD_WORDS_NAMES = "standfirst lead lede leadin dek deck subtitle subheadline intro vorspann chapo"
_LEAD_WORDS = frozenset(_LEAD_WORDS_NAMES.split())
# "lead" in the class of a picture or a column says nothing of a text.
_LEAD_ELEMENTS = frozenset({"p", "div", "h2", "h3", "h4", "section"})
_CAPTION_ELEMENTS = frozenset({"p", "div", "span", "dd"})
_WORDS = re.compile(r"[^a-z0-9]+")
_CLASS_MOST = 300


@dataclass(frozen=True, slots=True)
class Marked:
    """text[start:end] of the page stands in one element that is marked as `kind`."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """That an element is marked; everything inside it has the same one."""

    kind: str


def mark_of(tag: Tag) -> Mark | None:
    """What this start tag marks; None if nothing."""
    said = tag.attributes.get("itemprop", "").strip().lower()
    kind = _OF_PROPERTY.get(said) or _of_class(tag) or _OF_NAME.get(tag.name)
    return Mark(kind) if kind else None


def _of_class(tag: Tag) -> str | None:
    if tag.name not in _LEAD_ELEMENTS and tag.name not in _CAPTION_ELEMENTS:
        return None
    words = set(_WORDS.split(tag.attributes.get("class", "")[:_CLASS_MOST].lower()))
    if tag.name in _LEAD_ELEMENTS and words & _LEAD_WORDS:
        return LEAD
    return CAPTION if tag.name in _CAPTION_ELEMENTS and "caption" in words else None


class Marks:
    """Collects where marked elements begin and end in the text, as it is read."""

    def __init__(self) -> None:
        self.found: list[Marked] = []
        self._mark: Mark | None = None
        self._start = 0

    def at(self, mark: Mark | None, length: int) -> None:
        """So much of the text is there, and what follows stands in this mark."""
        if mark is self._mark:
            return
        if self._mark is not None and length > self._start:
            self.found.append(Marked(self._mark.kind, self._start, length))
        self._mark, self._start = mark, length
