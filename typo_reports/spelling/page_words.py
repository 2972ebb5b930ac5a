"""The words of the page around a passage: what stands there is known, and likely to be meant."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from typo_reports.spelling.words import words_of

# Only so much of a page is read, and only so many different words of it are kept.
MOST_CHARACTERS = 120_000
MOST_WORDS = 3_000
_LONGEST = 40
# How much of what a page's next word will be is told by the page itself, not by the language.
_SHARE = 0.02
_THOUSAND_MILLION = 9.0
_MOST_NEAR = 20
# Forms of one word share so many letters and differ in so many at the end.
_STEM = 4
_ENDING = 3


class PageWords:
    """How often each word stands on a page, as it is written there.

    Build from counts that were kept, or with `PageWords.of(text)`.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts

    @classmethod
    def of(cls, text: str) -> PageWords:
        """Counted in the text; of a very long one only the beginning."""
        counts = Counter(one.plain for one in words_of(text[:MOST_CHARACTERS]))
        return cls(dict(counts.most_common(MOST_WORDS)))

    @cached_property
    def total(self) -> int:
        """How many words the page has."""
        return sum(self.counts.values())

    @cached_property
    def _in_any_case(self) -> dict[str, list[tuple[int, str]]]:
        forms: dict[str, list[tuple[int, str]]] = {}
        for text, count in self.counts.items():
            if len(text) <= _LONGEST:
                forms.setdefault(text.lower(), []).append((count, text))
        return forms

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        lengths: dict[int, list[str]] = {}
        for word in self._in_any_case:
            lengths.setdefault(len(word), []).append(word)
        return lengths

    def count(self, word: str) -> int:
        """How often the word stands on the page, in whatever case."""
        return sum(count for count, _ in self._in_any_case.get(word.lower(), ()))

    def kin(self, word: str, is_known: Callable[[str], bool]) -> int:
        """How often the word stands on the page in this and in other endings, known ones apart.

        A term that no dictionary knows is inflected; a misspelled word's kin are known words.
        """
        lower = word.lower()
        stem = lower[: max(_STEM, len(lower) - _ENDING)]
        total = self.count(lower)
        if len(lower) < len(stem) + 1:
            return total
        for other, forms in self._in_any_case.items():
            if other == lower or abs(len(other) - len(lower)) > _ENDING:
                continue
            if other.startswith(stem) and not any(is_known(text) for _, text in forms):
                total += sum(count for count, _ in forms)
        return total

    def form(self, word: str) -> str:
        """The word (in lower case) as the page mostly writes it; itself if it is not there."""
        return max(self._in_any_case.get(word, ((0, word),)))[1]

    def likelihood(self, word: str, zipf: float) -> float:
        """The Zipf frequency of a word on this page, from its frequency in the language."""
        count = self.count(word)
        if not count:
            return zipf
        here = _THOUSAND_MILLION + math.log10(_SHARE * count / self.total)
        return max(zipf, here) + math.log10(1 + 10 ** -abs(zipf - here))

    def near(self, written: str, far: int) -> Iterable[str]:
        """Words of the page at most `far` edits from `written` (in lower case), itself apart."""
        for length in range(len(written) - far, len(written) + far + 1):
            found = process.extract(
                written,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=far,
                limit=_MOST_NEAR,
            )
            yield from (word for word, distance, _ in found if distance)


NO_PAGE = PageWords({})
