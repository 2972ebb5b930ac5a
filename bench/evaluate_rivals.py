"""Simple ways to find a passage again, to compare with in the same run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from typo_reports.domain.selector import Selector
from typo_reports.pages.refind import refind
from typo_reports.pages.text import PageText

try:
    import edlib
except ImportError:  # an optional rival
    edlib = None

_CONTEXT = 64
_RAPIDFUZZ_CUTOFF = 65.0
_EDLIB_DISTANCE = 0.4


@dataclass(frozen=True, slots=True)
class Answer:
    """State, place and whether the method would close a case by itself."""

    state: str
    start: int | None
    end: int | None
    fixed: bool


def ours(selector: Selector, page: PageText, suggestion: str | None) -> Answer:
    """This project's own."""
    finding = refind(selector, page, suggestion=suggestion)
    return Answer(finding.state, finding.start, finding.end, finding.fixed)


def first_found(selector: Selector, page: PageText, suggestion: str | None) -> Answer:
    """The first place of the passage; fixed when there is none."""
    return _exactly(selector, page.text.find(selector.exact))


def nearest_found(selector: Selector, page: PageText, suggestion: str | None) -> Answer:
    """The place of the passage nearest to where it once was; fixed when there is none."""
    hint = selector.start or 0
    after = page.text.find(selector.exact, hint)
    before = page.text.rfind(selector.exact, 0, hint + len(selector.exact) - 1)
    places = [place for place in (before, after) if place >= 0]
    return _exactly(selector, min(places, key=lambda place: abs(place - hint), default=-1))


def _exactly(selector: Selector, at: int) -> Answer:
    if at < 0:
        return Answer("changed", None, None, fixed=True)
    return Answer("present", at, at + len(selector.exact), fixed=False)


def rapidfuzz_context(selector: Selector, page: PageText, suggestion: str | None) -> Answer:
    """The best partial match of passage and surroundings, then the passage within it."""
    prefix, suffix = selector.prefix[-_CONTEXT:], selector.suffix[:_CONTEXT]
    window = prefix + selector.exact + suffix
    found = fuzz.partial_ratio_alignment(window, page.text, score_cutoff=_RAPIDFUZZ_CUTOFF)
    if found is None:
        return Answer("gone", None, None, fixed=False)
    low, high = found.dest_start, found.dest_end
    return _within(selector, page, low, high, low + len(prefix), high - len(suffix))


def edlib_context(selector: Selector, page: PageText, suggestion: str | None) -> Answer:
    """The best semi-global alignment of passage and surroundings, then the passage within it."""
    prefix, suffix = selector.prefix[-_CONTEXT:], selector.suffix[:_CONTEXT]
    window = prefix + selector.exact + suffix
    most = int(len(window) * _EDLIB_DISTANCE)
    # edlib takes at most 256 different letters: all that the window lacks are one.
    text = re.sub(f"[^{re.escape(window)}]", "\0", page.text) if window else page.text
    found = edlib.align(window, text, mode="HW", task="locations", k=most)
    if found["editDistance"] < 0:
        return Answer("gone", None, None, fixed=False)
    low, high = found["locations"][0][0] or 0, found["locations"][0][1] + 1
    return _within(selector, page, low, high, low + len(prefix), high - len(suffix))


def _within(
    selector: Selector, page: PageText, low: int, high: int, start: int, end: int
) -> Answer:
    at = page.text.find(selector.exact, max(low, start - 8), high)
    if at >= 0:
        return Answer("present", at, at + len(selector.exact), fixed=False)
    return Answer("changed", start, max(start, end), fixed=True)


METHODS = {
    "Typo Reports": ours,
    "first indexOf": first_found,
    "nearest to the offset": nearest_found,
    "rapidfuzz over 64 of context": rapidfuzz_context,
} | ({"edlib over 64 of context": edlib_context} if edlib is not None else {})
