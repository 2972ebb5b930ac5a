"""What a reader's suggestion changes in the passage: the smallest corrected piece.

The corrected piece is the best name an error has: readers select the word, three words or the
whole sentence, but they correct the same letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from typo_reports.domain.folding import fold_to_decide

# Words of scripts with spaces; any other code point stands for itself. Never misses one.
_TOKENS = re.compile(
    r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff]+|.", re.S
)
_WORDS = re.compile(r"\w+(?:['’\-]\w+)*")
# A suggestion that is this much shorter than the passage, and by so many words, can only be meant
# for a part of it.
_PART_OF_PASSAGE = 0.5
_WORDS_MORE = 3


@dataclass(frozen=True, slots=True)
class Change:
    """text[start:end] of the passage is to become `replacement`; offsets in code points."""

    start: int
    end: int
    replacement: str


def change_of(exact: str, suggestion: str | None) -> Change | None:
    """The smallest piece of `exact` that `suggestion` changes; None if it changes nothing.

    A suggestion much shorter than the passage ("annotation" for a whole sentence) is taken to
    correct the word that resembles it most. White space at the edges never counts as a change.
    """
    if suggestion is None or not suggestion.strip():
        return None
    if fold_to_decide(suggestion).strip() == fold_to_decide(exact).strip():
        return None
    start, end = _without_edge_space(exact)
    suggestion = suggestion.strip()
    change = _trimmed(exact, start, end, suggestion)
    if change.replacement and len(suggestion) < _PART_OF_PASSAGE * (end - start):
        part = _resembling_part(exact, suggestion)
        if part is not None:
            return _trimmed(exact, *part, suggestion)
    return change


def _without_edge_space(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _trimmed(exact: str, start: int, end: int, suggestion: str) -> Change:
    """Take off the words that both share at the left, then at the right.

    Left first, always: in "en en" → "en" the second word goes, whichever words around it were
    selected too. Whole words, so that a chance letter in common cannot move the piece.
    """
    old = _TOKENS.findall(exact[start:end])
    new = _TOKENS.findall(suggestion)
    shorter = min(len(old), len(new))
    left = 0
    while left < shorter and old[left] == new[left]:
        left += 1
    right = 0
    while right < shorter - left and old[-1 - right] == new[-1 - right]:
        right += 1
    start += _length(old[:left])
    replacement = "".join(new[left : len(new) - right])
    return Change(start, end - _length(old[len(old) - right :]), replacement)


def _length(tokens: list[str]) -> int:
    return sum(map(len, tokens))


def _resembling_part(exact: str, suggestion: str) -> tuple[int, int] | None:
    """The run of as many words as the suggestion has that looks most like it, if any does."""
    words = [match.span() for match in _WORDS.finditer(exact)]
    count = max(1, len(_WORDS.findall(suggestion)))
    if len(words) < count + _WORDS_MORE:
        return None
    wanted = suggestion.casefold()
    best, best_likeness = None, 0.5
    for first in range(len(words) - count + 1):
        start, end = words[first][0], words[first + count - 1][1]
        likeness = _likeness(exact[start:end].casefold(), wanted)
        if likeness > best_likeness:
            best, best_likeness = (start, end), likeness
    return best


def _likeness(text: str, other: str) -> float:
    """Shared pairs of neighbouring letters, 0 to 1 (Dice); cheap and blind to length."""
    pairs = _pairs(text)
    others = _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}
