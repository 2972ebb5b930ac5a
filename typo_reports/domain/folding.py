"""Two folds of text: a blind one to find a passage with, a careful one to decide with.

Deciding with the blind fold would hide one correction in eleven (accents, case, quotes); finding
with the careful one would lose passages whose no-break spaces, soft hyphens, decomposed letters
or glued blocks differ between a browser's text and a server's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Stands, in a text of unchanged length, for a code point that the fold leaves out.
_GONE = "\0"
# Above this many different code points to replace, one translate pass is cheaper than replaces.
_MANY = 128
_BLOCK = 4096

_SINGLE_QUOTES = "'`´‘’‚‛′‹›ʼʹ＇׳"
_DOUBLE_QUOTES = '"“”„‟«»″〝〞〟＂״'
_DASHES = "-‐‑‒–—―−﹘﹣－־"
_LEFT_OUT_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
_TATWEEL = "\u0640"
_SPECIAL = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    _TATWEEL: _GONE,
    "ı": "i",
    "ς": "σ",
}
_JAMO_LEADS = frozenset(map(chr, range(0x1100, 0x1113)))
_JAMO = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
# Scripts whose spelling needs joiners: Persian writes two different words without one and with.
_JOINED_SCRIPTS = "\u0600-\u08ff\u0900-\u0dff\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc"
_ZERO_WIDTH = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    f"|(?<![{_JOINED_SCRIPTS}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED_SCRIPTS}])"
)
_SPACES = re.compile(r"\s+")
# The mark of a footnote, as encyclopaedias and their readers write it.
NOTE = re.compile(r"\[\d{1,3}\]")

_folded_characters: dict[str, str] = {}
_unchanged_characters: set[str] = set()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for finding; `text` is shorter than its source by what was left out."""

    text: str
    _mapped: str

    def source(self, offset: int) -> int:
        """Where in the source the folded code point at `offset` stands (end of text: its end)."""
        if len(self.text) == len(self._mapped):
            return offset
        if offset >= len(self.text):
            return len(self._mapped)
        low, high, still = 0, len(self._mapped), offset
        while high - low > 1:
            middle = (low + high) // 2 if high - low <= _BLOCK else low + _BLOCK
            kept = middle - low - self._mapped.count(_GONE, low, middle)
            if kept > still:
                high = middle
            else:
                low, still = middle, still - kept
        return low

    def folded(self, offset: int) -> int:
        """How many folded code points stand before the source offset."""
        return offset - self._mapped.count(_GONE, 0, offset)

    def without_notes(self) -> Folded:
        """The same without the marks of footnotes."""
        if "[" not in self.text:
            return self
        mapped = NOTE.sub(lambda note: _GONE * len(note.group()), self._mapped)
        return Folded(mapped.replace(_GONE, ""), mapped)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the folded span, without what was left out at either edge."""
        if start >= end:
            at = self.source(start)
            return at, at
        return self.source(start), self.source(end - 1) + 1


def fold_to_find(text: str, *, notes: bool = True) -> Folded:
    """Without white space, case, accents, kinds of quotes and dashes, and invisible marks.

    Without `notes` the marks of footnotes, "[12]", are left out as well.
    """
    mapped = _mapped(text)
    folded = Folded(mapped.replace(_GONE, ""), mapped)
    return folded if notes else folded.without_notes()


def fold_to_decide(text: str) -> str:
    """Composed (NFC), runs of white space as one space, without zero-width marks and hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text))
    return _SPACES.sub(" ", text)


def _mapped(text: str) -> str:
    """The text with every code point replaced by one other; its length never changes."""
    if text.isascii():
        characters = set(text.lower())
        lowered = text.lower()
    else:
        # The one letter whose lower case is longer than itself.
        lowered = text.replace("İ", "i").lower()
        characters = set(lowered)
        if not characters.isdisjoint(_JAMO_LEADS):
            lowered = _JAMO.sub(_compose, lowered)
            characters = set(lowered)
    # Most of a page's signs are known to stay what they are; Han has thousands of them.
    changed = {
        character: folded
        for character in characters - _unchanged_characters
        if (folded := _fold_character(character)) != character
    }
    if len(changed) < len(characters):
        _unchanged_characters.update(characters.difference(changed))
    if len(changed) > _MANY:
        return lowered.translate({ord(old): new for old, new in changed.items()})
    for old, new in changed.items():
        lowered = lowered.replace(old, new)
    return lowered


def _compose(match: re.Match[str]) -> str:
    jamo = match.group()
    return unicodedata.normalize("NFC", jamo) + _GONE * (len(jamo) - 1)


def _fold_character(character: str) -> str:
    folded = _folded_characters.get(character)
    if folded is None:
        folded = _folded_characters[character] = _folded_character(character)
    return folded


def _folded_character(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isspace() or unicodedata.category(character) in _LEFT_OUT_CATEGORIES:
        return _GONE
    decomposed = unicodedata.normalize("NFKD", character).lower()
    base, rest = decomposed[0], decomposed[1:]
    if base.isspace() or any(unicodedata.category(mark) != "Mn" for mark in rest):
        return character
    if unicodedata.category(base) in _LEFT_OUT_CATEGORIES:
        return _GONE
    return _SPECIAL.get(base, base)
