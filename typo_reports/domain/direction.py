"""In which direction a passage runs: as its page's language does, whatever the desk speaks."""

from __future__ import annotations

import unicodedata

RIGHT_TO_LEFT, LEFT_TO_RIGHT, AUTO = "rtl", "ltr", "auto"
_LANGUAGES = frozenset(
    {"ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug"}
    | {"ur", "yi"}
)
_SCRIPTS = frozenset(["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"])
# Pages often name a wrong language; one whose letters are rare in the passage isn't believed.
_LEAST_SHARE = 0.25


def of_language(lang: str) -> str:
    """`rtl` or `ltr` for a BCP 47 tag such as `he` or `az-Arab`."""
    first, *others = lang.lower().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), None)
    runs_left = script in _SCRIPTS if script else first in _LANGUAGES
    return RIGHT_TO_LEFT if runs_left else LEFT_TO_RIGHT


def of_passage(lang: str | None, *texts: str) -> str:
    """The value for `dir`: the language's where the texts have letters of it, else `auto`.

    `auto` alone asks the first letter, and a passage may well begin with a foreign word.
    """
    if not lang:
        return AUTO
    kinds = [unicodedata.bidirectional(letter) for text in texts for letter in text]
    counts = {
        RIGHT_TO_LEFT: kinds.count("R") + kinds.count("AL"),
        LEFT_TO_RIGHT: kinds.count("L"),
    }
    own = of_language(lang)
    return own if counts[own] > _LEAST_SHARE * sum(counts.values()) else AUTO
