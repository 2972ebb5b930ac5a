"""British spellings, told by the American ones that the bundled dictionary knows instead."""

from __future__ import annotations

import re
from collections.abc import Callable

_BRITISH = (
    (re.compile(r"our(?=$|s$|ed$|ing|able|ful|ite|hood|less)"), "or"),
    (re.compile(r"is(?=(?:e|ed|es|er|ers|ing|able|ation|ations|ational)$)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|es|er|ing)$)"), "yz"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers|ery|ist|ous)$)"), "l"),
    (re.compile(r"(?<=cent|heat)re(?=s?$)|(?<=met|lit|fib)re(?=s?$)"), "er"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"^grey(?=$|s$|ed$|er$|est$|ing$|ish$|scale)"), "gray"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"amme(?=s?$)"), "am"),
)


def is_british(word: str, knows: Callable[[str], bool]) -> bool:
    """Whether the word is the British spelling of one that the dictionary knows."""
    for pattern, replacement in _BRITISH:
        other = pattern.sub(replacement, word)
        if other != word and knows(other):
            return True
    return False
