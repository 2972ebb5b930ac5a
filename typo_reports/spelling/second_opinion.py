"""Joining our own findings with those of another checker.

The rule: where both point at the same words, our fixes come first, then the other's, and two
count for more than one. What the other alone calls misspelled is left out if our dictionary, the
site or the page knows it. What the other alone says of grammar stands as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from typo_reports.spelling.findings import MISSPELLED, MOST_SUGGESTIONS, Finding
from typo_reports.spelling.words import words_of

# What a second opinion adds to the score.
_AGREED = 1.5


def joined(
    own: Sequence[Finding], other: Iterable[Finding], is_known: Callable[[str], bool]
) -> list[Finding]:
    """Both in one list, one finding for each span; `is_known` tells of a word that it is right."""
    by_span = {(one.start, one.end): one for one in own}
    for one in other:
        span = (one.start, one.end)
        ours = by_span.get(span)
        if ours is not None:
            fixes = tuple(dict.fromkeys((*ours.suggestions, *one.suggestions)))
            # Without a fix of ours the word was named for want of a better: the other knows more.
            score = ours.score + _AGREED if ours.suggestions else max(ours.score, one.score)
            by_span[span] = replace(ours, suggestions=fixes[:MOST_SUGGESTIONS], score=score)
        elif one.kind != MISSPELLED or not _is_right(one.word, is_known):
            by_span[span] = one
    return list(by_span.values())


def _is_right(text: str, is_known: Callable[[str], bool]) -> bool:
    words = words_of(text)
    return bool(words) and all(is_known(word.plain) for word in words)
