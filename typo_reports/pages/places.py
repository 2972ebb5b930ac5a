"""Where on a page a passage may stand: seeds from the passage and from what stood around it.

Everything works on text folded for finding. The number of look-ups, of occurrences taken from each
and of places handed on is bounded, whatever the page holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from typo_reports.domain.overlay import grain_of

# Occurrences of one seed that are looked at, half on each side of where the passage once stood.
MAX_OCCURRENCES = 32
# Places that are worth an alignment.
MAX_PLACES = 6
_FIRST_STEP = 4096
_SEEDS_EACH_SIDE = 3
# So many short seeds are looked for, so far to either side of where the passage once stood.
_MOST_SHORT_SEEDS = 32
_SHORT_SEEDS_REACH = 32_768
# Seeds this close together speak of the same place.
_SAME_PLACE = 40


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is looked for: window[start:end] is the passage, the rest its surroundings, folded.

    `left` and `right` letters of these stand in the passage's own block of text.
    """

    window: str
    start: int
    end: int
    left: int
    right: int

    @property
    def exact(self) -> str:
        """The passage."""
        return self.window[self.start : self.end]


def places(pattern: Pattern, text: str, hint: int) -> list[int]:
    """Likely starts of the passage in `text`, best first; `hint` is where it stood before."""
    if stands_at(pattern, text, hint):
        return [max(pattern.start, hint)]  # of many like it, the one that never moved
    whole = list(_occurrences(pattern.window, text, hint - pattern.start))
    if len(whole) == 1 and is_telling(pattern):
        return [whole[0] + pattern.start]
    return _voted(pattern, _seeds(pattern, _seed_length(pattern)), text, hint)


def stands_at(pattern: Pattern, text: str, hint: int) -> bool:
    """Whether the whole window stands where it stood."""
    return is_telling(pattern) and text.startswith(pattern.window, max(0, hint - pattern.start))


def is_telling(pattern: Pattern) -> bool:
    """Whether enough stands around the passage to know it by."""
    return len(pattern.window) >= len(pattern.exact) + _seed_length(pattern)


def _seed_length(pattern: Pattern) -> int:
    return 2 * grain_of(pattern.window).probe


def rewritten_places(pattern: Pattern, text: str, hint: int) -> list[int]:
    """Likely starts of a passage whose surroundings were rewritten, by short runs of its letters.

    Further away than the reach a few words in common say nothing.
    """
    low = max(0, hint - _SHORT_SEEDS_REACH)
    text, hint = text[low : hint + _SHORT_SEEDS_REACH], hint - low
    length, size = grain_of(pattern.window).probe, len(pattern.window)
    step = max(length, size // _MOST_SHORT_SEEDS)
    seeds = ((at, length) for at in range(0, max(1, size - length + 1), step))
    return [low + place for place in _voted(pattern, seeds, text, hint)]


def _voted(pattern: Pattern, seeds: Iterable[tuple[int, int]], text: str, hint: int) -> list[int]:
    """The starts that most seeds speak for; a rare seed says more than a frequent one."""
    votes: list[tuple[int, int, float]] = []
    for number, (at, length) in enumerate(seeds):
        seed = pattern.window[at : at + length]
        found = list(_occurrences(seed, text, hint + at - pattern.start))
        weight = length / len(found) ** 0.5 if found else 0.0
        votes += [(place + pattern.start - at, number, weight) for place in found]
    return _best(votes, hint)


def _seeds(pattern: Pattern, length: int) -> Iterator[tuple[int, int]]:
    """(offset in the window, length) of each seed, the telling ones first."""
    start, end, size = pattern.start, pattern.end, len(pattern.window)
    yield 0, size
    low, high = max(0, start - length), min(size, end + length)
    yield low, high - low
    yield low, end - low
    yield start, high - start
    if end > start:
        yield start, end - start
    for number in range(_SEEDS_EACH_SIDE):
        right = start - number * length
        if right >= length // 4:
            yield max(0, right - length), min(right, length)
        left = end + number * length
        if size - left >= length // 4:
            yield left, min(length, size - left)


def _occurrences(seed: str, text: str, hint: int) -> Iterator[int]:
    """Up to MAX_OCCURRENCES places of the seed, from `hint` on and in growing steps before it.

    Only forward searches: Python's backward search takes the product of both lengths at worst.
    """
    if not seed:
        return
    half = MAX_OCCURRENCES // 2
    high = max(0, min(hint, len(text)))
    yield from islice(_forward(seed, text, high, len(text)), half)
    step = _FIRST_STEP
    while high > 0 and half > 0:
        low = max(0, high - step)
        found = list(islice(_forward(seed, text, low, high + len(seed) - 1), half))
        yield from reversed(found)
        half -= len(found)
        high, step = low, 4 * step


def _forward(seed: str, text: str, low: int, high: int) -> Iterator[int]:
    at = text.find(seed, low, high)
    while at >= 0:
        yield at
        at = text.find(seed, at + 1, high)


def _best(votes: list[tuple[int, int, float]], hint: int) -> list[int]:
    """The places with the heaviest votes; each seed counts once a place."""
    clusters: list[list[tuple[int, int, float]]] = []
    for vote in sorted(votes):
        if clusters and vote[0] - clusters[-1][0][0] <= _SAME_PLACE:
            clusters[-1].append(vote)
        else:
            clusters.append([vote])
    ranked = sorted(
        (-_weight(cluster), abs(_middle(cluster) - hint), _middle(cluster)) for cluster in clusters
    )
    return [place for _, _, place in ranked[:MAX_PLACES]]


def _weight(cluster: list[tuple[int, int, float]]) -> float:
    return sum({number: weight for _, number, weight in cluster}.values())


def _middle(cluster: list[tuple[int, int, float]]) -> int:
    """The start that the heaviest vote names."""
    return max(cluster, key=lambda vote: (vote[2], -vote[0]))[0]
