"""What of a report is looked for on a page: the wrong piece, and the right one if it is known."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from typo_reports.domain.correction import change_of
from typo_reports.domain.folding import NOTE
from typo_reports.domain.piece import cut_words_made_whole, in_word
from typo_reports.domain.selector import Selector

_FEW_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Target:
    """window[start:end] is the wrong piece; `right` is what should stand there, if known.

    The window is raw text. Pieces consist of whole words, so that "task" within "tasks" is not
    taken for itself, and hold a neighbour where the change alone would be nothing.
    """

    window: str
    start: int
    end: int
    right: str | None

    @property
    def wrong(self) -> str:
        """The piece as it was reported."""
        return self.window[self.start : self.end]

    def to_json(self) -> dict[str, Any]:
        """For who has the window already: offsets in it, what is right, and whether notes count."""
        return {
            "start": self.start,
            "end": self.end,
            "right": self.right,
            "notes": self.has_notes,
        }

    @property
    def has_notes(self) -> bool:
        """Whether marks of footnotes, or what looks like them, have to do with what is wrong.

        Around it, too: a "3" that became a "4" may be the number of an item[3].
        """
        if self.right and NOTE.search(self.right):
            return True
        return "[" in self.window and any(
            note.start() < self.end and self.start < note.end()
            for note in NOTE.finditer(self.window)
        )


def target_of(selector: Selector, suggestion: str | None) -> Target:
    """The piece that the suggestion changes, or else the whole passage."""
    window = selector.window
    base, end = selector.span
    change = change_of(selector.exact, suggestion)
    if change is None:
        low, high = cut_words_made_whole(window, base, end)
        return Target(window, low, _with_marks(window, high), None)
    low, high = base + change.start, base + change.end
    start, end = _whole(window, low, high, change.replacement)
    right = window[start:low] + change.replacement + window[high:end]
    return Target(window, start, end, right)


def _whole(window: str, low: int, high: int, put: str) -> tuple[int, int]:
    """The change with the words it touches.

    What only goes in, only goes, or is no word takes the letter, or the word, on either side too.
    """
    start, end = low, high
    alone = not (_has_letter(window[low:high]) and _has_letter(put))
    if alone or window[start : start + 1].isspace():
        start = _one_left(window, start)
    if alone or window[end - 1 : end].isspace():
        end = _one_right(window, end)
    if end - start <= _FEW_SIGNS and not any(map(in_word, window[start:end])):
        start, end = _one_sign_more(window, start, end)
    while start > 0 and in_word(window[start - 1]) and in_word(window[start]):
        start -= 1
    while end < len(window) and in_word(window[end]) and in_word(window[end - 1]):
        end += 1
    return start, _with_marks(window, end)


def _with_marks(window: str, end: int) -> int:
    """No letter without its marks: in Thai a change of one sign may end before a vowel above it."""
    while end < len(window) and unicodedata.category(window[end]) == "Mn":
        end += 1
    return end


def _one_sign_more(window: str, start: int, end: int) -> tuple[int, int]:
    """A sign or two of a script without spaces are too little to be known by."""
    if start > 0 and window[start - 1].isalnum():
        start -= 1
    if end < len(window) and window[end].isalnum():
        end += 1
    return start, end


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))


def _one_left(window: str, at: int) -> int:
    while at > 0 and window[at - 1].isspace():
        at -= 1
    return max(0, at - 1)


def _one_right(window: str, at: int) -> int:
    while at < len(window) and window[at].isspace():
        at += 1
    return min(len(window), at + 1)
