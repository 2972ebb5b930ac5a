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

# Letters written for others that are the same to a keyboard without them: written, meant.
_SPELLED_OUT = ("oe/œ", "œ/oe", "ae/æ", "æ/ae", "ss/ß", "ß/ss", "ae/ä", "oe/ö", "ue/ü", "е/йо")
# Two letters for one or for two others, that sound alike: written, meant.
_SOUNDS = (
    "f/ph", "ph/f", "k/ch", "k/qu", "qu/k", "k/ck", "ck/k", "x/cs", "x/ct", "ct/x", "ks/x", "x/ks",
    "cc/x", "z/ts", "ts/z", "y/ll", "ll/y", "ew/ue", "sh/ch", "ch/sh", "sh/ti", "si/ti", "ti/si",
    "ci/ti", "ti/ci", "sc/ss", "ss/sc", "ä/äu", "eu/äu", "äu/eu", "ee/ea", "ea/ee", "ei/ai",
    "ai/ei", "gu/j", "tz/z", "dt/t", "щ/сч", "сч/щ", "ц/тс", "тс/ц", "ё/йо", "во/го",
)  # fmt: skip

WRONG = 1.0
ADJACENT = 0.85
VOWEL = 0.75
ALIKE = 0.7
MARK = 0.25
DOUBLED = 0.55
SWAPPED = 0.35
LEFT_OUT = 0.7
PUT_IN = 0.85
SOUND = 0.6
SPELLED_OUT = 0.2
FIRST_LETTER = 0.3
APOSTROPHE = 0.15


@lru_cache(maxsize=20_000)
def bare(character: str) -> str:
    """The letter without its marks: é becomes e, й и."""
    return unicodedata.normalize("NFD", character)[0]


def without_marks(text: str) -> str:
    """The whole text so."""
    return "".join(map(bare, text))


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


# What is written -> (what is meant, the cost), by the last letter of what is written.
_Sounds = dict[str, list[tuple[str, str, float]]]


def _sounds() -> _Sounds:
    table: _Sounds = {}
    for pairs, price in ((_SPELLED_OUT, SPELLED_OUT), (_SOUNDS, SOUND)):
        for written, meant in (pair.split("/") for pair in pairs):
            table.setdefault(written[-1], []).append((written, meant, price))
    return table


_SOUND_OF = _sounds()


def spelled_out(written: str) -> set[str]:
    """Forms with one letter for two, or two for one, that are written for each other: ss for ß."""
    forms = set()
    for pair in _SPELLED_OUT:
        wrong, right = pair.split("/")
        at = written.find(wrong)
        while at >= 0:
            forms.add(written[:at] + right + written[at + len(wrong) :])
            at = written.find(wrong, at + 1)
    return forms


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
    gone = [_single(meant, at, LEFT_OUT) for at in range(len(meant))]
    rows = [[0.0, *itertools.accumulate(gone)]]
    for i, letter in enumerate(written, start=1):
        put_in = _single(written, i - 1, PUT_IN)
        above = rows[-1]
        left = above[0] + put_in
        row = [left]
        for j, other in enumerate(meant, start=1):
            best = above[j - 1] + (0.0 if letter == other else substitution(letter, other))
            best = min(best, above[j] + put_in, left + gone[j - 1])
            if i > 1 and j > 1 and letter == meant[j - 2] and written[i - 2] == other:
                best = min(best, rows[-2][j - 2] + SWAPPED)
            row.append(best)
            left = best
        if letter in _SOUND_OF:
            _hear(written, i, meant, rows, row)
        if min(row) >= most:
            return most
        rows.append(row)
    return min(most, rows[-1][-1] + _of_first_letters(written, meant))


def _hear(written: str, i: int, meant: str, rows: list[list[float]], row: list[float]) -> None:
    """Lower the costs in `row` where written[:i] ends as meant[:j] sounds."""
    for wrong, right, price in _SOUND_OF[written[i - 1]]:
        if not written.endswith(wrong, 0, i):
            continue
        j = meant.find(right)
        while j >= 0:
            end = j + len(right)
            row[end] = min(row[end], rows[i - len(wrong)][j] + price)
            j = meant.find(right, j + 1)


def _of_first_letters(written: str, meant: str) -> float:
    """People seldom get the first letter wrong, unless they swap it with the second."""
    if bare(written[0]) == bare(meant[0]) or written[:2] == meant[1::-1]:
        return 0.0
    return FIRST_LETTER
