"""Whether the block of text that a passage stood in is still there, whatever is now around it.

A paragraph, a heading or a line of a list belongs together more than it does with its neighbours,
which may be rewritten or moved while nobody touches it.
"""

from __future__ import annotations

from typo_reports.domain.overlay import REACH, grain_of
from typo_reports.pages.places import Pattern
from typo_reports.pages.standing import Place
from typo_reports.pages.target import Target

_ENDS = ("\n", "\u2028")
# A block with fewer letters around the passage, in probes, says too little ("See also").
_LEAST_PROBES = 2
# With so many it is known wherever it ends: a page read elsewhere may glue blocks to each other.
_LONG_PROBES = 4
# More white space than this where a block ends is not looked through.
_LONGEST_GAP = 16


def own_block(target: Target) -> tuple[int, int]:
    """Where the target's block begins and ends in its window, as far as that shows it."""
    start = max(target.window.rfind(sign, 0, target.start) for sign in _ENDS) + 1
    ends = [target.window.find(sign, target.end) for sign in _ENDS]
    return start, min((end for end in ends if end >= 0), default=len(target.window))


def is_in_its_block(pattern: Pattern, place: Place) -> bool:
    """Whether all that stood beside the passage in its block stands there; if short, no more."""
    there, left, right = place.there, min(REACH, pattern.left), min(REACH, pattern.right)
    if left + right < _LEAST_PROBES * grain_of(pattern.window).probe:
        return False
    if there.left < left or there.right < right:
        return False
    if left + right >= _LONG_PROBES * grain_of(pattern.window).probe:
        return True
    start, end = place.folded.source_span(there.start - left, there.end + right)
    if not left or not right:
        # What stands in the place of the passage may be longer than it was.
        first, last = place.span()
        start, end = start if left else first, end if right else last
    text = place.page.text
    return (left == REACH or _is_at_an_end(text, start - 1, -1)) and (
        right == REACH or _is_at_an_end(text, end, 1)
    )


def _is_at_an_end(text: str, at: int, step: int) -> bool:
    """Whether nothing but white space stands from here on to the end of a block."""
    for _ in range(_LONGEST_GAP):
        if not 0 <= at < len(text) or text[at] in _ENDS:
            return True
        if not text[at].isspace():
            return False
        at += step
    return False
