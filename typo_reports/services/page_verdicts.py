"""From what a page showed to its cases: where they stand, closed, back, withheld, released."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from typo_reports.domain.case import FIXED, OPEN, RESOLVED
from typo_reports.domain.position import is_fresh
from typo_reports.domain.verification import (
    CHANGED,
    GONE,
    PAGE_GONE,
    UNCHECKED,
    UNREADABLE,
    Doubt,
    Pace,
    Seen,
    Sightings,
    is_whole,
)
from typo_reports.services import changes, corrections, elsewhere, thanks
from typo_reports.services.actors import Actor
from typo_reports.services.page_reading import READ
from typo_reports.storage import page_checks
from typo_reports.storage.models import Case

PAGE = Actor(editor_id=None, name="page", site_ids=None)


@dataclass(frozen=True, slots=True)
class Sight:
    """A page's text as far as verdicts need it: how long it is, and if it is the page's own.

    `is_for_subscribers`: the page says that not everybody is shown all of it. `unread` are cases
    whose readers were at another address, which could not be read. `article_at` is when the
    article appeared, `title` what the page calls itself.
    """

    length: int
    is_elsewhere: bool
    seen: Mapping[str, Seen]
    unread: Collection[str] = ()
    article_at: datetime | None = None
    title: str | None = None
    is_for_subscribers: bool = False


@dataclass(slots=True)
class Verdicts:
    """What became of each case, in a word by its id, and whether one more look soon helps.

    `is_in_doubt`: an error that is fixed came or went. `reach` is the furthest of the readers'
    selections that the server was seen to be shown.
    """

    words: dict[str, str] = field(default_factory=dict)
    reach: int = -1
    is_in_doubt: bool = False
    wants_look_soon: bool = False
    has_open: bool = False

    @property
    def counts(self) -> Counter[str]:
        """How many cases each word is said of."""
        return Counter(self.words.values())


@dataclass(frozen=True, slots=True)
class Moment:
    """When a look took place, at which pace looks follow, and where the desk is."""

    now: datetime
    pace: Pace
    base_url: str


def from_text(session: Session, watched: list[Case], sight: Sight, moment: Moment) -> Verdicts:
    """Bring every case up to what the page showed."""
    verdicts = Verdicts()
    # Found ones first: they tell whether the server sees what readers see.
    for case in sorted(watched, key=lambda case: _is_missed(sight.seen.get(case.id))):
        seen = sight.seen.get(case.id)
        if seen is None:
            # It came in during the look.
            verdicts.wants_look_soon = True
        else:
            verdicts.words[case.id] = _judged(session, case, seen, sight, moment, verdicts)
        verdicts.has_open = verdicts.has_open or case.status == OPEN
    return verdicts


def without_text(watched: list[Case], outcome: str, moment: Moment) -> Verdicts:
    """The page is gone or could not be read: shown on its cases, nothing is closed."""
    verdicts = Verdicts(has_open=any(case.status == OPEN for case in watched))
    for case in watched:
        if outcome == PAGE_GONE or (outcome == UNREADABLE and case.place_state == UNCHECKED):
            _place(case, outcome, moment)
        verdicts.words[case.id] = outcome
    return verdicts


def unchanged(watched: list[Case], moment: Moment) -> Verdicts:
    """The page is the same as at the last look, and so is everything that was seen on it."""
    verdicts = Verdicts(has_open=any(case.status == OPEN for case in watched))
    for case in watched:
        _place(case, case.place_state, moment)
        verdicts.words[case.id] = case.place_state
    return verdicts


def _is_missed(seen: Seen | None) -> bool:
    return seen is None or not seen.stands


def _judged(
    session: Session, case: Case, seen: Seen, sight: Sight, moment: Moment, verdicts: Verdicts
) -> str:
    """What became of the case, in one word."""
    if _is_behind_paywall(case, seen, sight, verdicts.reach) or (
        seen.state == GONE and not _is_readable(case, sight)
    ):
        _place(case, UNREADABLE, moment)
        return UNREADABLE
    before = Sightings.from_json(case.sightings)
    sightings = before.with_look(seen, now=moment.now, apart=moment.pace.sightings_apart)
    verdicts.is_in_doubt |= case.status == RESOLVED and sightings.turns != before.turns
    _place(case, seen.state, moment)
    case.position = seen.position or case.position
    if sight.article_at is not None:
        case.is_fresh = is_fresh(article_at=sight.article_at, created_at=case.created_at)
    if case.start is not None and seen.stands:
        verdicts.reach = max(verdicts.reach, case.start)
    if seen.state == GONE:
        return _missing(session, case, sightings, sight, moment)
    if case.found_at is None:
        case.found_at = moment.now
        session.flush()
    if case.withheld_at is not None:
        changes.write(session, case, PAGE, "released", {"withheld_at": None}, now=moment.now)
    word = seen.state
    if case.status == OPEN and sightings.closes(seen):
        sightings = replace(sightings, closed_turn=sightings.turns)
        _close(session, case, seen, moment)
        word = FIXED
    elif case.status == RESOLVED and sightings.brings_back(resolved_at=case.resolved_at):
        _bring_back(session, case, seen, moment)
        word = "regression"
    elif sightings.waits(seen, is_open=case.status == OPEN):
        verdicts.wants_look_soon = True
    corrections.note(session, case, seen, sightings, sight.title)
    case.sightings = sightings.to_json()
    return word


def _is_readable(case: Case, sight: Sight) -> bool:
    if sight.is_elsewhere or case.id in sight.unread:
        return False
    return is_whole(sight.length, seen_at=case.start)


def _is_behind_paywall(case: Case, seen: Seen, sight: Sight, reach: int) -> bool:
    """Whether what is missing may stand in the part that only subscribers are shown.

    Where a teaser ends, something else stands behind the words before the passage.
    """
    if not sight.is_for_subscribers or seen.is_sure:
        return False
    if case.start is not None and case.start <= reach:
        return False
    return seen.state == GONE or (seen.state == CHANGED and case.found_at is None)


def _place(case: Case, state: str, moment: Moment) -> None:
    case.place_state = state
    case.place_checked_at = moment.now


def _missing(
    session: Session, case: Case, sightings: Sightings, sight: Sight, moment: Moment
) -> str:
    """The page is readable, and the passage isn't on it."""
    word = GONE
    if case.status == OPEN and _doubt(session, case, sightings, sight).withholds:
        sightings = replace(sightings, was_withheld=True)
        what = {"withheld_at": moment.now}
        changes.write(session, case, PAGE, "withheld", what, now=moment.now)
        word = "withheld"
    case.sightings = sightings.to_json()
    return word


