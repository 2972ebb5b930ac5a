"""In what language a sentence is: pages in any language quote English.

A sentence that is plainly English is judged by the English dictionary, for to another nearly all
its words are unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from typo_reports.spelling.words import Word, script_of

_BETWEEN_SENTENCES = re.compile(r"[.!?…:;]\s|[\n\u2028]")
# English words in other languages are mostly names and terms.
SINGLE_DOUBT = 2.5
_FEWEST = 5
# English words stand in sentences of other languages, and some words are in both.
_ENGLISH_SHARE = 0.7
_OWN_SHARE = 0.5


def apart(
    text: str,
    words: Sequence[Word],
    knows: Callable[[str], bool],
    english: Callable[[str], bool],
) -> tuple[list[Word], list[Word], list[Word]]:
    """Words of the page's language, of English sentences, and English words among the page's.

    Only where the page's language has letters of its own can a single word be told for English.
    """
    own: list[Word] = []
    quoted: list[Word] = []
    single: list[Word] = []
    for sentence in sentences(text, words):
        if is_english(sentence, knows, english):
            quoted += sentence
            continue
        has_own_letters = any(script_of(word.text[0]) not in {"LATIN", ""} for word in sentence)
        for word in sentence:
            is_single = has_own_letters and word.text.isascii()
            (single if is_single else own).append(word)
    return own, quoted, single


def sentences(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words in their sentences, in order."""
    some: list[Word] = []
    for word in words:
        if some and _BETWEEN_SENTENCES.search(text, some[-1].end, word.start):
            yield some
            some = []
        some.append(word)
    if some:
        yield some


def is_english(
    sentence: Sequence[Word], knows: Callable[[str], bool], english: Callable[[str], bool]
) -> bool:
    """Whether a sentence of a page in another language (which `knows` its words) is English."""
    words = [word.plain for word in sentence if len(word.text) > 1]
    if len(words) < _FEWEST or not words[0].isascii():
        return False
    known = sum(english(word) or english(word.lower()) for word in words)
    if known < _ENGLISH_SHARE * len(words):
        return False
    return sum(map(knows, words)) <= _OWN_SHARE * len(words)
