"""The part of a report's surroundings that decides alone, if it stands on a page exactly once.

Then nobody edited the passage, and the script on the page marks it without fetching the search.
"""

from __future__ import annotations

import re

from typo_reports.domain.folding import fold_to_find
from typo_reports.domain.piece import in_word
from typo_reports.domain.selector import Selector
from typo_reports.pages.places import is_telling
from typo_reports.pages.refind import look, pattern_of
from typo_reports.pages.target import Target, target_of
from typo_reports.pages.text import PageText

# Syllables that the text around may complete, and the sign that only one side takes for a space.
_DEPENDS = re.compile("[\u1100-\u11ff\ufeff]")


def certain_window(selector: Selector, suggestion: str | None) -> tuple[str, str, str] | None:
    """(before, wrong, after): where they stand once, `refind` says "present" and gives `wrong`.

    None where what stands further away could change its mind.
    """
    target = target_of(selector, suggestion)
    folded = fold_to_find(target.window, notes=target.has_notes)
    pattern = pattern_of(target)
    if not is_telling(pattern):
        return None
    first = folded.folded(target.start) - pattern.start
    low, high = folded.source_span(first, first + len(pattern.window))
    before, after = target.window[low : target.start], target.window[target.end : high]
    if not _decides(target, before, after):
        return None
    found = look(target, pattern, PageText(before + target.wrong + after), pattern.start)
    span = len(before), len(before) + len(target.wrong)
    if found is None or (found.state, found.start, found.end) != ("present", *span):
        return None
    return before, target.wrong, after


def _decides(target: Target, before: str, after: str) -> bool:
    """Whether all that is looked at stands within these surroundings."""
    wrong = target.wrong
    whole = before + wrong + after
    if not (before and after and wrong) or _DEPENDS.search(whole):
        return False
    if not any(map(str.isalpha, whole)):
        return False
    if (in_word(before[-1]) and in_word(wrong[0])) or (in_word(wrong[-1]) and in_word(after[0])):
        return False
    size = _size(target.right or "", target)
    return size <= min(_size(before + wrong, target), _size(wrong + after, target))


def _size(text: str, target: Target) -> int:
    return len(fold_to_find(text, notes=target.has_notes).text)