def _doubt(session: Session, case: Case, sightings: Sightings, sight: Sight) -> Doubt:
    found_on_page, found_on_site = page_checks.found_elsewhere(session, case)
    outcomes = page_checks.outcomes(session, case.site_id)
    end = case.end if case.end is not None else case.start
    return Doubt(
        was_found_before=case.found_at is not None or sightings.was_withheld,
        found_on_page=found_on_page,
        found_on_site=found_on_site,
        read_pages=outcomes.get(READ, 0),
        unreadable_pages=outcomes.get(UNREADABLE, 0),
        is_reached=end is None or sight.length >= end,
        titles=(case.page.title, sight.title),
    )


def _close(session: Session, case: Case, seen: Seen, moment: Moment) -> None:
    what: dict[str, Any] = {"status": RESOLVED, "resolution": FIXED, "resolved_at": moment.now}
    if case.snoozed_until is not None:
        what["snoozed_until"] = None
    _write(session, case, "seen-fixed", what, seen, moment)
    fix = (seen.before, seen.after) if seen.before and seen.after else None
    elsewhere.after_confirming(session, case, now=moment.now, seen=fix)


def _bring_back(session: Session, case: Case, seen: Seen, moment: Moment) -> None:
    what = {
        "status": OPEN,
        "resolution": None,
        "resolved_at": None,
        "regressions": case.regressions + 1,
    }
    _write(session, case, "regression", what, seen, moment)


def _write(
    session: Session, case: Case, kind: str, what: dict[str, Any], seen: Seen, moment: Moment
) -> None:
    data = {"seen": {"before": seen.before, "after": seen.after}}
    changes.write(session, case, PAGE, kind, what, now=moment.now, data=data)
    thanks.keep_promise(session, case_id=case.id, now=moment.now, base_url=moment.base_url)
