"""How likely a finger or an ear turns one word into another: the noisy channel's costs.

One point is an ordinary wrong letter. What people really do (leave out an accent, double a letter,
swap two) is cheaper; what they seldom do (a wrong first letter) is dearer.
"""

from __future__ import annotations

import itertools
import unicodedata
from functools import lru_cache

_KEYBOARDS = (
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("azertyuiop", "qsdfghjklm", "wxcvbn"),
    ("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"),
    ("קראטוןםפ", "שדגכעיחלךף", "זסבהנמצתץ"),
    ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ"),
)
_VOWELS = frozenset("aeiouyаеёиоуыэюяαεηιουωøœæ")
# Letters that sound alike or are written for each other, beside those that differ by a mark.
_ALIKE = (
    "cks", "ckq", "sz", "sc", "vw", "fv", "dt", "bp", "gj", "gk", "iy", "bv", "mn",
    "дт", "бп", "зс", "вф", "гк", "жш", "шщ", "ьъ", "ие", "ао", "еэ", "её", "ий", "шч",
    "הא", "אע", "כק", "תט", "וב", "اأ", "اإ", "اآ", "هة", "ىي", "ئء", "ضظ",
)  # fmt: skip

WRONG = 1.0
ADJACENT = 0.85
VOWEL = 0.75
ALIKE = 0.7
MARK = 0.4
DOUBLED = 0.55
SWAPPED = 0.65
LEFT_OUT = 0.85
PUT_IN = 0.85
FIRST_LETTER = 0.6
APOSTROPHE = 0.3


@lru_cache(maxsize=20_000)
def bare(character: str) -> str:
    """The letter without its marks: é becomes e, й и."""
    return unicodedata.normalize("NFD", character)[0]


def _pairs() -> tuple[frozenset[str], frozenset[str]]:
    adjacent = set()
    for rows in _KEYBOARDS:
        for row in rows:
            adjacent |= {a + b for a, b in itertools.pairwise(row)}
        for upper, lower in itertools.pairwise(rows):
            adjacent |= {a + b for a, b in zip(upper, lower, strict=False)}
            adjacent |= {a + b for a, b in zip(upper[1:], lower, strict=False)}
    alike = {a + b for letters in _ALIKE for a in letters for b in letters if a != b}
    return frozenset(adjacent | {pair[::-1] for pair in adjacent}), frozenset(alike)


_ADJACENT, _LOOKS_ALIKE = _pairs()


@lru_cache(maxsize=100_000)
def substitution(written: str, meant: str) -> float:
    """The cost of writing one letter for another."""
    if written == meant:
        return 0.0
    if bare(written) == bare(meant):
        return MARK
    if written + meant in _LOOKS_ALIKE:
        return ALIKE
    if written in _VOWELS and meant in _VOWELS:
        return VOWEL
    return ADJACENT if written + meant in _ADJACENT else WRONG


def _single(text: str, at: int, usual: float) -> float:
    """The cost of one letter too many or too few at `at` of the longer side."""
    letter = text[at]
    if letter in "'-":
        return APOSTROPHE
    beside = (at > 0 and text[at - 1] == letter) or text[at + 1 : at + 2] == letter
    return DOUBLED if beside else usual


def cost(written: str, meant: str, most: float = 4.0) -> float:
    """The cheapest way from the meant word to the written one; anything above `most` is `most`.

    A Damerau-Levenshtein table with the costs above; takes len × len steps.
    """
    width = len(meant) + 1
    gone = [_single(meant, at, LEFT_OUT) for at in range(len(meant))]
    two_above: list[float] = []
    above = [0.0] * width
    for j in range(1, width):
        above[j] = above[j - 1] + gone[j - 1]
    for i, letter in enumerate(written, start=1):
        put_in = _single(written, i - 1, PUT_IN)
        row = [above[0] + put_in] + [0.0] * (width - 1)
        for j in range(1, width):
            other = meant[j - 1]
            best = above[j - 1] + (0.0 if letter == other else substitution(letter, other))
            best = min(best, above[j] + put_in, row[j - 1] + gone[j - 1])
            if i > 1 and j > 1 and letter == meant[j - 2] and written[i - 2] == other:
                best = min(best, two_above[j - 2] + SWAPPED)
            row[j] = best
        if min(row) >= most:
            return most
        two_above, above = above, row
    first = FIRST_LETTER if bare(written[0]) != bare(meant[0]) else 0.0
    return min(most, above[-1] + first)
