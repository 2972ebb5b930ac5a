"""One language, ready to be asked: its dictionary and its frequencies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from typo_reports.spelling.british import is_british
from typo_reports.spelling.candidates import RARE_MOST, Candidate, candidates
from typo_reports.spelling.dictionary import Dictionary
from typo_reports.spelling.findings import (
    MISSPELLED,
    MOST_SUGGESTIONS,
    RUN_TOGETHER,
    SPLIT_WORD,
    Finding,
)
from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.ranking import certainty, ranked_on_page
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import Word, is_no_word, looks_like_a_name

_CAPITAL_NOUNS = {"de", "lb"}
# How much surer the engine must be of a word that looks like a name, or that the page repeats.
_NAME_PENALTY = 3.0
_OPENING_PENALTY = 0.6
_REPEATED_PENALTY = 1.5
OFTEN = 3
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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known apart from the passage: accepted words (lower case), and the page's words.

    `most_unknown` bounds the work; findings that score less than `least` may be left out.
    """

    accepted: Collection[str] = ()
    page: PageWords = NO_PAGE
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
        if self.code == "en" and is_british(plain, ask):
            return True
        # An elided article or a clitic is no part of the word: l'histoire, ваш-то.
        parts = [part for part in plain.split("'") if len(part) > 1]
        if "'" in plain and self.code in {"fr", "it", "ca"}:
            return all(ask(part) for part in parts)
        return plain.isupper() and (ask(plain.lower()) or ask(plain.capitalize()))

    def _candidates(self, plain: str, rare: bool = True) -> tuple[Candidate, ...]:
        return tuple(candidates(plain, self.dictionary, self.vocabulary, rare=rare))

    def fixes(self, plain: str, page: PageWords = NO_PAGE, *, rare: bool = True) -> list[Candidate]:
        """Up to three words that may be meant by one on that page, the likeliest first."""
        found = ranked_on_page(plain, self.candidates(plain, rare), page, self.vocabulary)
        return found[:MOST_SUGGESTIONS]

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
            is_rare = doubt <= RARE_MOST - surroundings.least
            found = self.fixes(word.plain, surroundings.page, rare=is_rare)
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
                certainty(word.plain, best, self.vocabulary) - doubt,
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
        if surroundings.page.count(word.plain) >= OFTEN:
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
