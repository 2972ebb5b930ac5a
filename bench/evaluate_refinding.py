"""Re-finding: is the error still there, was it corrected, is the page another one?"""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.evaluate_corpus import SELECTIONS, Correction, Seen, Selection, select
from typo_reports.domain.selector import Selector

Refinder = Callable[[Selector, str, str | None], tuple[str, int | None, int | None, bool]]


@dataclass(frozen=True, slots=True)
class Trial:
    """One passage to be found on one revision of a page, and the truth."""

    task: str
    correction: Correction
    selection: Selection
    text: str
    span: tuple[int, int] | None
    states: tuple[str, ...]


def trials(corrections: list[Correction], *, seed: int = 1) -> Iterator[Trial]:
    """Every error with each kind of selection, on four pages: unfixed, fixed, later, another."""
    rng = random.Random(seed)
    others = defaultdict(list)
    for correction in corrections:
        others[correction.lang].append(correction)
    for correction in corrections:
        stranger = _another(correction, others[correction.lang], rng)
        for kind in SELECTIONS:
            selection = select(correction, correction.captured, kind, rng)
            for task, seen, states in _revisions(correction, stranger):
                yield Trial(task, correction, selection, seen.text, seen.span, states)


def _another(correction: Correction, same: list[Correction], rng: random.Random) -> Correction | None:
    strangers = [other for other in same if other.page != correction.page]
    return rng.choice(strangers) if strangers else None


def _revisions(
    correction: Correction, stranger: Correction | None
) -> Iterator[tuple[str, Seen, tuple[str, ...]]]:
    yield "unfixed", correction.before, ("present",)
    yield "fixed", correction.after, ("changed",)
    if correction.later is not None:
        fixed = correction.later.state == "fixed"
        yield "later", correction.later, ("changed",) if fixed else ("changed", "gone")
    if stranger is not None:
        yield "another page", Seen(stranger.captured.text, None), ("gone",)


def right_place(trial: Trial, start: int | None, end: int | None) -> bool:
    """Whether the found span touches the true one and is not much longer than what was selected."""
    if trial.span is None or start is None or end is None:
        return trial.span is None and start is None
    low, high = trial.span
    longest = max(3 * len(trial.selection.selector.exact), high - low) + 40
    return start <= high and end >= low and end - start <= longest
