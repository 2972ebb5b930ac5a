"""When a page is looked at again, and what may be concluded from what was seen on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from typo_reports.domain.overlay import DENSE, grain_of

PRESENT = "present"
CHANGED = "changed"
GONE = "gone"
PAGE_GONE = "page-gone"
UNREADABLE = "unreadable"
UNCHECKED = "unchecked"
# Not a state of the place, but what a sighting says.
FIXED = "fixed"

# Another case of the same page, or so many of the site, found on their pages: the server sees what
# readers see, so a passage that isn't there is worth doubting.
FOUND_ON_SITE_ENOUGH = 3
# But not on a site of which so many pages can't be read, for one that can.
_UNREADABLE_SHARE = 0.25
_TITLE_WORD = re.compile(r"[^\W\d_]{3,}")
# A page whose text ends so far before the reader's selection is not the text that the reader saw.
_CUT_BELOW = 0.7
# A page with less text than this is a frame that a script fills.
_TEXT_LEAST = 200
# Seen again, away, and again since the page closed the case: its site serves variants.
_TURNS_OF_VARIANTS = 3
# An error that comes back later than this is found by its next report.
WATCHED_AFTER_FIX = timedelta(days=30)
LONGEST_BACK_OFF = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often pages are looked at.

    `intervals` follow each other while cases are open, `watch` while there are only fixed ones;
    the last of each goes on. `sightings_apart`: two sightings count as two only when this much
    time lies between them, longer than caches of minutes keep two variants apart.
    """

    first_look: timedelta = timedelta(minutes=1)
    intervals: tuple[timedelta, ...] = (
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=6),
        timedelta(hours=24),
    )
    watch: tuple[timedelta, ...] = (
        timedelta(minutes=30),
        timedelta(hours=6),
        timedelta(hours=24),
        timedelta(days=3),
    )
    sightings_apart: timedelta = timedelta(minutes=2)
    between_requests: timedelta = timedelta(seconds=2)

    def after_look(self, looks: int, *, has_open: bool) -> timedelta:
        """How long to wait after the page's look number `looks`, counted from 1."""
        steps = self.intervals if has_open else self.watch
        return steps[min(max(looks, 1), len(steps)) - 1]

    def after_failure(self, failures: int, *, wait_seconds: int | None) -> timedelta:
        """How long to wait after so many failures in a row, beyond what the server asks for.

        Beyond it, so that the host's other pages have their turn first.
        """
        doubled = self.intervals[0] * (1 << min(max(failures, 1) - 1, 12))
        return min(doubled, LONGEST_BACK_OFF) + timedelta(seconds=wait_seconds or 0)


USUAL_PACE = Pace()
# For the demo: somebody is watching, and the page is on the same machine.
DEMO_PACE = Pace(
    first_look=timedelta(seconds=5),
    intervals=(timedelta(seconds=15), timedelta(seconds=20), timedelta(seconds=30)),
    watch=(timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=5)),
    sightings_apart=timedelta(seconds=10),
    between_requests=timedelta(milliseconds=100),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look says about a case. `is_sure` allows to close it by itself.

    `is_exact`: the correction that a reader proposed stands there letter for letter. `position`
    is the part of the page in which the passage was found.
    """

    state: str
    before: str
    after: str
    is_sure: bool = False
    is_exact: bool = False
    position: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the wrong piece, or surely a right one, is there."""
        return self.state == PRESENT or self.is_sure


def summed_up(leading: Sequence[Seen], others: Sequence[Seen]) -> Seen:
    """One verdict from those for the case's corrections; `leading` have the most readers.

    A wrong piece that still stands wins among the leading ones. Beyond that any correction that
    stands there exactly is believed, whoever proposed it: the editor has chosen it.
    """
    for seen in leading:
        if seen.state == PRESENT:
            return seen
    for seen in (*leading, *others):
        if seen.is_sure and seen.is_exact:
            return seen
    for state in (CHANGED, GONE):
        for seen in leading:
            if seen.state == state:
                return seen
    return leading[0]


