"""What stands at one place of a page: the wrong piece, the right one, or neither."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from typo_reports.domain.folding import fold_to_decide, fold_to_find
from typo_reports.domain.overlay import Overlay, grain_of
from typo_reports.domain.piece import in_word
from typo_reports.pages.target import Target
from typo_reports.pages.text import PageText

# How far off a piece may stand where neither of its edges is anchored.
_NEAR = 24
# No page can make a word, or the marks on a letter, without end.
_LONGEST_WORD = 64
# A browser's text parts blocks where a server's may glue them.
_BLOCK_EDGE = re.compile(r"\s*[\n\u2028\t]\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the target would be on the page, in folded code points, and how much speaks for it."""

    target: Target
    page: PageText
    there: Overlay

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
        start, end = self.page.folded.source_span(self.there.start, self.there.end)
        text = self.page.text
        first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
        while start > first and _joined(text, start):
            start -= 1
        while start < end < last and _joined(text, end):
            end += 1
        return start, _with_marks(text, end)

    def standing(self, piece: str) -> tuple[int, int] | None:
        """The source span of `piece` here, letter for letter and as whole words; None if not."""
        folded = fold_to_find(piece).text
        found = [
            (self._away(at, len(folded)), span)
            for at in self._expected(folded)
            if self._same(span := self._source(at, len(folded)), piece) and self._at_edges(span)
        ]
        return min(found)[1] if found else None

    def punctuated(self, wrong: tuple[int, int]) -> bool:
        """Whether nothing but punctuation came in between the wrong piece and its surroundings."""
        start, end = self.span()
        rest = self.page.text[start : wrong[0]] + self.page.text[wrong[1] : end]
        return self.anchored and bool(rest.strip()) and not any(map(str.isalnum, rest))

    def _expected(self, folded: str) -> list[int]:
        """Where the piece would start: right at an anchored edge, else near the expected place."""
        there, text = self.there, self.page.folded.text
        if not folded:
            return []
        edges = [there.start] * (there.left >= self.anchor)
        edges += [there.end - len(folded)] * (there.right >= self.anchor)
        if edges:
            return [at for at in dict.fromkeys(edges) if at >= 0 and text.startswith(folded, at)]
        found = []
        at = text.find(folded, max(0, there.start - _NEAR))
        while 0 <= at <= there.end + _NEAR:
            found.append(at)
            at = text.find(folded, at + 1)
        return found

    def _away(self, at: int, length: int) -> int:
        return min(abs(at - self.there.start), abs(at + length - self.there.end))

    def _source(self, at: int, length: int) -> tuple[int, int]:
        start, end = self.page.folded.source_span(at, at + length)
        return start, _with_marks(self.page.text, end)

    def _same(self, span: tuple[int, int], piece: str) -> bool:
        text, piece = self.page.text[span[0] : span[1]], piece.strip()
        if fold_to_decide(text) == fold_to_decide(piece):
            return True
        return fold_to_decide(_BLOCK_EDGE.sub("", text)) == fold_to_decide(
            _BLOCK_EDGE.sub("", piece)
        )

    def _at_edges(self, span: tuple[int, int]) -> bool:
        """Whether the piece is not a part of longer words, unless it was one when reported."""
        target, text = self.target, self.page.text
        left = _joined(text, span[0]) and not _joined(target.window, target.start)
        right = _joined(text, span[1]) and not _joined(target.window, target.end)
        return not left and not right


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and in_word(text[at - 1]) and in_word(text[at])


def _with_marks(text: str, end: int) -> int:
    last = min(len(text), end + _LONGEST_WORD)
    while end < last and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end
