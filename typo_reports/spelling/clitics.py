"""Spanish verbs with pronouns behind them: pasándole, decirlo, dígaselo. Few dictionaries have all.

The pronouns move the stress, so the accent must stand where the verb alone is stressed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from typo_reports.spelling.dictionary import Dictionary, HunspellDictionary

_PRONOUN = "(?:me|te|se|nos|os|los|las|les|lo|la|le)"
_PLAIN = str.maketrans("áéíóú", "aeiou")
_GERUND = re.compile(rf"(\w+)([áéí])ndo{_PRONOUN}{{1,2}}")
_INFINITIVE = re.compile(rf"(\w+[aeií]r){_PRONOUN}")
_INFINITIVE_WITH_TWO = re.compile(rf"(\w+)([áéí])r{_PRONOUN}{{2}}")
# Stressed on the last syllable but one: «factúran», not «facturán».
_ORDER = re.compile(rf"(\w*[áéíóú][iu]?[^\Waeiouáéíóú]+[aeo]n?){_PRONOUN}{{1,2}}")


def open_dictionary(folder: Path, code: str) -> Dictionary:
    """The dictionary of that language in the folder; raises DictionaryError if it can't be read."""
    dictionary = HunspellDictionary(folder, code)
    return SpanishDictionary(dictionary) if code.partition("-")[0] == "es" else dictionary


class SpanishDictionary:
    """A dictionary that knows such verbs, too."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def knows(self, word: str) -> bool:
        """Whether the word is spelled right, as it is written."""
        ask = self._dictionary.knows
        return ask(word) or is_verb_with_pronouns(word.lower(), ask)

    def suggests(self, word: str) -> list[str]:
        """What the dictionary itself would offer; slow."""
        return self._dictionary.suggests(word)


def is_verb_with_pronouns(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether the word (in lower case) is a verb that is known, with pronouns and its accent."""
    if found := _INFINITIVE.fullmatch(word):
        return knows(found[1])
    if found := _INFINITIVE_WITH_TWO.fullmatch(word):
        return knows(f"{found[1]}{found[2].translate(_PLAIN)}r")
    if found := _GERUND.fullmatch(word):
        return knows(f"{found[1]}{found[2].translate(_PLAIN)}ndo")
    if found := _ORDER.fullmatch(word):
        return knows(found[1].translate(_PLAIN))
    return False
