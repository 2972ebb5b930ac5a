"""Spaces in the wrong place: a word that fell in two, a letter that went over to the next word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typo_reports.spelling.asked import Asked
from typo_reports.spelling.findings import SPLIT_WORD, Finding
from typo_reports.spelling.words import Word

_LEAST_JOINED = 2.0
_JOINING_DOUBT = 1.7
_HALF_KNOWN_PENALTY = 1.0
_USUAL = 4.0
_USUAL_WEIGHT = 1.5
# Both words that come of moving the space must be so usual.
_LEAST_MOVED = 4.0
_MOVING_DOUBT = 2.0


def misplaced_spaces(words: Sequence[Word], at: int, asked: Asked) -> Iterator[Finding]:
    """What comes of the unknown word at `at` with one of its neighbours."""
    for first, second in ((at - 1, at), (at, at + 1)):
        if first < 0 or second >= len(words):
            continue
        left, right = words[first], words[second]
        if right.start - left.end != 1 or right.text[0].isupper() or left.code or right.code:
            continue
        yield from _fallen_in_two(left, right, asked)
        yield from _moved(left, right, asked)


def _fallen_in_two(left: Word, right: Word, asked: Asked) -> Iterator[Finding]:
    """ "informa tion"."""
    joined = left.plain + right.plain
    zipf = asked.vocabulary.zipf(joined.lower())
    if zipf < _LEAST_JOINED or not asked.knows(joined):
        return
    known = [part.plain for part in (left, right) if asked.knows(part.plain)]
    usual = max((asked.vocabulary.zipf(part.lower()) for part in known), default=0.0)
    # The more usual one part is, the more likely it stands by itself: "asi que".
    doubt = max(_HALF_KNOWN_PENALTY, _USUAL_WEIGHT * (usual - _USUAL)) if known else 0.0
    yield _both(left, right, joined, zipf - _JOINING_DOUBT - doubt)


def _moved(left: Word, right: Word, asked: Asked) -> Iterator[Finding]:
    """ "tha truns" for "that runs"."""
    first, second = left.plain, right.plain
    if asked.knows(first) or asked.knows(second):
        return
    for one, other in (
        (first + second[:1], second[1:]),
        (first[:-1], first[-1:] + second),
    ):
        if not (one and other):
            continue
        zipf = min(asked.vocabulary.zipf(one.lower()), asked.vocabulary.zipf(other.lower()))
        if zipf >= _LEAST_MOVED and asked.knows(one) and asked.knows(other):
            yield _both(left, right, f"{one} {other}", zipf - _MOVING_DOUBT)


def _both(left: Word, right: Word, fix: str, score: float) -> Finding:
    text = f"{left.text} {right.text}"
    return Finding(left.start, right.end, text, SPLIT_WORD, (fix,), score)
