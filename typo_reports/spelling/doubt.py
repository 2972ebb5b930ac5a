"""What speaks for a word that no dictionary knows being meant as it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import Word, looks_like_a_name

CAPITAL_NOUNS = {"de", "lb"}
# How much surer the engine must be of a word that looks like a name, or that the page repeats.
_NAME_PENALTY = 3.0
_OPENING_PENALTY = 0.6
_REPEATED_PENALTY = 1.5
OFTEN = 3
# English words stand in texts of every language, as code and as names.
_ENGLISH_PENALTY = 2.5
# Without a list of what is written though no dictionary knows it.
_UNTOLD_PENALTY = 0.9
# A long word has no neighbour by chance, a short one nearly always has.
_PER_LETTER = 0.35
_USUAL_LENGTH = 6
_LENGTH_MOST = 2.5
_LENGTH_LEAST = -1.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known apart from the passage: accepted words (lower case), and the page's words.

    `most_unknown` bounds the work; findings that score less than `least` may be left out.
    """

    accepted: Collection[str] = ()
    page: PageWords = NO_PAGE
    most_unknown: int = 12
    least: float = 0.0


def doubt(
    word: Word,
    code: str,
    vocabulary: Vocabulary,
    page: PageWords,
    is_english: Callable[[str], bool],
    *,
    lacks_capital: bool = False,
) -> float:
    """In the units of a Zipf frequency; more where the word is in use, looks like a name, is short.

    `lacks_capital`: the dictionary knows it with a capital. Lists of frequencies fold capitals,
    so its use says nothing about whether the capital is missing.
    """
    found = (
        UNLISTED if vocabulary.is_empty or lacks_capital else vocabulary.zipf(word.plain.lower())
    )
    if not vocabulary.tells_use:
        found += _UNTOLD_PENALTY
    if is_english(word.plain.lower()):
        found += _ENGLISH_PENALTY
    if looks_like_a_name(word, nouns_are_capital=code in CAPITAL_NOUNS):
        found += _NAME_PENALTY
    elif word.text[0].isupper():
        found += _OPENING_PENALTY
    if page.count(word.plain) >= OFTEN:
        found += _REPEATED_PENALTY
    length = _PER_LETTER * (len(word.plain) - _USUAL_LENGTH)
    return found - max(_LENGTH_LEAST, min(_LENGTH_MOST, length))
