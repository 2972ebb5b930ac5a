"""What search compares: folded text, and the grams by which an index finds texts that may hold it.

A gram is a short run of characters as a number. The first character decides its length: two from
scripts that write words without spaces or in one or two characters, three from others. So each
gram that lies within a wanted text lies within every text that holds it, and an index over grams
leaves nothing out; what it finds too much is compared character by character afterwards.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable

# Two numbers for one gram in a million do no harm, and 24 bits make a small index.
_MASK = 0xFFFFFF
# More grams than that make a look-up slower, not narrower.
_GRAMS_MOST = 12
TEXT_MOST = 8_000
_AROUND = 64
# Thai; kana; Han; Hangul; more Han.
_SHORT = ((0x0E00, 0x0E7F), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF))
_MORE_HAN = 0x20000


def folded(text: str) -> str:
    """The text in NFC, without difference of case in any script, each white space one space."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


def text_of_case(exact: str, prefix: str, suffix: str, others: Iterable[str | None]) -> str:
    """All that is searched of a case, folded, at most TEXT_MOST code points.

    The passage with 64 code points around it is one part; title, address, corrections and
    comments are the others. A line break between the parts keeps a search from running across.
    """
    passage = prefix[-_AROUND:] + exact + suffix[:_AROUND]
    parts = [folded(part) for part in (passage, *others) if part]
    return "\n".join(dict.fromkeys(part for part in parts if part))[:TEXT_MOST]


def grams(text: str) -> set[int]:
    """The grams of a folded text."""
    found = set()
    for at, first in enumerate(text):
        length = 2 if _is_short(first) else 3
        gram = text[at : at + length]
        if len(gram) == length and "\n" not in gram:
            found.add(zlib.crc32(gram.encode()) & _MASK)
    return found


def wanted_grams(folded_query: str) -> list[int]:
    """Grams that every text with this query holds, spread over it; none if it is too short."""
    in_order = list(
        dict.fromkeys(
            gram
            for at in range(len(folded_query))
            for gram in grams(folded_query[at : at + (2 if _is_short(folded_query[at]) else 3)])
        )
    )
    step = max(1, -(-len(in_order) // _GRAMS_MOST))
    return in_order[::step]


def _is_short(character: str) -> bool:
    point = ord(character)
    if point < _SHORT[0][0]:
        return False
    return point >= _MORE_HAN or any(first <= point <= last for first, last in _SHORT)
