"""English a and an: which one the sound of the next word asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# A capital A that opens no sentence is a letter.
_ARTICLE = re.compile(
    r"(?:(?<![\w.'(&/-])(?P<small>an?)|(?:^|(?<=[.!?] )|(?<=\n))(?P<opening>An?))"
    r" (?P<next>[a-z]{3,30})(?![\w.(/_:])"
)
# Written with a vowel, spoken with a consonant: a user, a European, a one-off.
_SPOKEN_CONSONANT = re.compile(
    r"(?:eu|ew|one|once|ouija|u(?:ni(?!n|m|d)|s(?!h)|ti|tens|r[aiou]|bi|ku|fo|topi|to(?!u)))"
)
_VOWEL = re.compile(r"[aeio]|u[nplmtgs]")
# Not h, for some say an historic; not x and y, and no letters that people spell.
_CONSONANT = re.compile(r"[bcdfgjklmnpqrstvwz]")
# After the letter a, the note, the first of a list.
_NO_NOUNS = frozenset(
    {"and", "are", "also", "after", "all", "any", "above", "again", "instead", "into", "its"}
    | {"only", "onto", "over", "our", "out", "off", "until", "unless", "either", "else"}
    | {"upon", "under"}
)


def wrong_articles(text: str, knows: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Start and end of each wrong article, and the right one."""
    for found in _ARTICLE.finditer(text):
        name = "small" if found["small"] else "opening"
        article, word = found[name], found["next"]
        if word in _NO_NOUNS or not knows(word):
            continue
        if len(article) == 1 and _VOWEL.match(word) and not _SPOKEN_CONSONANT.match(word):
            yield *found.span(name), article + "n"
        elif len(article) == 2 and (_CONSONANT.match(word) or _SPOKEN_CONSONANT.match(word)):
            yield *found.span(name), article[0]
