"""The numbers that a desk wants to know, from plain facts about its cases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from typo_reports.domain.case import DUPLICATE, FIXED, SPAM
from typo_reports.domain.words import N_

RANGES_DAYS = (7, 30, 90, 365)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one case: when it came, when and how it was closed, where it stands."""

    created_at: datetime
    resolved_at: datetime | None
    resolution: str | None
    readers: int
    exact: str
    section: str | None
    author: str | None
    page: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """How many cases came in on a day, and how many were closed."""

    on: date
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Share:
    """One section, author or word: its cases, how many were fixed, how many were no error."""

    name: str
    cases: int
    fixed: int
    declined: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything for the page of numbers."""

    cases: int
    readers: int
    by_resolution: dict[str, int]
    accepted_share: float | None
    median_to_fix: timedelta | None
    slow_to_fix: timedelta | None
    days: list[Day]
    sections: list[Share] = field(default_factory=list)
    authors: list[Share] = field(default_factory=list)
    words: list[Share] = field(default_factory=list)
    pages: list[Share] = field(default_factory=list)
    sites: list[Share] = field(default_factory=list)
    # Of the reports on cases that were decided, the share whose error was corrected.
    accurate_share: float | None = None
    # Cases that came in on Mondays, Tuesdays …, and in each hour of the day.
    weekdays: list[int] = field(default_factory=list)
    hours: list[int] = field(default_factory=list)


def numbers(
    facts: Sequence[Fact], *, now: datetime, range_days: int, zone: tzinfo, most: int = 10
) -> Numbers:
    """The numbers of these cases for the days up to now, days as in this zone."""
    times = sorted(
        fact.resolved_at - fact.created_at
        for fact in facts
        if fact.resolution == FIXED and fact.resolved_at is not None
    )
    by_resolution = Counter(fact.resolution for fact in facts if fact.resolution is not None)
    decided = sum(count for name, count in by_resolution.items() if name not in {DUPLICATE, SPAM})
    moments = [fact.created_at.astimezone(zone) for fact in facts]
    weekdays = Counter(moment.weekday() for moment in moments)
    hours = Counter(moment.hour for moment in moments)
    return Numbers(
        cases=len(facts),
        readers=sum(fact.readers for fact in facts),
        by_resolution=dict(by_resolution),
        accepted_share=by_resolution[FIXED] / decided if decided else None,
        median_to_fix=percentile(times, 50),
        slow_to_fix=percentile(times, 90),
        days=_days(facts, now, range_days, zone),
        sections=_shares(((fact.section, fact) for fact in facts), most),
        authors=_shares(((fact.author, fact) for fact in facts), most),
        words=_repeated(((_word(fact.exact), fact) for fact in facts), most),
        pages=_repeated(((fact.page, fact) for fact in facts), most),
        sites=_shares(((fact.site, fact) for fact in facts), len(facts)),
        accurate_share=_accurate(facts),
        weekdays=[weekdays[day] for day in range(7)],
        hours=[hours[hour] for hour in range(24)],
    )


def _repeated(named: Iterable[tuple[str | None, Fact]], most: int) -> list[Share]:
    return [share for share in _shares(named, most) if share.cases > 1]


def _accurate(facts: Sequence[Fact]) -> float | None:
    # A duplicate has given its reports away; spam counts against readers here.
    decided = [fact for fact in facts if fact.resolution not in {None, DUPLICATE}]
    reports = sum(fact.readers for fact in decided)
    fixed = sum(fact.readers for fact in decided if fact.resolution == FIXED)
    return fixed / reports if reports else None


def percentile(ordered: Sequence[timedelta], percent: int) -> timedelta | None:
    """The value that `percent` of the ordered values don't exceed (nearest rank)."""
    if not ordered:
        return None
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def duration_words(length: timedelta | None) -> str:
    """A length of time in its two largest units: "2 d 5 h", "12 min", "–" for none."""
    if length is None:
        return "–"
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        if not hours:
            return N_("%(days)s d", days=days)
        return N_("%(days)s d %(hours)s h", days=days, hours=hours)
    if hours:
        if not rest:
            return N_("%(hours)s h", hours=hours)
        return N_("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)
    return N_("%(minutes)s min", minutes=rest) if rest else N_("under a minute")


def _days(facts: Iterable[Fact], now: datetime, range_days: int, zone: tzinfo) -> list[Day]:
    opened: Counter[date] = Counter()
    closed: Counter[date] = Counter()
    for fact in facts:
        opened[fact.created_at.astimezone(zone).date()] += 1
        if fact.resolved_at is not None:
            closed[fact.resolved_at.astimezone(zone).date()] += 1
    today = now.astimezone(zone).date()
    dates = [today - timedelta(days=back) for back in range(range_days - 1, -1, -1)]
    return [Day(on, opened[on], closed[on]) for on in dates]


def _shares(named: Iterable[tuple[str | None, Fact]], most: int) -> list[Share]:
    cases: Counter[str] = Counter()
    fixed: Counter[str] = Counter()
    declined: Counter[str] = Counter()
    for name, fact in named:
        if not name:
            continue
        cases[name] += 1
        fixed[name] += fact.resolution == FIXED
        declined[name] += fact.resolution in {"not-an-error", "wont-fix"}
    ranked = sorted(cases, key=lambda name: (-cases[name], name))[:most]
    return [Share(name, cases[name], fixed[name], declined[name]) for name in ranked]


def _word(exact: str) -> str | None:
    """A short passage names a word that may come again; a long one only itself."""
    text = " ".join(exact.split())
    return text.casefold() if 0 < len(text) <= 40 else None
