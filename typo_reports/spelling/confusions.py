"""Right words in the wrong place: its own and it's own, may better then, se a hecho.

A handful of patterns for each language in which one of two words that people confuse can't stand.
They are few, so that they are nearly always right: nobody reads a false alarm twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from typo_reports.spelling.articles import wrong_articles
from typo_reports.spelling.confused import CONFUSED
from typo_reports.spelling.findings import GRAMMAR, Finding
from typo_reports.spelling.words import in_the_case_of

# As sure as a misspelled word with a likely fix.
_SCORE = 3.0
# What is longer is no passage; the patterns take a microsecond a character.
_MOST_CHARACTERS = 20_000


def confusions(text: str, code: str, knows: Callable[[str], bool]) -> Iterator[Finding]:
    """A finding for each word that is confused with another; `knows` tells words of the language.

    `code` is the language; most have no patterns.
    """
    language = code.partition("-")[0]
    part = text[:_MOST_CHARACTERS].replace("’", "'")
    for pattern, right in CONFUSED.get(language, ()):
        for found in pattern.finditer(part):
            wrong = found["wrong"]
            fix = in_the_case_of(wrong, found.expand(right))
            # A form that the pattern makes must be a word, unless the word itself is a new one.
            is_word = " " in fix or "-" in fix or knows(fix) or not knows(wrong)
            if fix.lower() != wrong.lower() and is_word:
                yield _finding(text, found.start("wrong"), found.end("wrong"), fix)
    if language == "en":
        for start, end, fix in wrong_articles(part, knows):
            yield _finding(text, start, end, fix)


def _finding(text: str, start: int, end: int, fix: str) -> Finding:
    return Finding(start, end, text[start:end], GRAMMAR, (fix,), _SCORE)
