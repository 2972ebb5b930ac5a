"""One language, ready to be asked: its dictionary and its frequencies."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from typo_reports.spelling.candidates import RARE_MOST, Candidate, candidates
from typo_reports.spelling.dictionary import Dictionary
from typo_reports.spelling.findings import (
    MISSPELLED,
    MOST_SUGGESTIONS,
    RUN_TOGETHER,
    SPLIT_WORD,
    Finding,
)
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import Word, is_no_word, looks_like_a_name

_CAPITAL_NOUNS = {"de", "lb"}
# How much surer the engine must be of a word that looks like a name, or that the page repeats.
_NAME_PENALTY = 3.0
_OPENING_PENALTY = 0.6
_REPEATED_PENALTY = 1.5
_OFTEN = 3
_LEAST_JOINED = 2.0
_JOINING_DOUBT = 1.7
_HALF_KNOWN_PENALTY = 1.0
# English words stand in texts of every language, as code and as names.
_ENGLISH_PENALTY = 1.5
# Without a list of what is written though no dictionary knows it.
_UNTOLD_PENALTY = 0.9
# A long word has no neighbour by chance, a short one nearly always has.
_PER_LETTER = 0.35
_USUAL_LENGTH = 6
_LENGTH_MOST = 2.5
_LENGTH_LEAST = -1.0


# British spellings and the American ones that the bundled dictionary knows instead.
_BRITISH = (
    (re.compile(r"our(?=$|s$|ed$|ing|able|ful|ite|hood|less)"), "or"),
    (re.compile(r"is(?=(?:e|ed|es|er|ers|ing|able|ation|ations|ational)$)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|es|er|ing)$)"), "yz"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers|ery|ist|ous)$)"), "l"),
    (re.compile(r"(?<=cent|heat)re(?=s?$)|(?<=met|lit|fib)re(?=s?$)"), "er"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"amme(?=s?$)"), "am"),
)


def _american(word: str) -> Iterator[str]:
    for pattern, replacement in _BRITISH:
        other = pattern.sub(replacement, word)
        if other != word:
            yield other


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known apart from the passage: accepted words, and counts of the page's words.

    `most_unknown` bounds the work; findings that score less than `least` may be left out.
    """

    accepted: Collection[str] = ()
    on_page: Callable[[str], int] = lambda _word: 0
    most_unknown: int = 12
    least: float = 0.0


class Language:
    """Asks dictionary and frequencies together. Answers are remembered: texts repeat words."""

    def __init__(
        self,
        code: str,
        dictionary: Dictionary,
        vocabulary: Vocabulary,
        *,
        english: Callable[[str], bool] = lambda _word: False,
    ) -> None:
        self.code = code
        self.dictionary = dictionary
        self.vocabulary = vocabulary
        self.is_english = english
        self.knows = lru_cache(maxsize=20_000)(self._knows)
        self.candidates = lru_cache(maxsize=2_000)(self._candidates)

    def _knows(self, plain: str) -> bool:
        ask = self.dictionary.knows
        if ask(plain) or ask(plain.replace("'", "’")):
            return True
        if self.code == "en" and any(ask(other) for other in _american(plain)):
            return True
        # An elided article or a clitic is no part of the word: l'histoire, ваш-то.
        parts = [part for part in plain.split("'") if len(part) > 1]
        if "'" in plain and self.code in {"fr", "it", "ca"}:
            return all(ask(part) for part in parts)
        return plain.isupper() and (ask(plain.lower()) or ask(plain.capitalize()))

    def _candidates(self, plain: str, rare: bool = True) -> tuple[Candidate, ...]:
        found = candidates(plain, self.dictionary, self.vocabulary, rare=rare)
        return tuple(found[:MOST_SUGGESTIONS])

    def misspelled(
        self, words: Sequence[Word], span: tuple[int, int], surroundings: Surroundings
    ) -> Iterator[Finding]:
        """A finding for each word within `span` that is unknown and has a likely fix."""
        judged = 0
        for at, word in enumerate(words):
            if word.end <= span[0] or word.start >= span[1] or judged >= surroundings.most_unknown:
                continue
            if self._is_left_alone(word, surroundings):
                continue
            judged += 1
            yield from self._joined_with_next(words, at)
            doubt = self._doubt(word, surroundings)
            # Rare forms take long to find, and can't outweigh more doubt than this.
            found = self.candidates(word.plain, doubt <= RARE_MOST - surroundings.least)
            if not found:
                continue
            best = found[0]
            kind = RUN_TOGETHER if " " in best.text else MISSPELLED
            yield Finding(
                word.start,
                word.end,
                word.text,
                kind,
                tuple(candidate.text for candidate in found),
                best.score - doubt,
            )

    def _is_left_alone(self, word: Word, surroundings: Surroundings) -> bool:
        plain = word.plain
        return is_no_word(word) or plain.lower() in surroundings.accepted or self.knows(plain)

    def _doubt(self, word: Word, surroundings: Surroundings) -> float:
        """What speaks for the word being meant as it is: it is in use, it looks like a name."""
        frequencies = self.vocabulary
        doubt = UNLISTED if frequencies.is_empty else frequencies.zipf(word.plain.lower())
        if not self.vocabulary.tells_use:
            doubt += _UNTOLD_PENALTY
        if self.is_english(word.plain.lower()):
            doubt += _ENGLISH_PENALTY
        if looks_like_a_name(word, nouns_are_capital=self.code in _CAPITAL_NOUNS):
            doubt += _NAME_PENALTY
        elif word.text[0].isupper():
            doubt += _OPENING_PENALTY
        if surroundings.on_page(word.text) >= _OFTEN:
            doubt += _REPEATED_PENALTY
        length = _PER_LETTER * (len(word.plain) - _USUAL_LENGTH)
        return doubt - max(_LENGTH_LEAST, min(_LENGTH_MOST, length))

    def _joined_with_next(self, words: Sequence[Word], at: int) -> Iterator[Finding]:
        """A word that fell in two: "informa tion"."""
        for first, second in ((at - 1, at), (at, at + 1)):
            if first < 0 or second >= len(words):
                continue
            left, right = words[first], words[second]
            joined = left.plain + right.plain
            if right.start - left.end != 1 or right.text[0].isupper():
                continue
            zipf = self.vocabulary.zipf(joined.lower())
            if zipf < _LEAST_JOINED or not self.knows(joined):
                continue
            both = not (self.knows(left.plain) or self.knows(right.plain))
            yield Finding(
                left.start,
                right.end,
                f"{left.text} {right.text}",
                SPLIT_WORD,
                (joined,),
                zipf - _JOINING_DOUBT - (0.0 if both else _HALF_KNOWN_PENALTY),
            )
