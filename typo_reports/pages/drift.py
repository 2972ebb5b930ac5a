"""Where on a page a passage would stand that never moved.

Offsets are of the text that the reader saw. A page read elsewhere, or a week later, may hold soft
hyphens, marks of direction, notes and line ends of the source in between, which push every offset
away although nobody edited anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from typo_reports.domain.selector import Selector
from typo_reports.pages.target import Target
from typo_reports.pages.text import PageText

# What may come in: marks that take no room, notes, and white space that is shown as one space;
# each with texts without one of which a page holds none, which are sooner looked for.
_COMERS = (
    (
        "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+",
        tuple(
            "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
        ),
    ),
    (r"\[\d{1,3}\]", ("[",)),
    ("[ \n]{2,}", ("  ", "\n\n", " \n", "\n ")),
)


@dataclass(frozen=True)
class OldPlace:
    """Where the target would stand in `page` had nobody edited it.

    `counted` is the offset that counts all that the page holds.
    """

    counted: int
    window: str
    page: PageText

    @cached_property
    def seen(self) -> int:
        """The offset that leaves out what the page holds and the report's surroundings do not."""
        text, at = self.page.text, self.counted
        comers = [
            comer
            for comer, signs in _COMERS
            if any(sign in text for sign in signs) and not re.search(comer, self.window)
        ]
        for match in re.finditer("|".join(comers), text) if comers else ():
            kept = match.group().isspace()  # of white space the first sign stays
            if match.start() + kept >= at:
                break
            at += len(match.group()) - kept
        return at

    def moved(self, offset: int) -> int:
        """How far from there this offset is, by the count that speaks for it."""
        away = abs(offset - self.counted)
        return away and min(away, abs(offset - self.seen))


def old_place(selector: Selector, target: Target, page: PageText) -> OldPlace:
    """Where the target stood by the selector's offset; the page's beginning if that is unknown."""
    if selector.start is None:
        return OldPlace(0, target.window, page)
    return OldPlace(
        max(0, selector.start + target.start - len(selector.prefix)), target.window, page
    )
