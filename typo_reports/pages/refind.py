"""Finding a reported passage on a page as it is now, and saying what became of it.

Two folds: one blind to typography finds the place by the passage *and* its surroundings, a careful
one decides there. "The text is still somewhere on the page" decides nothing: the wrong word stands
elsewhere too on every third page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from typo_reports.domain.folding import fold_to_decide, fold_to_find
from typo_reports.domain.overlay import Overlay, overlay_page
from typo_reports.domain.piece import in_word
from typo_reports.domain.selector import Selector
from typo_reports.pages.places import Pattern, places
from typo_reports.pages.target import Target, target_of
from typo_reports.pages.text import PageText

State = Literal["present", "changed", "gone"]

# Folded code points of surroundings that take part in the search.
_CONTEXT = 64
# How much further than the pattern itself one place is looked at.
_SLACK = 96
_GONE_BELOW = 0.3
_STANDS_BELOW = 0.2
_STANDS_BONUS = 0.1
_NEAR_BONUS = 0.2
_NEAR_SCALE = 100
# So many letters that agree next to the passage tell exactly where it starts or ends.
_ANCHOR = 6
_NEAR = 24
_BLOCK_EDGE = re.compile(r"\s*[\n\u2028\t]\s*")


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a passage.

    `start` and `end` are code points in the page's text (None when gone); `before` is the piece
    that was reported and `after` what stands in its place now; `score` says from 0 to 1 how
    much of the surroundings is there. `fixed` is sure enough to close a case by itself.
    """

    state: State
    start: int | None
    end: int | None
    before: str
    after: str
    score: float
    fixed: bool = False

    @property
    def stands(self) -> bool:
        """Whether the wrong piece, or the right one, is there letter for letter."""
        return self.state == "present" or self.fixed


def refind(selector: Selector, text: PageText | str, *, suggestion: str | None = None) -> Finding:
    """Where the passage stands in `text` and whether it is still wrong."""
    page = PageText(text) if isinstance(text, str) else text
    target = target_of(selector, suggestion)
    pattern = _pattern(target)
    hint = page.folded.folded(selector.start or 0)
    findings = [
        (_rank(finding, abs(place - hint)), finding)
        for place in places(pattern, page.folded.text, hint)
        if (finding := _look(target, pattern, page, place)) is not None
    ]
    best = max(findings, key=lambda ranked: ranked[0])[1] if findings else None
    if best is None or best.score < (_STANDS_BELOW if best.stands else _GONE_BELOW):
        return Finding("gone", None, None, target.wrong, "", best.score if best else 0.0)
    return best


def _rank(finding: Finding, away: int) -> float:
    """How likely this is the place: its surroundings, what stands there, and how far it moved."""
    return finding.score + _STANDS_BONUS * finding.stands + _NEAR_BONUS / (1 + away / _NEAR_SCALE)


def _pattern(target: Target) -> Pattern:
    folded = fold_to_find(target.window)
    start, end = folded.folded(target.start), folded.folded(target.end)
    low, high = max(0, start - _CONTEXT), min(len(folded.text), end + _CONTEXT)
    return Pattern(folded.text[low:high], start - low, end - low)


def _look(target: Target, pattern: Pattern, page: PageText, place: int) -> Finding | None:
    """What stands where the passage would start at the folded offset `place`."""
    low = max(0, place - pattern.start - _SLACK)
    high = place + len(pattern.window) - pattern.start + _SLACK
    there = overlay_page(
        pattern.window, pattern.start, pattern.end, page.folded.text, within=(low, high)
    )
    if there is None:
        return None
    start, end = there.start, there.end
    right = _standing(target, target.right, page, there, start, end) if target.right else None
    wrong = _standing(target, target.wrong, page, there, start, end)
    if wrong and not (right and _holds(right, wrong)):
        return _finding("present", target, page, wrong, there.agreement)
    span = right or _whole_words(page.text, page.folded.source_span(start, end))
    sure = bool(right) if target.right else min(there.left, there.right) >= _ANCHOR
    return _finding("changed", target, page, span, there.agreement, fixed=sure)


def _whole_words(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while _joined(text, start):
        start -= 1
    while end > start and _joined(text, end):
        end += 1
    return start, end


def _finding(
    state: State,
    target: Target,
    page: PageText,
    span: tuple[int, int],
    score: float,
    *,
    fixed: bool = False,
) -> Finding:
    start, end = span
    return Finding(state, start, end, target.wrong, page.text[start:end], score, fixed)


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner


def _standing(
    target: Target, piece: str, page: PageText, there: Overlay, start: int, end: int
) -> tuple[int, int] | None:
    """The source span of `piece` where the passage is expected, whole words only; None if not."""
    folded = fold_to_find(piece).text
    text = page.folded.text
    best = None
    for at in _expected(folded, text, there, start, end):
        span = page.folded.source_span(at, at + len(folded))
        if _same(page.text[span[0] : span[1]], piece) and _at_word_edges(target, page.text, span):
            away = min(abs(at - start), abs(at + len(folded) - end))
            if best is None or away < best[0]:
                best = away, span
    return best[1] if best else None


def _expected(folded: str, text: str, there: Overlay, start: int, end: int) -> list[int]:
    """Where the piece would start: right at an anchored edge, else near the expected place."""
    if not folded:
        return []
    anchored = [start] * (there.left >= _ANCHOR) + [end - len(folded)] * (there.right >= _ANCHOR)
    if anchored:
        return [at for at in dict.fromkeys(anchored) if at >= 0 and text.startswith(folded, at)]
    found = []
    at = text.find(folded, max(0, start - _NEAR))
    while 0 <= at <= end + _NEAR:
        found.append(at)
        at = text.find(folded, at + 1)
    return found


def _same(text: str, piece: str) -> bool:
    ours, theirs = fold_to_decide(text), fold_to_decide(piece)
    if ours == theirs:
        return True
    return _BLOCK_EDGE.sub("", text) == _BLOCK_EDGE.sub("", piece) != ""


def _at_word_edges(target: Target, text: str, span: tuple[int, int]) -> bool:
    start, end = span
    return not (_joined(text, start) and not _joined(target.window, target.start)) and not (
        _joined(text, end) and not _joined(target.window, target.end)
    )


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and in_word(text[at - 1]) and in_word(text[at])
