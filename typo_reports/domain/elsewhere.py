"""The same error elsewhere: which words are looked for, and where a text holds them.

Words are compared by the fold that decides (normal form, white space, unseen marks), whole, and
with a capital where a sentence or a headline gives one. What is right in itself has to stand in
the same company: then a neighbouring word must agree.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from typo_reports.domain.correction import change_of
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.folding import fold_to_decide
from typo_reports.domain.piece import changed_words, in_word
from typo_reports.domain.report import text_error
from typo_reports.domain.selector import Selector
from typo_reports.domain.words import N_, NN_

WORDS_MOST = 8
TEXT_MOST = 80
# More of one word on one page is no slip any more.
ON_A_PAGE_MOST = 20

# What the wrong words are: no word of the language, a word of it, a phrase, or nobody can tell.
MISSPELLING, REAL_WORD, PHRASE, UNKNOWN = "misspelling", "real-word", "phrase", "unknown"

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_UNSEEN = "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_APOSTROPHES = "['’ʼ]"
_SENTENCE_END = frozenset('.!?…:•\n\u2028»”"“„«(–—')
_NEAR = 60
_TELLING = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: `wrong` is to become `right`.

    `before` and `after` are the words beside it where it was reported, "" where there is none;
    `is_small` says that the wrong words are written with a capital only because they open a
    sentence.
    """

    wrong: str
    right: str
    before: str = ""
    after: str = ""
    is_small: bool = False

    @property
    def key(self) -> bytes:
        """The same for the same words, whatever their first letter."""
        plain = f"{fold_to_decide(self.wrong).casefold()}\0{fold_to_decide(self.right).casefold()}"
        return hashlib.sha256(plain.encode("utf-8", "replace")).digest()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """text[start:end] holds the wrong words; `agrees` if a word beside them does, too."""

    start: int
    end: int
    right: str
    agrees: bool


def sought_of(selector: Selector, suggestion: str | None) -> Sought | None:
    """What a case with this correction has readers look for; None without one, or if too long.

    A word that is only added or taken away is looked for together with its neighbours.
    """
    change = change_of(selector.exact, suggestion)
    if change is None:
        return None
    text, base = selector.window, selector.span[0]
    low, high = changed_words(text, base, change)
    right = text[low : base + change.start] + change.replacement
    right += text[base + change.end : high]
    wrong = text[low:high]
    if not wrong.strip() or not right.strip():
        left, far = _word_before(text, low), _word_after(text, high)
        if left and wrong.strip() and left[2] == wrong.strip():
            far = None
        right = (text[left[0] : low] if left else "") + right + (text[high : far[1]] if far else "")
        low, high = left[0] if left else low, far[1] if far else high
        wrong = text[low:high]
    sought = _sought(text, low, high, right)
    return sought if sought.wrong and _is_short(sought.wrong) and _is_short(right) else None


def _sought(text: str, low: int, high: int, right: str) -> Sought:
    before, after = _word_before(text, low), _word_after(text, high)
    return Sought(
        _plain(text[low:high]),
        _plain(right),
        before[2].casefold() if before else "",
        after[2].casefold() if after else "",
        is_small=_opens(text, low),
    )


def _is_short(text: str) -> bool:
    return len(text) <= TEXT_MOST and len(text.split()) <= WORDS_MOST


def checked(wrong: str, right: str, like: Sought | None = None) -> Sought:
    """What an editor has written, with the neighbours of `like` if it seeks the same.

    Raises InvalidFieldsError (`wrong`, `right`).
    """
    for field, text in (("wrong", wrong), ("right", right)):
        error = text_error(field, text, TEXT_MOST)
        if error is not None:
            raise InvalidFieldsError([error])
        if not _plain(text):
            raise InvalidFieldsError.of(
                field, "required", N_("Write what is wrong, and what is right.")
            )
        if not _is_short(_plain(text)):
            raise InvalidFieldsError.of(
                field,
                "too-long",
                NN_("At most %(num)s word.", "At most %(num)s words.", WORDS_MOST),
            )
    found = Sought(_plain(wrong), _plain(right))
    if found.wrong == found.right:
        raise InvalidFieldsError.of("right", "same", N_("Right and wrong are the same."))
    if not any(character.isalnum() for character in found.wrong):
        raise InvalidFieldsError.of(
            "wrong", "no-word", N_("Only words are looked for, not signs alone.")
        )
    if like is not None and like.wrong == found.wrong:
        return Sought(found.wrong, found.right, like.before, like.after, like.is_small)
    return found


