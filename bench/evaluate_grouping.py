"""Grouping: a queue of three readers an error, and equal words elsewhere on the page."""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bench.evaluate_corpus import SELECTIONS, Correction, Seen, select
from tests.domain.case_shelf import CaseShelf
from typo_reports.domain.grouping import Member
from typo_reports.domain.neighbourhood import partition

READERS = 3
_ELSEWHERE = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """One report of the queue and the error that it truly speaks of."""

    error: str
    lang: str
    kind: str
    member: Member


@dataclass(slots=True)
class Pairs:
    """Pairs of reports of one page: put together rightly, wrongly, or wrongly kept apart."""

    together: int = 0
    wrongly_together: int = 0
    wrongly_apart: int = 0

    def precision(self) -> float:
        """Of the pairs put together, the percentage that belong together."""
        return _percent(self.together, self.together + self.wrongly_together)

    def recall(self) -> float:
        """Of the pairs that belong together, the percentage put together."""
        return _percent(self.together, self.together + self.wrongly_apart)


@dataclass(slots=True)
class Outcome:
    """What came of one whole queue."""

    pairs: dict[str, Pairs] = field(default_factory=lambda: defaultdict(Pairs))
    reports: int = 0
    seconds: list[float] = field(default_factory=list)
    pages: int = 0
    order_matters: int = 0


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def queues(corrections: list[Correction], *, known: float, seed: int) -> Iterator[list[Sent]]:
    """The reports of each page in random order; `known` is the share that carry a correction."""
    rng = random.Random(seed)
    pages: dict[str, list[Sent]] = defaultdict(list)
    for correction in corrections:
        for _ in range(READERS):
            seen = rng.choice((correction.captured, correction.before))
            selection = select(correction, seen, rng.choice(SELECTIONS), rng)
            suggestion = selection.suggestion if rng.random() < known else None
            member = Member(selection.selector, suggestion)
            pages[correction.page].append(
                Sent(correction.id, correction.lang, selection.kind, member)
            )
    for reports in pages.values():
        rng.shuffle(reports)
        yield reports


def run_queue(
    corrections: list[Correction], *, known: float, seed: int, orders: int = 3
) -> Outcome:
    """Group every page's reports as intake does, in several orders."""
    outcome, rng = Outcome(), random.Random(seed)
    for reports in queues(corrections, known=known, seed=seed):
        partitions = []
        for order in range(orders):
            numbers = list(range(len(reports)))
            if order:
                rng.shuffle(numbers)
            partitions.append(_placed(reports, numbers, outcome if not order else None))
        outcome.pages += 1
        outcome.order_matters += any(other != partitions[0] for other in partitions)
        labels = {number: case for case in partitions[0] for number in case}
        _count(outcome, reports, [labels[number] for number in range(len(reports))])
    return outcome


def _placed(
    reports: list[Sent], numbers: list[int], outcome: Outcome | None
) -> set[frozenset[int]]:
    shelf = CaseShelf()
    for number in numbers:
        began = time.perf_counter()
        shelf.place(number, reports[number].member)
        if outcome is not None:
            outcome.seconds.append(time.perf_counter() - began)
            outcome.reports += 1
    return shelf.partition()


def _count(outcome: Outcome, reports: list[Sent], labels: Sequence[Hashable]) -> None:
    for (one, label), (other, other_label) in combinations(zip(reports, labels, strict=True), 2):
        same, put = one.error == other.error, label == other_label
        if not (same or put):
            continue
        for key in {"all", one.lang, one.kind, other.kind}:
            pairs = outcome.pairs[key]
            pairs.together += same and put
            pairs.wrongly_together += put and not same
            pairs.wrongly_apart += same and not put


def run_simple(
    corrections: list[Correction],
    label: Callable[[list[Sent]], Sequence[Hashable]],
    *,
    known: float,
    seed: int,
) -> Outcome:
    """The same queue under a simple rule that names each report's case."""
    outcome = Outcome()
    for reports in queues(corrections, known=known, seed=seed):
        _count(outcome, reports, label(reports))
    return outcome


def equal_text(reports: list[Sent]) -> Sequence[Hashable]:
    """Reports with the same words are one case."""
    return [report.member.selector.exact for report in reports]


def overlapping_offsets(reports: list[Sent]) -> Sequence[Hashable]:
    """Reports whose offsets overlap are one case, and so on along a chain."""
    labels: list[Hashable] = list(range(len(reports)))
    spans = sorted(
        (report.member.selector.start or 0, report.member.selector.end or 0, number)
        for number, report in enumerate(reports)
    )
    reach, label = -1, 0
    for start, end, number in spans:
        if start >= reach:
            label = number
        reach = max(reach, end)
        labels[number] = label
    return labels


def equal_words_elsewhere(
    corrections: list[Correction], *, seed: int, known: bool, revision: str | None = None
) -> tuple[int, int]:
    """(pairs merged, pairs tried): the error, and the same words elsewhere on the same page.

    With a `revision` both reports name the state of the page that they saw.
    """
    rng = random.Random(seed)
    merged = tried = 0
    for correction in corrections:
        for one, other in _elsewhere(correction, rng):
            first = select(correction, one, rng.choice(SELECTIONS[:3]), rng)
            second = select(correction, other, rng.choice(SELECTIONS[:3]), rng)
            if _cover(first.selector.start, first.selector.end, other) or _cover(
                second.selector.start, second.selector.end, one
            ):
                continue
            tried += 1
            pieces = [
                Member(one.selector, one.suggestion if known else None, revision).piece()
                for one in (first, second)
            ]
            merged += len(partition(pieces)) == 1
    return merged, tried


def _elsewhere(correction: Correction, rng: random.Random) -> Iterator[tuple[Seen, Seen]]:
    text, span = correction.captured.text, correction.captured.span
    if span is None or not correction.error.strip():
        return
    places = [match.start() for match in re.finditer(re.escape(correction.error), text)]
    others = [place for place in places if place != span[0]]
    for place in rng.sample(others, min(_ELSEWHERE, len(others))):
        yield correction.captured, Seen(text, (place, place + len(correction.error)))


def _cover(start: int | None, end: int | None, seen: Seen) -> bool:
    assert start is not None and end is not None and seen.span is not None
    return start < seen.span[1] and seen.span[0] < end
