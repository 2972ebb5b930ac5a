"""What one report says is wrong, in a frame that other reports of the same place share.

A frame is the report's own window of text (prefix, passage, suffix) folded for finding, so that
two readers' windows can be laid over each other although no page text is at hand at intake.
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from typing import Any

from typo_reports.domain.correction import Change, change_of
from typo_reports.domain.folding import fold_to_decide, fold_to_find
from typo_reports.domain.selector import Selector

# Folded code points kept each side: what 64 raw ones come to in most scripts. One length for all,
# so that different selections with the same correction give one and the same piece.
CONTEXT = 48
# Look-up keys of one piece; a word has about 8.
MAX_KEYS = 24
_GRAM = 8
# A key in every window of so many runs; wider for longer texts. Wider ones choose among the keys
# of narrower ones, so a word's keys and its sentence's keys meet.
_WINDOWS = (12, 24, 48, 96)
_LONGEST = (70, 150, 350)


@dataclass(frozen=True, slots=True)
class Piece:
    """A suspected error: window[start:end] of folded text.

    `fix` names what a reader's correction makes of which words, "" where there is none.
    `offset` is the piece's place on the page as the reporting browser counted it, or None;
    `revision` names the state of the page, if known: the same name, the same text.
    """

    window: str
    start: int
    end: int
    fix: str = ""
    offset: int | None = None
    revision: str | None = None

    @property
    def corrected(self) -> bool:
        """Whether the piece is known from a correction."""
        return bool(self.fix)

    @property
    def length(self) -> int:
        """Folded code points that are suspected."""
        return self.end - self.start

    def to_json(self) -> list[Any]:
        """The piece as a small JSON list."""
        fields = [self.window, self.start, self.end, self.fix, self.offset]
        return fields if self.revision is None else [*fields, self.revision]

    @classmethod
    def from_json(cls, data: list[Any]) -> Piece:
        """The piece of `to_json`."""
        window, start, end, fix, offset, *revision = data
        return cls(window, start, end, fix, offset, *revision)


def piece_of(selector: Selector, suggestion: str | None, revision: str | None = None) -> Piece:
    """The suspected piece: what the suggestion changes, else the passage without its fringes."""
    raw = selector.window
    start, end = selector.span
    change = change_of(selector.exact, suggestion)
    if change is None:
        core, fix = _without_fringes(raw, start, end), ""
    else:
        core = changed_words(raw, start, change)
        fix = _fix(raw, core, start, change)
    folded = fold_to_find(raw)
    low, high = folded.folded(core[0]), folded.folded(core[1])
    if low == high:
        low, high = max(0, low - 1), min(len(folded.text), high + 1)
    offset = None if selector.start is None else selector.start + core[0] - start
    left, right = max(0, low - CONTEXT), min(len(folded.text), high + CONTEXT)
    return Piece(folded.text[left:right], low - left, high - left, fix, offset, revision)


def _fix(raw: str, core: tuple[int, int], base: int, change: Change) -> str:
    """The wrong words and the right ones, as 8 hex digits."""
    low, high = base + change.start, base + change.end
    right = raw[core[0] : low] + change.replacement + raw[high : core[1]]
    return _hash(f"{fold_to_decide(raw[slice(*core)])}\0{fold_to_decide(right)}")


def key_of(piece: Piece) -> str:
    """A short name of the piece: 8 hex digits."""
    return _hash(
        f"{piece.start}:{piece.end}:{piece.fix}:{piece.offset}:{piece.revision}:{piece.window}"
    )


def keys_of(piece: Piece) -> tuple[str, ...]:
    """The smallest hash of every window of runs (winnowing): equal texts give equal keys."""
    text = piece.window
    hashes = [_hash(text[at : at + _GRAM]) for at in range(max(1, len(text) - _GRAM + 1))]
    width = _WINDOWS[sum(len(text) > longest for longest in _LONGEST)]
    smallest = {min(hashes[at : at + width]) for at in range(max(1, len(hashes) - width + 1))}
    return tuple(sorted(smallest)[:MAX_KEYS])


def _hash(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def changed_words(raw: str, base: int, change: Change) -> tuple[int, int]:
    """The change widened to the words it cuts; a change between words is left as it is."""
    start, end = base + change.start, base + change.end
    removed, put = raw[start:end], change.replacement
    first = removed[:1] or put[:1]
    last = removed[-1:] or put[-1:]
    if start == end and _joins(raw, start):
        first = last = raw[start]
    if first and in_word(first):
        start = _word_start(raw, start)
    if last and in_word(last):
        end = _word_end(raw, end)
    return start, end


def _joins(raw: str, at: int) -> bool:
    return 0 < at < len(raw) and in_word(raw[at - 1]) and in_word(raw[at])


def _without_fringes(raw: str, start: int, end: int) -> tuple[int, int]:
    """The passage without edge space and punctuation, cut words made whole."""
    low, high = start, end
    while low < high and not raw[low].isalnum():
        low += 1
    while low < high and not raw[high - 1].isalnum():
        high -= 1
    return cut_words_made_whole(raw, low, high) if low < high else (start, end)


def cut_words_made_whole(raw: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the words it cuts, without space at its edges.

    A single letter of a longer word at the edge of several words is a slip of the hand: it goes.
    """
    low, high = start, end
    while low < high and raw[low].isspace():
        low += 1
    while low < high and raw[high - 1].isspace():
        high -= 1
    if low == high:
        return start, end
    low = _slip_left(raw, low, high)
    high = _slip_right(raw, low, high)
    if in_word(raw[low]):
        low = _word_start(raw, low)
    return low, _word_end(raw, high) if in_word(raw[high - 1]) else high


def _slip_left(raw: str, low: int, high: int) -> int:
    if _joins(raw, low) and low + 1 < high and not raw[low + 1].isalnum():
        at = low + 1
        while at < high and not raw[at].isalnum():
            at += 1
        return at if at < high else low
    return low


def _slip_right(raw: str, low: int, high: int) -> int:
    if _joins(raw, high) and low < high - 1 and not raw[high - 2].isalnum():
        at = high - 1
        while at > low and not raw[at - 1].isalnum():
            at -= 1
        return at if at > low else high
    return high


def _word_start(raw: str, at: int) -> int:
    while at > 0 and in_word(raw[at - 1]):
        at -= 1
    return at


def _word_end(raw: str, at: int) -> int:
    while at < len(raw) and in_word(raw[at]):
        at += 1
    return at


def in_word(character: str) -> bool:
    """A letter, digit or mark of a script that puts spaces between words."""
    category = unicodedata.category(character)
    # Neither superscript figures (No), which mark notes.
    if category[0] in "LM" or category == "Nd":
        return not _written_without_spaces(character)
    return False


def _written_without_spaces(character: str) -> bool:
    if character < "\u0e00":
        return False
    return (
        "\u0e00" <= character <= "\u0eff"  # Thai, Lao
        or "\u1000" <= character <= "\u109f"  # Burmese
        or "\u1780" <= character <= "\u17ff"  # Khmer
        or "\u2e80" <= character <= "\ua4cf"  # kana, Han and their neighbours
        or "\uf900" <= character <= "\ufaff"
        or character >= "\U00020000"
    )
