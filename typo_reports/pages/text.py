"""HTML to the text that a browser shows, with the way back into the source.

Blocks, line breaks and table cells are parted by one "\\n"; runs of white space are one space, but
stay in preformatted text; what never shows (scripts, `hidden`, `display: none`) is left out. Style
sheets are not read, so text that a class hides stays in.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from typo_reports.domain.folding import Folded, fold_to_find
from typo_reports.pages.elements import OpenElements, breaks_line
from typo_reports.pages.marks import Marked, Marks
from typo_reports.pages.markup import Text, tokens
from typo_reports.pages.positions import Positions

_SPACE = " \t\n\r\f"
# A run with single spaces, white space, a character reference, or a lone ampersand.
_PART = re.compile(
    r"(?P<run>[^ \t\n\r\f&]+(?: [^ \t\n\r\f&]+)*)|(?P<space>[ \t\n\r\f]+)"
    r"|(?P<reference>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?)|&"
)
_FOLDED = re.compile(
    r"\shidden[\s=>/]|<dialog\b|(?:display|visibility)\s{0,9}:\s{0,9}(?:none|hidden)", re.IGNORECASE
)
_LINE = re.compile(r"[^\n\r&]+|\r\n|[\n\r]|&(?:#\w{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?|&")


class PageText:
    """A page's visible text; offsets count code points.

    `runs` are (offset in text, offset in source, length, length in source), in order; within a
    run of equal lengths the letters stand one for one. `marked` are the parts of the text that the
    markup tells apart, in order; `titles` are what the page calls itself.
    """

    def __init__(
        self,
        text: str,
        runs: list[tuple[int, int, int, int]] | None = None,
        marked: Sequence[Marked] = (),
        titles: Sequence[str] = (),
    ) -> None:
        self.text = text
        self._marked, self._titles = marked, titles
        self._runs = runs if runs is not None else [(0, 0, len(text), len(text))]
        self._starts = [run[0] for run in self._runs]

    @cached_property
    def folded(self) -> Folded:
        """The text folded for finding, made once for all the passages looked for in it."""
        return fold_to_find(self.text)

    @cached_property
    def positions(self) -> Positions:
        """Which part of the page each place of the text belongs to."""
        return Positions(self.text, self._marked, self._titles)

    @cached_property
    def folded_without_notes(self) -> Folded:
        """The same without the marks of footnotes."""
        return self.folded.without_notes()

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the source, markup in between included."""
        if not self._runs:
            return 0, 0
        if end <= start:
            at = self._source(start)
            return at, at
        return self._source(start), self._source_end(end - 1)

    def _source(self, at: int) -> int:
        offset, source, length, source_length = self._run(at)
        if at - offset >= length:
            return source + source_length
        return source + (at - offset if length == source_length else 0)

    def _source_end(self, at: int) -> int:
        offset, source, length, source_length = self._run(at)
        return source + (at - offset + 1 if length == source_length else source_length)

    def _run(self, at: int) -> tuple[int, int, int, int]:
        return self._runs[max(0, bisect_right(self._starts, at) - 1)]


def may_unfold(source: str) -> bool:
    """Whether something on the page is not shown at first."""
    return _FOLDED.search(source) is not None


def page_text(source: str, *, titles: Sequence[str] = (), is_unfolded: bool = False) -> PageText:
    """The visible text of an HTML page; any string is accepted.

    With `is_unfolded` also what scripts may show later: behind "read more", in tabs and dialogs.
    """
    writer = _Writer(source)
    elements, marks = OpenElements(is_unfolded=is_unfolded), Marks()
    for token in tokens(source):
        if isinstance(token, Text):
            if not elements.hidden:
                writer.write(token.start, token.end, kept=elements.preformatted)
            continue
        was_hidden = elements.hidden
        elements.meet(token)
        marks.at(elements.mark, writer.length)
        if breaks_line(token.name) and not (was_hidden and elements.hidden):
            writer.break_line(token.start)
    marks.at(None, writer.length)
    return writer.page_text(marks.found, titles)


class _Writer:
    """Collects text and runs, with white space held back until something follows it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, int]] = []
        self.length = 0
        self._pending: tuple[str, int, int] | None = None

    def write(self, start: int, end: int, *, kept: bool) -> None:
        """Add source[start:end]; `kept` white space is preformatted."""
        pattern = _LINE if kept else _PART
        for match in pattern.finditer(self._source, start, end):
            self._add_part(match, kept)

    def _add_part(self, match: re.Match[str], kept: bool) -> None:
        found, start, end = match.group(), match.start(), match.end()
        if found[0] in _SPACE and not kept:
            self._hold(" ", start, end)
        elif found in ("\n", "\r", "\r\n"):
            # The first line end after a break is no line of its own.
            if self._pending is None:
                self._add("\n", start, end)
        elif found[0] == "&" and len(found) > 1:
            self._add(html.unescape(found), start, end)
        else:
            self._add(found, start, end)

    def break_line(self, at: int) -> None:
        """A block, a cell or a line ends or begins."""
        self._hold("\n", at, at)

    def page_text(self, marked: Sequence[Marked], titles: Sequence[str]) -> PageText:
        """What was collected."""
        return PageText("".join(self._parts), self._runs, marked, titles)

    def _hold(self, space: str, start: int, end: int) -> None:
        if self._pending is None or (space == "\n" and self._pending[0] == " "):
            self._pending = space, start, end

    def _add(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if self._pending is not None and self._parts:
            space, at, after = self._pending
            self._append(space, at, after)
        self._pending = None
        self._append(text, start, end)

    def _append(self, text: str, start: int, end: int) -> None:
        self._runs.append((self.length, start, len(text), end - start))
        self._parts.append(text)
        self.length += len(text)
