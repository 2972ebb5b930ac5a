"""Words that dictionaries lack though their parts are known: prefixes, endings, compounds.

What is made so is probably no error, yet it may be one: a doubt, not a certainty.
"""

from __future__ import annotations

from collections.abc import Callable

# Prefixes that are put before any fitting word, by language.
_LEARNED = ("multi", "mini", "mega", "meta", "auto", "anti", "super", "inter", "poly", "pseudo")
_PREFIXES = {
    "en": (*_LEARNED, "un", "re", "non", "pre", "sub", "de", "micro", "hyper", "over", "cyber"),
    "de": (*_LEARNED, "un", "vor", "mikro", "hyper", "nicht", "sub", "cyber", "um", "unter"),
    "fr": (*_LEARNED, "re", "ré", "dé", "pré", "sous", "micro", "hyper", "non", "co", "cyber"),
    "es": (*_LEARNED, "re", "des", "pre", "sub", "micro", "hiper", "co", "ciber", "sobre"),
    "ru": (
        "мульти", "мини", "мега", "мета", "авто", "анти", "супер", "интер", "поли", "псевдо",
        "не", "пере", "пред", "под", "микро", "гипер", "кибер", "веб", "видео", "фото", "само",
    ),
}  # fmt: skip
# An ending that the word has, and that of the form which dictionaries have: comparatives, plural
# genitives, short adjectives, the older spelling of -ие.
_ENDINGS = {
    "ru": (
        ("ее", "ый"), ("ей", "ый"), ("ее", "ий"), ("ий", "ие"), ("ий", "ия"), ("", "а"),
        ("а", "ый"), ("о", "ый"), ("ы", "ый"), ("ье", "ие"), ("ья", "ия"), ("ью", "ию"),
        ("ьем", "ием"), ("ою", "ой"), ("ею", "ей"),
    ),
}  # fmt: skip
_SHORTEST_REST = 5
# What German puts between the parts of a compound.
_LINKS = ("s", "es", "n", "en")
_SHORTEST_PART = 4
_LONGEST = 40


def is_made_of_known(code: str, word: str, knows: Callable[[str], bool]) -> bool:
    """Whether the word (in lower case) is a known one with a usual prefix or a regular ending."""
    language = code.partition("-")[0]
    for prefix in _PREFIXES.get(language, ()):
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= _SHORTEST_REST and knows(rest):
            return True
    for ending, usual in _ENDINGS.get(language, ()):
        stem = word.removesuffix(ending)
        if word.endswith(ending) and len(stem) >= _SHORTEST_REST and knows(stem + usual):
            return True
    return language == "de" and len(word) <= _LONGEST and _is_compound(word, knows)


def _is_compound(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether two known words make it: Servervorlagen, Klassenselektor."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        left, right = word[:at], word[at:]
        if not (knows(right.capitalize()) or knows(right)):
            continue
        if any(
            knows(part.capitalize()) or knows(part)
            for part in (left, *(left.removesuffix(link) for link in _LINKS if left.endswith(link)))
            if len(part) >= _SHORTEST_PART
        ):
            return True
    return False
