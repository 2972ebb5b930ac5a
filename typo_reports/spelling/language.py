"""One language, ready to be asked: its dictionary and its frequencies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from typo_reports.spelling import elision
from typo_reports.spelling.affixes import is_made_of_known
from typo_reports.spelling.british import is_british
from typo_reports.spelling.candidate import Candidate
from typo_reports.spelling.candidates import RARE_MOST, candidates
from typo_reports.spelling.channel import MARK
from typo_reports.spelling.dictionary import Dictionary
from typo_reports.spelling.doubt import CAPITAL_NOUNS, OFTEN, Surroundings, doubt
from typo_reports.spelling.findings import (
    MISSPELLED,
    MOST_SUGGESTIONS,
    RUN_TOGETHER,
    Finding,
)
from typo_reports.spelling.glued import parted_at_capital
from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.ranking import certainty, near_on_page, ranked_on_page
from typo_reports.spelling.spaces import misplaced_spaces
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary
from typo_reports.spelling.words import Word, is_no_word, script_of, stands_in_a_name

# The score of an unknown word for which there is no fix, before doubt: below nearly all that have
# one, above names. It is probably a term.
_NO_FIX = -4.4
# With more doubt than this, rare forms are not worth the time that finding them takes.
_DOUBT_FOR_RARE = 1.5
# A left-out accent is rarely meant.
_MARK_SURER = 1.2
# Parts of a compound with hyphens are terms and names.
_HYPHEN_DOUBT = 2.5
# Of so few unknown words rare forms are always looked for.
_FEW = 2
# A capital within a Latin word is mostly meant: names, identifiers.
_CAMEL_DOUBT = 4.0
_CODE_DOUBT = 2.5
_OFTEN_DOUBT = 1.5
# Abbreviations have fewer letters.
_CAPITALS_LEAST = 5
_CAPITALS_DOUBT = 6.5
# How much surer the page must make us of what is no word: an abbreviation, an identifier.
_ODD_DOUBT = 5.0
# What a known word with a prefix or a regular ending is doubted less.
_MADE_DOUBT = 1.5
# English words stand in texts of every language, as code and as names; these less doubted by how
# frequent they are.
_ENGLISH_DOUBT = 2.5
_USED_LEAST = 2.7
_USED_LESS = 1.7


class Language:
    """Asks dictionary and frequencies together. Answers are remembered: texts repeat words."""

    def __init__(
        self,
        code: str,
        dictionary: Dictionary,
        vocabulary: Vocabulary,
        *,
        english: Callable[[], Language | None] = lambda: None,
    ) -> None:
        self.code = code
        self.dictionary = dictionary
        self.vocabulary = vocabulary
        # Loaded when first asked for; None where there is none, and for English itself.
        self.english = english
        self.knows = lru_cache(maxsize=20_000)(self._knows)
        self.candidates = lru_cache(maxsize=2_000)(self._candidates)

    def is_english(self, word: str) -> bool:
        """Whether the word is English, in a language that is not."""
        english = self.english() if word.isascii() else None
        return english is not None and english.knows(word)

    def is_foreign_by(self, word: str) -> float:
        """What speaks for a word being English: 0, more if English texts use it, most if known.

        What English texts use though no dictionary knows it is a name or a term (linux, util).
        """
        if self.is_english(word):
            return _ENGLISH_DOUBT
        english = self.english() if word.isascii() else None
        used = english.vocabulary.zipf(word) if english is not None else UNLISTED
        return min(_ENGLISH_DOUBT, used - _USED_LESS) if used >= _USED_LEAST else 0.0

    def _knows(self, plain: str) -> bool:
        ask = self.dictionary.knows
        if ask(plain) or ask(plain.replace("'", "’")):
            return True
        if self.code == "en" and is_british(plain, ask):
            return True
        # An elided article or a clitic is no part of the word: l'histoire, ваш-то.
        parts = [part for part in plain.split("'") if len(part) > 1]
        if "'" in plain and elision.elides(self.code):
            return all(ask(part) for part in parts)
        return plain.isupper() and (ask(plain.lower()) or ask(plain.capitalize()))

    def _candidates(self, plain: str, rare: bool = True) -> tuple[Candidate, ...]:
        head, rest = elision.cut(self.code, plain)
        found = candidates(rest, self.dictionary, self.vocabulary, code=self.code, rare=rare)
        return tuple(elision.with_head(head, found) if head else found)

    def fixes(self, plain: str, page: PageWords = NO_PAGE, *, rare: bool = True) -> list[Candidate]:
        """Up to three words that may be meant by one on that page, the likeliest first."""
        found = ranked_on_page(plain, self.candidates(plain, rare), page, self.vocabulary)
        return found[:MOST_SUGGESTIONS]

    def misspelled(
        self, words: Sequence[Word], span: tuple[int, int], surroundings: Surroundings
    ) -> Iterator[Finding]:
        """A finding for each word within `span` that is unknown and has a likely fix.

        Looking for fixes takes time, so the least doubtful words come first.
        """
        unknown = [
            (self._doubt(words, at, surroundings), at)
            for at, word in enumerate(words)
            if word.end > span[0]
            and word.start < span[1]
            and not self._is_left_alone(word, surroundings)
        ]
        are_few = len(unknown) <= _FEW
        for doubted, at in sorted(unknown)[: surroundings.most_unknown]:
            yield from misplaced_spaces(words, at, self)
            yield from self._judged(words[at], doubted, surroundings, are_few=are_few)

    def _judged(
        self, word: Word, doubted: float, surroundings: Surroundings, *, are_few: bool
    ) -> Iterator[Finding]:
        glued = parted_at_capital(word.plain, self.knows, self.vocabulary)
        if glued is not None:
            yield self._glued(word, glued, surroundings.page)
            return
        if is_no_word(word):
            yield from self._odd_on_page(word, surroundings.page)
            yield from self._in_capitals(word, surroundings.page)
            return
        # Rare forms take long to find, and can't outweigh more doubt than this.
        worth = min(_DOUBT_FOR_RARE, RARE_MOST - surroundings.least)
        is_rare = doubted <= worth or are_few
        found = self.fixes(word.plain, surroundings.page, rare=is_rare)
        score = certainty(word.plain, found[0], self.vocabulary) if found else _NO_FIX
        if found and found[0].cost <= MARK and " " not in found[0].text:
            score += _MARK_SURER
        kind = RUN_TOGETHER if found and " " in found[0].text else MISSPELLED
        fixes = tuple(candidate.text for candidate in found)
        yield Finding(word.start, word.end, word.text, kind, fixes, score - doubted)

    def _glued(self, word: Word, meant: Candidate, page: PageWords) -> Finding:
        """What lost the space before a capital: filterSection. It may be a name or code, too."""
        plain = word.plain
        doubted = self.vocabulary.zipf(plain.lower())
        if script_of(plain[0]) == "LATIN":
            doubted += _CAMEL_DOUBT if plain[0].isupper() else _CODE_DOUBT
        doubted += _OFTEN_DOUBT if page.count(plain) >= OFTEN else 0.0
        score = meant.score - doubted
        return Finding(word.start, word.end, word.text, RUN_TOGETHER, (meant.text,), score)

    def _in_capitals(self, word: Word, page: PageWords) -> Iterator[Finding]:
        """A word of a heading in capitals, which may as well be an abbreviation."""
        if not word.text.isupper() or not word.text.isalpha() or len(word.text) < _CAPITALS_LEAST:
            return
        found = [one for one in self.fixes(word.plain, page, rare=False) if " " not in one.text]
        if found and page.count(word.plain) < OFTEN:
            score = certainty(word.plain, found[0], self.vocabulary) - _CAPITALS_DOUBT
            fixes = tuple(one.text for one in found)
            yield Finding(word.start, word.end, word.text, MISSPELLED, fixes, score)

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
        if self.code not in CAPITAL_NOUNS:
            return False
        # The first part of a compound with its joining s, the rest behind a hyphen: Arbeits-. And
        # the last part, which lost its capital: Dateien und -verzeichnisse.
        begins = word.hyphen and plain.endswith("s") and self.knows(plain[:-1])
        return begins or (word.joined and self.knows(plain.capitalize()))

    def _doubt(self, words: Sequence[Word], at: int, surroundings: Surroundings) -> float:
        word, nouns_are_capital = words[at], self.code in CAPITAL_NOUNS
        if is_no_word(word):
            return _ODD_DOUBT
        plain = word.plain
        found = doubt(
            word,
            self.code,
            self.vocabulary,
            surroundings.page.kin(plain, self.knows),
            self.is_foreign_by(plain.lower()),
            is_named=stands_in_a_name(words, at) and not nouns_are_capital,
            # An English word is more likely to be one than a noun without its capital.
            lacks_capital=plain.islower()
            and nouns_are_capital
            and self.dictionary.knows(plain.capitalize())
            and not self.is_english(plain),
        )
        if word.hyphen or word.joined:
            found += _HYPHEN_DOUBT
        if is_made_of_known(self.code, plain.lower(), self.knows):
            found += _MADE_DOUBT
        return found + surroundings.prior
