"""Re-finding: is the error still there, was it corrected, is the page another one?"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median

from bench.evaluate_corpus import SELECTIONS, Correction, Seen, Selection, select
from bench.evaluate_distortions import distorted
from bench.evaluate_rivals import METHODS, Answer
from typo_reports.pages.text import PageText

UNFIXED, FIXED, LATER, ANOTHER = "still there", "corrected", "later revision", "another page"


@dataclass(frozen=True, slots=True)
class Trial:
    """One passage to be found on one revision of a page, and the truth."""

    task: str
    correction: Correction
    selection: Selection
    seen: Seen
    states: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """Counts over trials; shares in percent."""

    trials: int = 0
    right: int = 0
    placed: int = 0
    spelling: int = 0
    spelling_right: int = 0
    wrongly_fixed: int = 0
    times: list[float] = field(default_factory=list)

    def add(self, trial: Trial, answer: Answer, ms_per_10k: float) -> None:
        """Count one answer."""
        is_right = answer.state in trial.states
        self.trials += 1
        self.right += is_right
        self.placed += right_place(trial, answer)
        self.times.append(ms_per_10k)
        self.wrongly_fixed += answer.fixed and trial.task == UNFIXED
        if trial.correction.kind == "spelling":
            self.spelling += 1
            self.spelling_right += is_right

    def row(self) -> list[str]:
        """State, spelling errors' state, place, wrongly fixed, median ms."""
        return [
            share(self.right, self.trials),
            share(self.spelling_right, self.spelling),
            share(self.placed, self.trials),
            share(self.wrongly_fixed, self.trials),
            f"{median(self.times):.2f}" if self.times else "–",
        ]

    def state_and_place(self) -> str:
        """Both in one cell."""
        return f"{share(self.right, self.trials)} / {share(self.placed, self.trials)}"


def share(part: int, whole: int) -> str:
    """A percentage with two digits."""
    return f"{100 * part / whole:.2f}" if whole else "–"


def trials(corrections: list[Correction], *, seed: int) -> Iterator[Trial]:
    """Every error with each kind of selection, on four pages: unfixed, fixed, later, another."""
    rng = random.Random(seed)
    others = defaultdict(list)
    for correction in corrections:
        others[correction.lang].append(correction)
    for correction in corrections:
        strangers = [other for other in others[correction.lang] if other.page != correction.page]
        stranger = rng.choice(strangers) if strangers else None
        for kind in SELECTIONS:
            selection = select(correction, correction.captured, kind, rng)
            for task, seen, states in _revisions(correction, stranger):
                yield Trial(task, correction, selection, seen, states)


def _revisions(
    correction: Correction, stranger: Correction | None
) -> Iterator[tuple[str, Seen, tuple[str, ...]]]:
    yield UNFIXED, correction.before, ("present",)
    yield FIXED, correction.after, ("changed",)
    if correction.later is not None:
        fixed = correction.later.state == "fixed"
        yield LATER, correction.later, ("changed",) if fixed else ("changed", "gone")
    if stranger is not None:
        yield ANOTHER, Seen(stranger.captured.text, None), ("gone",)


def right_place(trial: Trial, answer: Answer) -> bool:
    """Whether the found span touches the true one and is not much longer than what was selected."""
    if trial.seen.span is None:
        return answer.start is None
    if answer.start is None or answer.end is None:
        return False
    low, high = trial.seen.span
    longest = max(3 * len(trial.selection.selector.exact), high - low) + 40
    touches = answer.start <= high and answer.end >= low
    return touches and answer.end - answer.start <= longest


@lru_cache(maxsize=256)
def _page(text: str) -> PageText:
    return PageText(text)


@lru_cache(maxsize=256)
def _distorted_page(text: str, name: str) -> tuple[PageText, list[int]]:
    new, places = distorted(text, name, seed=len(text))
    return PageText(new), places


def measured(
    method: str, trial: Trial, *, known: bool, distortion: str | None = None
) -> tuple[Trial, Answer, float]:
    """One method's answer, and its milliseconds per 10,000 characters, the page's fold included."""
    page, span = _page(trial.seen.text), trial.seen.span
    if distortion is not None:
        page, places = _distorted_page(trial.seen.text, distortion)
        span = (places[span[0]], places[span[1]]) if span else None
        trial = Trial(
            trial.task, trial.correction, trial.selection, Seen(page.text, span), trial.states
        )
    fresh = PageText(page.text)
    suggestion = trial.selection.suggestion if known else None
    began = time.process_time()
    answer = METHODS[method](trial.selection.selector, fresh, suggestion)
    took = (time.process_time() - began) * 1000
    return trial, answer, took * 10_000 / max(10_000, len(page.text))


def scores(
    method: str,
    trials: Iterable[Trial],
    keys: Callable[[Trial, bool], Iterable[tuple[str, ...]]],
    *,
    distortion: str | None = None,
) -> dict[tuple[str, ...], Score]:
    """Scores under each key that `keys(trial, known)` names, with and without the correction."""
    found: dict[tuple[str, ...], Score] = defaultdict(Score)
    for trial in trials:
        for known in (False, True):
            wanted = list(keys(trial, known))
            if wanted:
                judged, answer, took = measured(method, trial, known=known, distortion=distortion)
                for key in wanted:
                    found[key].add(judged, answer, took)
    return found
