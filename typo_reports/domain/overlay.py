"""Laying a report's window of text over another text: which letter of mine is which of yours.

Both texts are folded for finding. Where a page was edited in between they agree only in parts, so a
piece is carried over by the runs of letters left and right of it that stand in both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Letters around a piece that take part.
REACH = 48
_MOST_PROBES = 32
# Places of one probe that are considered.
_MOST_PLACES = 4
# A piece this long tells its place by itself.
_LONG = 24
# How much further apart the letters left and right of an edit may stand.
_DRIFT = 24
_MOST_SHIFTS = 8
# A longer run says no more; so much of it is worth one letter more or less between the sides.
_ENOUGH = 16
_STRETCH = 0.15
# On a page like passages stand around: there longer runs say more, and a probe that agrees is worth
# so much in letters. The next line of a list may begin and end as the passage's own does.
_ENOUGH_ON_PAGE = 24
_PROBE_ON_PAGE = 1.0

_DENSE = re.compile("[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Grain:
    """How many letters say how much: lengths of a probe for one place, and of a run to compare."""

    probe: int
    stride: int
    run: int
    anchor: int


ALPHABETIC = Grain(probe=8, stride=4, run=4, anchor=6)
# One sign of Han, kana or Hangul says as much as two or three letters.
DENSE = Grain(probe=4, stride=2, run=2, anchor=3)


# One window is weighed again at every place that it is laid over.
@lru_cache(maxsize=64)
def grain_of(text: str) -> Grain:
    """The grain of the script that most of the text is written in."""
    return DENSE if 2 * len(_DENSE.findall(text)) >= len(text) > 0 else ALPHABETIC


@dataclass(frozen=True, slots=True)
class Overlay:
    """My piece carried into your text: your text[start:end], and how sure that is (0 to 1).

    `left` and `right` count the letters next to the piece, without a gap, that agree.
    """

    start: int
    end: int
    agreement: float
    left: int
    right: int


def overlay(mine: str, start: int, end: int, yours: str) -> Overlay | None:
    """Carry mine[start:end] into another report's window; None where nothing of it stands there.

    Both windows are cut from a page at will, so what one of them lacks says nothing.
    """
    shifts = (0, 0)
    if mine != yours:
        found = _shifts(mine, start, end, yours, (0, len(yours)), _DRIFT)
        if found is None:
            return None
        shifts = found
    low, high = _carried(start, end, shifts, len(yours))
    left = min(REACH, start, low)
    right = min(REACH, len(mine) - end, len(yours) - high)
    return _laid(mine, start, end, yours, (low, high), (left, right))


def overlay_page(
    mine: str, start: int, end: int, page: str, *, at: int, slack: int
) -> Overlay | None:
    """Carry mine[start:end] to about page[at:]; what the page lacks counts against it.

    The surroundings may stand up to `slack` further away on either side.
    """
    reach = min(REACH, start), min(REACH, len(mine) - end)
    if at >= start and page.startswith(mine, at - start):
        return Overlay(at, at + end - start, 1.0, *reach)
    within = max(0, at - start - slack), at - start + len(mine) + slack
    drift = within[1] - within[0]
    shifts = _shifts(mine, start, end, page, within, drift, on_page=True)
    if shifts is None:
        return None
    return _laid(mine, start, end, page, _carried(start, end, shifts, len(page)), reach)


def _carried(start: int, end: int, shifts: tuple[int, int], length: int) -> tuple[int, int]:
    low, high = sorted(max(0, min(length, at)) for at in (start + shifts[0], end + shifts[1]))
    return low, high


def _laid(
    mine: str, start: int, end: int, yours: str, place: tuple[int, int], reach: tuple[int, int]
) -> Overlay:
    low, high = place
    left, right = reach
    ours = [mine[start - left : start], mine[end : end + right]]
    theirs = [yours[max(0, low - left) : low], yours[high : high + right]]
    if end - start >= _LONG:
        ours.append(mine[start:end])
        theirs.append(yours[low:high])
    return Overlay(
        low,
        high,
        1.0 if ours == theirs else _agreement(ours, theirs, grain_of(mine).run),
        _run_left(mine, start, yours, low - start),
        _run_right(mine, end, yours, high - end),
    )


def _agreement(ours: list[str], theirs: list[str], run: int) -> float:
    """How many short runs of letters both share (Dice).

    Runs, not letters in step: a word put in between must not count against all that follows it.
    """
    our_runs = {part for text in ours for part in _runs(text, run)}
    their_runs = {part for text in theirs for part in _runs(text, run)}
    total = len(our_runs) + len(their_runs)
    return 2 * len(our_runs & their_runs) / total if total else 0.0


def _runs(text: str, run: int) -> list[str]:
    return [text[at : at + run] for at in range(len(text) - run + 1)]


def _shifts(
    mine: str,
    start: int,
    end: int,
    yours: str,
    within: tuple[int, int],
    drift: int,
    *,
    on_page: bool = False,
) -> tuple[int, int] | None:
    """How far the letters left and right of the piece stand from mine; None if no probe is found.

    Most probes agree on one shift; left and right of an edit there are two.
    """
    votes: dict[int, int] = {}
    grain = grain_of(mine)
    for at in _probe_places(mine, start, end, grain):
        probe = mine[at : at + grain.probe]
        found = yours.find(probe, *within)
        for _ in range(_MOST_PLACES):
            if found < 0:
                break
            votes[found - at] = votes.get(found - at, 0) + 1
            found = yours.find(probe, found + 1, within[1])
    if not votes:
        return None
    return _fitting(mine, start, end, yours, votes, drift, on_page=on_page)


def _fitting(
    mine: str,
    start: int,
    end: int,
    yours: str,
    votes: dict[int, int],
    drift: int,
    *,
    on_page: bool,
) -> tuple[int, int]:
    """The shifts of both sides: long unbroken runs next to the piece, and a piece of like length.

    A side without such a run follows the other.
    """
    best = max(votes, key=lambda shift: (votes[shift], -abs(shift)))
    near = sorted(
        (shift for shift in votes if abs(shift - best) <= drift), key=lambda shift: -votes[shift]
    )[:_MOST_SHIFTS]
    enough, probe_worth = (_ENOUGH_ON_PAGE, _PROBE_ON_PAGE) if on_page else (_ENOUGH, 0.0)
    lefts = [(shift, min(enough, _run_left(mine, start, yours, shift))) for shift in near]
    rights = [(shift, min(enough, _run_right(mine, end, yours, shift))) for shift in near]
    fits = [
        (
            left_run
            + right_run
            - _STRETCH * abs(right - left)
            + probe_worth * (votes[left] + votes[right]),
            votes[left] + votes[right],
            left,
            right,
        )
        for left, left_run in lefts
        for right, right_run in rights
        if end + right >= start + left
    ]
    _, _, left, right = max(fits)
    return left, right


def _probe_places(mine: str, start: int, end: int, grain: Grain) -> list[int]:
    last = len(mine) - grain.probe
    if last < 0:
        return []
    low = max(0, start - REACH)
    high = min(last, end + REACH - grain.probe)
    step = max(grain.stride, (high - low) // _MOST_PROBES)
    return list(range(low, high + 1, step)) or [min(low, last)]


def _run_left(mine: str, at: int, yours: str, shift: int) -> int:
    """How many letters before `at` agree at this shift, without a gap; at most the reach."""
    there = at + shift
    if there > len(yours):
        return 0
    most = min(REACH, at, max(0, there))
    ours, theirs = mine[at - most : at], yours[there - most : there]
    if ours == theirs:
        return most
    return next(
        count for count in range(most) if ours[most - 1 - count] != theirs[most - 1 - count]
    )


def _run_right(mine: str, at: int, yours: str, shift: int) -> int:
    """How many letters from `at` agree at this shift, without a gap; at most the reach."""
    there = at + shift
    if there < 0:
        return 0
    most = max(0, min(REACH, len(mine) - at, len(yours) - there))
    ours, theirs = mine[at : at + most], yours[there : there + most]
    if ours == theirs:
        return most
    return next(count for count in range(most) if ours[count] != theirs[count])
