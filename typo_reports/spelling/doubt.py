"""What speaks for a word that no dictionary knows being meant as it stands."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import Word, has_vowels, looks_like_a_name

CAPITAL_NOUNS = {"de", "lb"}
# How much surer the engine must be of a word that looks like a name, or that the page repeats.
_NAME_PENALTY = 4.5
_OPENING_PENALTY = 0.6
_REPEATED_PENALTY = 1.5
OFTEN = 3
# What a page writes thirty times is hardly what a reader stumbled over in one place.
_EACH_TENFOLD = 2.5
# Without a list of what is written though no dictionary knows it.
_UNTOLD_PENALTY = 0.9
_CODE_PENALTY = 2.0
# Without a vowel it is rather an abbreviation: npm, gpg.
_ABBREVIATION_PENALTY = 1.5
# A long word has no neighbour by chance, a short one nearly always has.
_PER_LETTER = 0.35
_USUAL_LENGTH = 6
_LENGTH_MOST = 2.5
_LENGTH_LEAST = -1.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known apart from the passage: accepted words (lower case), and the page's words.

    `most_unknown` bounds the work; findings that score less than `least` may be left out. Every
    word is doubted `prior` less, as those of another language are.
    """

    accepted: Collection[str] = ()
    page: PageWords = NO_PAGE
    most_unknown: int = 12
    least: float = 0.0
    prior: float = 0.0


def doubt(
    word: Word,
    code: str,
    vocabulary: Vocabulary,
    repeated: int,
    foreign: float,
    *,
    is_named: bool = False,
    lacks_capital: bool = False,
) -> float:
    """In the units of a Zipf frequency; more where the word is in use, looks like a name, is short.

    `repeated` is how often the page has it, in whatever form; `is_named` that it links a name,
    `foreign` what speaks for its being a word of another language.
    `lacks_capital`: the dictionary knows it with a capital. Lists of frequencies fold capitals,
    so its use says nothing about whether the capital is missing.
    """
    found = (
        UNLISTED if vocabulary.is_empty or lacks_capital else vocabulary.zipf(word.plain.lower())
    )
    if not vocabulary.tells_use:
        found += _UNTOLD_PENALTY
    found += foreign
    if is_named or looks_like_a_name(word, nouns_are_capital=code in CAPITAL_NOUNS):
        found += _NAME_PENALTY
    elif word.text[0].isupper():
        found += _OPENING_PENALTY
    if repeated >= OFTEN:
        found += _REPEATED_PENALTY + _EACH_TENFOLD * math.log10(repeated / OFTEN)
    if word.code:
        found += _CODE_PENALTY
    if not has_vowels(word.plain):
        found += _ABBREVIATION_PENALTY
    length = _PER_LETTER * (len(word.plain) - _USUAL_LENGTH)
    return found - max(_LENGTH_LEAST, min(_LENGTH_MOST, length))