def occurrences(text: str, sought: Sought, *, held: Collection[str] = ()) -> list[Occurrence]:
    """Where the text holds the wrong words, the first ON_A_PAGE_MOST of them.

    What stands within a text of `held` (the house style) is right there, and what is corrected
    already (the wrong words within the right ones) is, too.
    """
    found: list[Occurrence] = []
    kept = [fold_to_decide(one) for one in held]
    for spelling, right in _spellings(sought):
        for match in _pattern(spelling).finditer(text):
            start, end = match.span()
            if not _is_whole(text, start, end) or _is_within(text, start, end, [right, *kept]):
                continue
            found.append(Occurrence(start, end, right, _agrees(text, start, end, sought)))
    found.sort(key=lambda one: one.start)
    return found[:ON_A_PAGE_MOST]


def _spellings(sought: Sought) -> Iterator[tuple[str, str]]:
    wrong, right = sought.wrong, sought.right
    yield wrong, right
    if wrong.casefold() == right.casefold():
        # The letter case is the error.
        return
    known = {wrong}
    capital = wrong[:1].upper() + wrong[1:], right[:1].upper() + right[1:]
    small = wrong[:1].lower() + wrong[1:], right[:1].lower() + right[1:]
    for spelled in (capital, (wrong.upper(), right.upper()), *([small] if sought.is_small else [])):
        if spelled[0] not in known and len(wrong) > 1:
            known.add(spelled[0])
            yield spelled


def _pattern(words: str) -> re.Pattern[str]:
    """What matches the words however they are composed, spaced, and hyphenated unseen."""
    return re.compile(f"{_UNSEEN}*".join(_one(character) for character in words))


def _one(character: str) -> str:
    if character.isspace():
        return r"\s+"
    if character in "'’ʼ":
        return _APOSTROPHES
    decomposed = unicodedata.normalize("NFD", character)
    if decomposed != character:
        return f"(?:{re.escape(character)}|{re.escape(decomposed)})"
    return re.escape(character)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = _beside(text, start - 1, -1), _beside(text, end, 1)
    if in_word(text[start]) and before and (in_word(before) or before == "_"):
        return False
    if not in_word(text[end - 1]):
        return True
    if after and (in_word(after) or after == "_" or unicodedata.combining(after)):
        return False
    # "can't" does not hold "can"; "l'hopital" does hold "hopital".
    return not re.match(rf"{_APOSTROPHES}\w", text[end : end + 2])


def _beside(text: str, at: int, step: int) -> str:
    while 0 <= at < len(text) and unicodedata.category(text[at]) == "Cf":
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _is_within(text: str, start: int, end: int, rights: Collection[str]) -> bool:
    """Whether one of the texts stands here and covers the span."""
    core = fold_to_decide(text[start:end]).casefold()
    for right in rights:
        if core not in right.casefold() or len(right) <= len(core):
            continue
        room = len(right) + 4
        here = text[max(0, start - room) : end + room]
        offset = start - max(0, start - room)
        for match in _pattern(right).finditer(here):
            if match.start() <= offset and match.end() >= offset + end - start:
                return True
    return False


def _agrees(text: str, start: int, end: int, sought: Sought) -> bool:
    """Whether both neighbours are the same as in the report, or a telling one of them."""
    left, right = _word_before(text, start), _word_after(text, end)
    before = left[2].casefold() if left else ""
    after = right[2].casefold() if right else ""
    if before == sought.before and after == sought.after:
        return bool(before or after)
    # "the" stands beside everything.
    same = {before} & {sought.before} | {after} & {sought.after}
    return any(len(word) >= _TELLING for word in same)


def _word_before(text: str, at: int) -> tuple[int, int, str] | None:
    """The word (start, end, itself) that ends before `at`, in the same sentence or line."""
    begin = max(0, at - _NEAR)
    last = next(iter(deque(_WORD.finditer(text, begin, at), maxlen=1)), None)
    if last is None or _parts(text[last.end() : at]):
        return None
    start, end = last.span()
    if not in_word(text[end - 1]):
        start = end - 1
    return start, end, fold_to_decide(text[start:end])


def _word_after(text: str, at: int) -> tuple[int, int, str] | None:
    found = _WORD.search(text, at, at + _NEAR)
    if found is None or _parts(text[at : found.start()]):
        return None
    start, end = found.span()
    if not in_word(text[start]):
        end = start + 1
    return start, end, fold_to_decide(text[start:end])


def _parts(between: str) -> bool:
    return any(character in ".!?\n" for character in between)


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at].rstrip(" \t\u00a0'‘’([")
    return not before or before[-1] in _SENTENCE_END


def _plain(text: str) -> str:
    return fold_to_decide(text).strip()