@dataclass(frozen=True, slots=True)
class Sightings:
    """What was seen lately: the verdict, how many sightings of it, how often it came and went.

    `fixed_at` is when the page last showed the case as fixed; `closed_turn` the turn at which the
    case was last closed by itself, so that an editor who reopens it has the last word until the
    page changes. `was_withheld`: no report is withheld twice. `stood` is the wrong piece that was
    seen on the page itself.
    """

    verdict: str | None = None
    count: int = 0
    at: datetime | None = None
    turns: int = 0
    fixed_at: datetime | None = None
    closed_turn: int | None = None
    was_withheld: bool = False
    stood: str | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether the last sighting was of a correction."""
        return self.verdict == FIXED

    def with_look(self, seen: Seen, *, now: datetime, apart: timedelta) -> Sightings:
        """The sightings after this look."""
        if seen.state == PRESENT and self.stood != seen.before:
            return replace(self, stood=seen.before).with_look(seen, now=now, apart=apart)
        verdict = _verdict(seen)
        fixed_at = self.fixed_at if verdict == PRESENT else now
        if verdict != self.verdict:
            was_there = self.verdict == PRESENT
            turns = self.turns + (self.verdict is not None and was_there != (verdict == PRESENT))
            return replace(self, verdict=verdict, count=1, at=now, turns=turns, fixed_at=fixed_at)
        if self.at is not None and timedelta(0) <= now - self.at < apart:
            return replace(self, fixed_at=fixed_at)
        return replace(self, count=self.count + 1, at=now, fixed_at=fixed_at)

    def closes(self, seen: Seen) -> bool:
        """Whether the open case may be closed as fixed now."""
        if not seen.is_sure or self.closed_turn == self.turns:
            return False
        return self.count >= self.needed(seen)

    def needed(self, seen: Seen) -> int:
        """How many sightings it takes to close."""
        if self.turns > 1:
            # It was there, away, and there again: the site serves variants.
            return 3
        return 1 if seen.is_exact else 2

    def brings_back(self, *, resolved_at: datetime | None) -> bool:
        """Whether a case resolved as fixed is open again.

        Twice seen present, and seen otherwise since it was resolved: an editor who resolves first
        and publishes later is not contradicted, nor one whose page is in a cache. A site that
        serves the two by turns may never show it twice running: then the second return is enough.
        """
        if self.verdict != PRESENT or (self.count < 2 and not self._comes_and_goes()):
            return False
        return (
            resolved_at is not None and self.fixed_at is not None and self.fixed_at >= resolved_at
        )

    def _comes_and_goes(self) -> bool:
        return self.closed_turn is not None and self.turns - self.closed_turn >= _TURNS_OF_VARIANTS

    def waits(self, seen: Seen, *, is_open: bool) -> bool:
        """Whether one more sighting soon could decide something."""
        if is_open:
            return seen.is_sure and self.closed_turn != self.turns
        return self.verdict == PRESENT and self.count < 2 and self.fixed_at is not None

    def to_json(self) -> dict[str, Any]:
        """For keeping."""
        return {
            "verdict": self.verdict,
            "count": self.count,
            "at": self.at.isoformat() if self.at else None,
            "turns": self.turns,
            "fixed_at": self.fixed_at.isoformat() if self.fixed_at else None,
            "closed_turn": self.closed_turn,
            "was_withheld": self.was_withheld,
            "stood": self.stood,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any] | None) -> Sightings:
        """What `to_json` kept; none yet for None."""
        if not kept:
            return cls()
        times = {
            name: datetime.fromisoformat(kept[name]) if kept.get(name) else None
            for name in ("at", "fixed_at")
        }
        return cls(
            verdict=kept.get("verdict"),
            count=kept.get("count", 0),
            turns=kept.get("turns", 0),
            closed_turn=kept.get("closed_turn"),
            was_withheld=kept.get("was_withheld", False),
            stood=kept.get("stood"),
            **times,
        )


def _verdict(seen: Seen) -> str:
    """Fixed, present, or something else: a change that is not sure is not a turn to fixed."""
    if seen.is_sure:
        return FIXED
    return seen.state


def is_whole(text_length: int, *, seen_at: int | None) -> bool:
    """Whether the page's text may be what a reader saw whose selection began at `seen_at`.

    Offsets and length in code points of visible text. A text that is shorter is a teaser before a
    paywall, or a frame for a script.
    """
    if text_length < _TEXT_LEAST:
        return False
    return seen_at is None or text_length >= seen_at * _CUT_BELOW


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is known about a passage that a readable page does not contain.

    Counted are the other cases found on the page and on the site, and the site's pages by whether
    they could be read. `is_reached`: the text goes on beyond the selection's end. `titles` are
    what readers and server were told that the page is called.
    """

    was_found_before: bool
    found_on_page: int
    found_on_site: int
    read_pages: int = 0
    unreadable_pages: int = 0
    is_reached: bool = True
    titles: tuple[str | None, str | None] = (None, None)

    @property
    def withholds(self) -> bool:
        """Whether the report is kept out of the queue.

        Only if the passage was never seen there, and the server is known to see what readers see:
        of this page, or of a site whose pages it can read, unless it was shown another one.
        """
        if self.was_found_before or not self.is_reached:
            return False
        if self.found_on_page:
            return True
        most = self.read_pages * _UNREADABLE_SHARE
        is_site_known = self.found_on_site >= FOUND_ON_SITE_ENOUGH and self.unreadable_pages <= most
        return is_site_known and not have_nothing_in_common(*self.titles)


def have_nothing_in_common(first: str | None, second: str | None) -> bool:
    """Whether two titles, both known, share no word: consent, "one moment", "not found"."""
    ours, theirs = _title_words(first), _title_words(second)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _title_words(title: str | None) -> set[str]:
    text = (title or "").casefold()
    if grain_of(text) is DENSE:
        return {text[at : at + 2] for at in range(len(text) - 1)}
    return set(_TITLE_WORD.findall(text))
