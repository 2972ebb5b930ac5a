"""Laying one report's window over another's: which letter of mine is which letter of yours.

Both windows are folded for finding. Where a page was edited between two reports the windows agree
only in parts, so letters are carried over by the nearest run that stands in both.
"""

from __future__ import annotations

from dataclasses import dataclass

_PROBE = 8
_RUN = 4
_STRIDE = 4
_PROBES_EACH_SIDE = 8
_REACH = 48


@dataclass(frozen=True, slots=True)
class Overlay:
    """My piece carried into your window: your window[start:end], and how sure that is (0 to 1)."""

    start: int
    end: int
    agreement: float


def overlay(mine: str, start: int, end: int, yours: str) -> Overlay | None:
    """Carry mine[start:end] into `yours`; None where the surroundings do not stand there."""
    if mine == yours:
        return Overlay(start, end, 1.0)
    shifts = _shifts(mine, start, end, yours)
    if shifts is None:
        return None
    low, high = sorted(
        max(0, min(len(yours), place)) for place in (start + shifts[0], end + shifts[1])
    )
    return Overlay(low, high, _agreement(mine, start, end, yours, (low, high)))


def _shifts(mine: str, start: int, end: int, yours: str) -> tuple[int, int] | None:
    votes: dict[int, int] = {}
    for at in _probe_places(mine, start, end):
        probe = mine[at : at + _PROBE]
        found = yours.find(probe)
        for _ in range(4):
            if found < 0:
                break
            votes[found - at] = votes.get(found - at, 0) + 1
            found = yours.find(probe, found + 1)
    if not votes:
        return None
    best = max(votes, key=lambda shift: (votes[shift], -abs(shift)))
    near = [shift for shift in votes if abs(shift - best) <= 24]
    left = max(near, key=lambda shift: (_run_left(mine, start, yours, shift), shift == best))
    right = max(near, key=lambda shift: (_run_right(mine, end, yours, shift), shift == best))
    return left, right


def _probe_places(mine: str, start: int, end: int) -> list[int]:
    last = len(mine) - _PROBE
    if last < 0:
        return []
    low = max(0, start - _REACH)
    high = min(last, end + _REACH - _PROBE)
    step = max(_STRIDE, (high - low) // 32)
    return list(range(low, high + 1, step)) or [min(low, last)]


def _run_left(mine: str, at: int, yours: str, shift: int) -> int:
    """How many letters before `at` agree at this shift, without a gap; at most the reach."""
    count, there = 0, at + shift
    if there > len(yours):
        return 0
    while (
        count < _REACH
        and at - count > 0
        and there - count > 0
        and mine[at - count - 1] == yours[there - count - 1]
    ):
        count += 1
    return count


def _run_right(mine: str, at: int, yours: str, shift: int) -> int:
    count, there = 0, at + shift
    if there < 0:
        return 0
    while (
        count < _REACH
        and at + count < len(mine)
        and there + count < len(yours)
        and mine[at + count] == yours[there + count]
    ):
        count += 1
    return count


def _agreement(mine: str, start: int, end: int, yours: str, there: tuple[int, int]) -> float:
    """How many short runs of letters around the piece both share, as far as both reach (Dice).

    Runs, not letters in step: a word put in between must not count against all that follows it.
    """
    left = min(_REACH, start, there[0])
    right = min(_REACH, len(mine) - end, len(yours) - there[1])
    ours = mine[start - left : start], mine[end : end + right]
    theirs = yours[there[0] - left : there[0]], yours[there[1] : there[1] + right]
    if ours == theirs:
        return 1.0
    our_runs = _runs(ours[0]) | _runs(ours[1])
    their_runs = _runs(theirs[0]) | _runs(theirs[1])
    total = len(our_runs) + len(their_runs)
    return 2 * len(our_runs & their_runs) / total if total else 0.0


def _runs(text: str) -> set[str]:
    return {text[at : at + _RUN] for at in range(len(text) - _RUN + 1)}
