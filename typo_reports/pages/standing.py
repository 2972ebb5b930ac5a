"""What stands at one place of a page: the wrong piece, the right one, or neither."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from typo_reports.domain.folding import NOTE, Folded, fold_to_decide, fold_to_find
from typo_reports.domain.overlay import Overlay, grain_of
from typo_reports.domain.piece import in_word
from typo_reports.pages.target import Target
from typo_reports.pages.text import PageText

# How far off a piece may stand where neither of its edges is anchored.
_NEAR = 24
_NEARBY = 64
# About a paragraph to either side.
_AROUND = 300
_LINGERING_MOST = 2
_LOOKED_AT_MOST = 64
# No page can make a word, or the marks on a letter, without end.
_LONGEST_WORD = 64
# A browser's text parts blocks where a server's may glue them.
_SPACES = re.compile(r"\s+")
_BLOCK_ENDS = ("\n", "\u2028", "\t")
# The rest of a decomposed Korean syllable, which is one letter to whoever finds it.
_JAMO = re.compile("[\u1161-\u11c2]")
_QUOTES = str.maketrans({**dict.fromkeys("’‘‛`´′", "'"), **dict.fromkeys("“”„‟«»″", '"')})


@dataclass(frozen=True, slots=True)
class Place:
    """Where the target would be on the page, in folded code points, and how much speaks for it."""

    target: Target
    page: PageText
    there: Overlay

    @property
    def folded(self) -> Folded:
        """The page's text as it was searched."""
        return folded_for(self.target, self.page)

    @property
    def anchor(self) -> int:
        """So many letters that agree next to the piece tell exactly where it starts or ends."""
        return grain_of(self.target.window).anchor

    @property
    def anchored(self) -> bool:
        """Whether both edges are told exactly."""
        return min(self.there.left, self.there.right) >= self.anchor

    def span(self) -> tuple[int, int]:
        """The source span of what stands here now, whole words."""
        start, end = self.folded.source_span(self.there.start, self.there.end)
        text = self.page.text
        first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
        while start > first and _joined(text, start):
            start -= 1
        while start < end < last and _joined(text, end):
            end += 1
        return start, _with_marks(text, end)

    def standing(self, piece: str) -> tuple[int, int] | None:
        """The source span of `piece` here, letter for letter and as whole words; None if not."""
        found = [
            (self._away(at, end), span)
            for at, end in self._expected(_folded_piece(piece, self.target.has_notes))
            if self._same(span := self._source(at, end), piece) and self._at_edges(at, end, span)
        ]
        return min(found)[1] if found else None

    def nearby(self, piece: str) -> tuple[int, int] | None:
        """The source span of `piece` as whole words somewhere near, nearest first; None if not."""
        folded, text = _folded_piece(piece, self.target.has_notes), self.folded.text
        if self.anchored or not folded:
            return None
        low, high = max(0, self.there.start - _NEARBY), self.there.end + _NEARBY
        found = []
        while (at := text.find(folded, low, high)) >= 0:
            end = at + len(folded)
            span = self._source(at, end)
            if self._same(span, piece) and self._at_edges(at, end, span):
                found.append((self._away(at, end), span))
            low = at + 1
        return min(found)[1] if found else None

    def lingers(self) -> bool:
        """Whether the wrong piece stands around here as a whole word, and nearly nowhere else.

        A word that stands on the page again and again is one of the language.
        """
        near = self.folded.source_span(
            max(0, self.there.start - _AROUND),
            min(len(self.folded.text), self.there.end + _AROUND),
        )
        found = list(islice(self._words_like(self.target.wrong), _LINGERING_MOST + 1))
        return len(found) <= _LINGERING_MOST and any(near[0] <= at < near[1] for at in found)

    def _words_like(self, piece: str) -> Iterator[int]:
        """Where on the page this piece stands as whole words."""
        folded, text, at = _folded_piece(piece, self.target.has_notes), self.folded.text, -1
        for _ in range(_LOOKED_AT_MOST if folded else 0):
            at = text.find(folded, at + 1)
            if at < 0:
                return
            start, end = self._source(at, at + len(folded))
            is_word = not _joined(self.page.text, start) and not _joined(self.page.text, end)
            if is_word and self._same((start, end), piece):
                yield start

    def punctuated(self, wrong: tuple[int, int]) -> bool:
        """Whether nothing but punctuation came in between the wrong piece and its surroundings."""
        start, end = self.span()
        rest = self.page.text[start : wrong[0]] + self.page.text[wrong[1] : end]
        return self.anchored and bool(rest.strip()) and not any(map(str.isalnum, rest))

    def _expected(self, folded: str) -> list[tuple[int, int]]:
        """Where the piece would stand: right at an anchored edge, else near the expected place."""
        there, text, length = self.there, self.folded.text, len(folded)
        if not folded:
            return []
        edges = [there.start] * (there.left >= self.anchor)
        edges += [max(0, there.end - length)] * (there.right >= self.anchor)
        if edges:
            found = [at for at in dict.fromkeys(edges) if text.startswith(folded, at)]
            return [(at, at + length) for at in found]
        found = []
        at = text.find(folded, max(0, there.start - _NEAR))
        while 0 <= at <= there.end + _NEAR:
            found.append(at)
            at = text.find(folded, at + 1)
        return [(at, at + length) for at in found]

    def _away(self, at: int, end: int) -> int:
        return min(abs(at - self.there.start), abs(end - self.there.end))

    def _source(self, at: int, end: int) -> tuple[int, int]:
        start, end = self.folded.source_span(at, end)
        return start, _with_marks(self.page.text, end)

    def _same(self, span: tuple[int, int], piece: str) -> bool:
        text, piece = self.page.text[span[0] : span[1]], piece.strip()
        if not NOTE.search(piece):
            text = NOTE.sub("", text)
        if self._is_blind_to_quotes():
            text, piece = text.translate(_QUOTES), piece.translate(_QUOTES)
        if fold_to_decide(text) == fold_to_decide(piece):
            return True
        return fold_to_decide(_unblocked(text)) == fold_to_decide(_unblocked(piece))

    def _is_blind_to_quotes(self) -> bool:
        """Whether quotes decide nothing: a page may draw them anew; but not if they were wrong."""
        target = self.target
        return target.right is None or (
            target.right.translate(_QUOTES) != target.wrong.translate(_QUOTES)
        )

    def _at_edges(self, at: int, end: int, span: tuple[int, int]) -> bool:
        """Whether the piece is not a part of longer words, unless it was one when reported.

        Where a block ended it may now be glued to the same next word as before.
        """
        window, start, stop = self.target.window, self.target.start, self.target.end
        there, text = self.there, self.page.text
        if _joined(text, span[0]) and not _joined(window, start):
            glued = at == there.start and there.left >= self.anchor
            if not glued or window[start - 1 : start] not in _BLOCK_ENDS:
                return False
        if _joined(text, span[1]) and not _joined(window, stop):
            glued = end == there.end and there.right >= self.anchor
            if not glued or window[stop : stop + 1] not in _BLOCK_ENDS:
                return False
        return True


# The same few pieces are looked for at every place.
@lru_cache(maxsize=64)
def _folded_piece(piece: str, notes: bool) -> str:
    return fold_to_find(piece, notes=notes).text


def folded_for(target: Target, page: PageText) -> Folded:
    """The page's text to search for this target: footnote marks in between are overlooked."""
    return page.folded if target.has_notes else page.folded_without_notes


def _unblocked(text: str) -> str:
    """Without the white space where blocks end; linear however long a run of it is."""
    return _SPACES.sub(
        lambda run: "" if any(end in run.group() for end in _BLOCK_ENDS) else run.group(), text
    )


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and in_word(text[at - 1]) and in_word(text[at])


def _with_marks(text: str, end: int) -> int:
    last = min(len(text), end + _LONGEST_WORD)
    while end < last and (unicodedata.category(text[end]) == "Mn" or _JAMO.match(text[end])):
        end += 1
    return end
