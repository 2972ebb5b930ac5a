"""Which part of the page a place in its text belongs to: headline, lead, caption or body.

The headline is what stands in an `h1`, or in a heading that says what the page calls itself
(`og:title`, `title`); the lead is what is marked as one, else the first paragraph after the
headline; a caption is what is marked as one; all else is body.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from typo_reports.domain.folding import fold_to_find
from typo_reports.domain.position import BODY, CAPTION, HEADLINE, LEAD
from typo_reports.pages import marks
from typo_reports.pages.marks import Marked

# Longer ones are wrappers around the article.
_LEAD_MOST, _HEADLINE_MOST = 700, 400
# Shorter paragraphs are bylines and dates; in bytes, as scripts with few letters say more in each.
_PARAGRAPH_LEAST_BYTES = 60
_TITLE_LEAST = 8


class Positions:
    """The parts of one page. `titles` are what the page calls itself in its head."""

    def __init__(self, text: str, marked: Sequence[Marked], titles: Sequence[str] = ()) -> None:
        headlines = _headlines(text, marked, titles)
        found = [(one, HEADLINE) for one in headlines]
        found += [(one, LEAD) for one in _leads(text, marked, headlines, titles)]
        found += [(one, CAPTION) for one in marked if one.kind == marks.CAPTION]
        self._parts = sorted((one.start, one.end, position) for one, position in found)
        self._starts = [start for start, _, _ in self._parts]

    def of(self, start: int) -> str:
        """The part in which a passage that begins at this code point stands."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and start < self._parts[at][1]:
            return self._parts[at][2]
        return BODY


def _headlines(text: str, marked: Iterable[Marked], titles: Sequence[str]) -> list[Marked]:
    named = {marks.HEADING, marks.SUBHEADING}
    return [
        one
        for one in marked
        if one.kind in named
        and one.end - one.start <= _HEADLINE_MOST
        and (one.kind == marks.HEADING or _is_title(text, one, titles))
    ]


def _is_title(text: str, one: Marked, titles: Sequence[str]) -> bool:
    said = fold_to_find(text[one.start : one.end].strip()).text
    return len(said) >= _TITLE_LEAST and any(
        title.startswith(said) for title in (fold_to_find(title).text for title in titles)
    )


def _leads(
    text: str, marked: Sequence[Marked], headlines: Sequence[Marked], titles: Sequence[str]
) -> list[Marked]:
    """What is marked as lead; without any, the first paragraph after the headline."""
    said = [one for one in marked if one.kind == marks.LEAD and one.end - one.start <= _LEAD_MOST]
    if said or not headlines:
        return said
    own = [one for one in headlines if _is_title(text, one, titles)]
    after = (own or headlines)[0].end
    return [
        one
        for one in marked
        if one.kind == marks.PARAGRAPH and one.start >= after and _is_paragraph(text, one)
    ][:1]


def _is_paragraph(text: str, one: Marked) -> bool:
    return len(text[one.start : one.end].encode("utf-8", "replace")) >= _PARAGRAPH_LEAST_BYTES
