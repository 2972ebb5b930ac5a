"""Letters that lists of frequencies fold, put back: ß for ss in German, the final ς in Greek.

wordfreq case-folds what it counts, and to Unicode ß folds to ss and ς to σ (Unicode Standard,
section 5.18). Without this *ausser* is a frequent word and *außer* one that nobody writes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

# The languages whose lists are compiled otherwise for it.
FOLDED = frozenset({"de", "el"})
_SHARP = "ß"
# Both spellings are words (Masse, Maße), counted as one: each is a little rarer than both.
_SHARED = 0.3
# Of a word with more places every form would be tried, and there are none.
_MOST_PLACES = 3


def unfolded(
    code: str, word: str, zipf: float, knows: Callable[[str], bool]
) -> Iterator[tuple[str, float]]:
    """The words (lower case) with their Zipf frequencies that one of a folded list stands for.

    `knows` is asked for a word as dictionaries have it, in lower case or with a capital.
    """
    forms = [form for form in _forms(code.partition("-")[0], word) if _is_known(form, knows)]
    if not forms:
        yield word, zipf
        return
    share = _SHARED if _is_known(word, knows) else 0.0
    if share:
        yield word, zipf - share
    for form in forms:
        yield form, zipf - share


def _is_known(word: str, knows: Callable[[str], bool]) -> bool:
    return knows(word) or knows(word.capitalize())


def _forms(language: str, word: str) -> Iterator[str]:
    if language == "el" and word.endswith("σ"):
        yield word[:-1] + "ς"
    if language == "de" and 0 < word.count("ss") <= _MOST_PLACES:
        pieces = re.split("(ss)", word)
        choices = [("ss", _SHARP) if piece == "ss" else (piece,) for piece in pieces]
        yield from (form for form in map("".join, itertools.product(*choices)) if form != word)
