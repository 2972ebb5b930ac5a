"""Errors that need no dictionary: alphabets mixed within a word, words written twice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from typo_reports.spelling.findings import DOUBLED_WORD, MIXED_SCRIPTS, Finding
from typo_reports.spelling.words import Word, script_of

# Letters that look the same, Latin first. Each pair is written for the other by mistake.
_LATIN = "aceopxyABCEHIKMOPTXYjiså"
_CYRILLIC = "асеорхуАВСЕНІКМОРТХУјіѕӓ"
_GREEK_LATIN = "AoBEZHIKMNOPTYXv"
_GREEK = "ΑοΒΕΖΗΙΚΜΝΟΡΤΥΧν"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC + _GREEK, _LATIN + _GREEK_LATIN)
_TO_GREEK = str.maketrans(_GREEK_LATIN, _GREEK)
_LOOKALIKE_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK"}
# Words that are rightly written twice, by language; elsewhere any doubled word is suspicious.
_RIGHTLY_TWICE = {
    "en": {"had", "that", "is", "her", "ha", "bye", "no", "so", "very", "blah"},
    "de": {"die", "der", "das", "sie", "denen", "dem", "den", "ha"},
    "fr": {"nous", "vous", "ha", "très", "en"},
    "es": {"ja", "no", "muy", "sí"},
    "it": {"piano", "quasi", "così", "via", "ciao", "man"},
    "ru": {"да", "нет", "еле", "чуть", "очень", "ха", "вот", "так", "тихо", "долго"},
    "nl": {"die", "dat", "je", "zo"},
    "id": None,
    "ms": None,
    "vi": None,
}
_MIXED_SCORE = 6.0
_DOUBLED_SCORE = 4.5
# Letters that are words in Cyrillic: а, о, с, у.
_LONE_LATIN = frozenset("aocy")
_LONE_SCORE = -1.0
_SPACES = " \u00a0"
_GAP = re.compile(r"[ \t\u00a0\n]{1,4}")


def mixed_scripts(words: Sequence[Word]) -> Iterator[Finding]:
    """Words with a letter of another alphabet that looks the same: «cлово» with a Latin c."""
    for word in words:
        scripts = {script_of(letter) for letter in word.text} & _LOOKALIKE_SCRIPTS
        if len(scripts) < 2:
            continue
        fix = _in_one_script(word.text, scripts)
        if fix is not None:
            yield Finding(word.start, word.end, word.text, MIXED_SCRIPTS, (fix,), _MIXED_SCORE)


def strange_letters(text: str, words: Sequence[Word]) -> Iterator[Finding]:
    """A word of one letter from another alphabet: «c помощью» with a Latin c.

    It may be a variable, so that running text is left alone.
    """
    for at, word in enumerate(words):
        if word.text not in _LONE_LATIN or word.code or at + 1 == len(words):
            continue
        after = words[at + 1]
        before = words[at - 1] if at else after
        is_amid = all(script_of(one.text[0]) == "CYRILLIC" for one in (before, after))
        if is_amid and after.start - word.end == 1 and text[word.end] in _SPACES:
            fix = word.text.translate(_TO_CYRILLIC)
            yield Finding(word.start, word.end, word.text, MIXED_SCRIPTS, (fix,), _LONE_SCORE)


def _in_one_script(text: str, scripts: set[str]) -> str | None:
    """The word in the alphabet that it can be written in by changing fewest letters, if any."""
    forms = []
    for script, table in (
        ("CYRILLIC", _TO_CYRILLIC),
        ("LATIN", _TO_LATIN),
        ("GREEK", _TO_GREEK),
    ):
        if script not in scripts:
            continue
        form = text.translate(table)
        if {script_of(letter) for letter in form} & _LOOKALIKE_SCRIPTS == {script}:
            changed = sum(a != b for a, b in zip(text, form, strict=True))
            forms.append((changed, form))
    # With a letter of the alphabet that has no twin in the other it is no mistake: «Hбез».
    return min(forms)[1] if forms else None


def doubled_words(text: str, words: Sequence[Word], language: str) -> Iterator[Finding]:
    """A short word straight after itself: "the the". The second one is to go."""
    rightly = _RIGHTLY_TWICE.get(language, set())
    if rightly is None:
        return
    for first, second in itertools.pairwise(words):
        between = text[first.end : second.start]
        if first.plain.lower() != second.plain.lower() or not _GAP.fullmatch(between):
            continue
        # Names and emphasis are doubled on purpose: "Duran Duran", "That That".
        if second.text[0].isupper() or second.plain.lower() in rightly:
            continue
        if "\n" in between or len(second.text) > 12:
            continue
        yield Finding(
            first.start, second.end, text[first.start : second.end], DOUBLED_WORD,
            (first.text,), _DOUBLED_SCORE,
        )  # fmt: skip
