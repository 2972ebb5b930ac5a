"""One language, ready to be asked: its dictionary and its frequencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from typo_reports.spelling.british import is_british
from typo_reports.spelling.candidates import RARE_MOST, Candidate, candidates
from typo_reports.spelling.dictionary import Dictionary
from typo_reports.spelling.doubt import CAPITAL_NOUNS, Surroundings, doubt
from typo_reports.spelling.findings import (
    MISSPELLED,
    MOST_SUGGESTIONS,
    RUN_TOGETHER,
    SPLIT_WORD,
    Finding,
)
from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.ranking import certainty, near_on_page, ranked_on_page
from typo_reports.spelling.vocabulary import Vocabulary
from typo_reports.spelling.words import Word, is_no_word

_LEAST_JOINED = 2.0
_JOINING_DOUBT = 1.7
_HALF_KNOWN_PENALTY = 1.0
# The score of an unknown word for which there is no fix, before doubt: below nearly all that have
# one, above names. It is probably a term.
_NO_FIX = -6.0
# With more doubt than this, rare forms are not worth the time that finding them takes.
_DOUBT_FOR_RARE = 1.5
# How much surer the page must make us of what is no word: an abbreviation, an identifier.
_ODD_DOUBT = 5.0


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
            yield from self._judged(word, surroundings)

    def _judged(self, word: Word, surroundings: Surroundings) -> Iterator[Finding]:
        if is_no_word(word):
            yield from self._odd_on_page(word, surroundings.page)
            return
        doubted = self._doubt(word, surroundings)
        # Rare forms take long to find, and can't outweigh more doubt than this.
        is_rare = doubted <= min(_DOUBT_FOR_RARE, RARE_MOST - surroundings.least)
        found = self.fixes(word.plain, surroundings.page, rare=is_rare)
        score = certainty(word.plain, found[0], self.vocabulary) if found else _NO_FIX
        kind = RUN_TOGETHER if found and " " in found[0].text else MISSPELLED
        fixes = tuple(candidate.text for candidate in found)
        yield Finding(word.start, word.end, word.text, kind, fixes, score - doubted)

    def _odd_on_page(self, word: Word, page: PageWords) -> Iterator[Finding]:
        """An abbreviation or an identifier that the page writes otherwise, and more often."""
        near = near_on_page(word.plain, page)
        if near is not None:
            yield Finding(
                word.start, word.end, word.text, MISSPELLED, (near.text,), near.score - _ODD_DOUBT
            )

    def _is_left_alone(self, word: Word, surroundings: Surroundings) -> bool:
        plain = word.plain
        if plain.lower() in surroundings.accepted or self.knows(plain):
            return True
        # The first part of a compound with its joining s, the rest behind a hyphen: Arbeits-.
        joins = word.hyphen and self.code in CAPITAL_NOUNS and plain.endswith("s")
        return joins and self.knows(plain[:-1])

    def _doubt(self, word: Word, surroundings: Surroundings) -> float:
        plain = word.plain
        return doubt(
            word,
            self.code,
            self.vocabulary,
            surroundings.page,
            self.is_english,
            # An English word is more likely to be one than a noun without its capital.
            lacks_capital=plain.islower()
            and self.code in CAPITAL_NOUNS
            and self.dictionary.knows(plain.capitalize())
            and not self.is_english(plain),
        )

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
