"""What a look at a page needs to know beforehand, and what it leaves behind for the next."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain import kept_words
from typo_reports.domain.verification import Pace
from typo_reports.domain.words import N_
from typo_reports.services import page_hosts, page_reading
from typo_reports.services.page_reading import KnownPage, Reading
from typo_reports.services.page_verdicts import Moment, Verdicts
from typo_reports.storage import page_checks
from typo_reports.storage.models import Case, PageCheck

NOT_ALLOWED_PAUSE = timedelta(hours=24)
# Some servers answer 304 whatever has changed: every third look asks for the page itself.
_ANEW_EVERY = 3
_SHOWN_LESS = N_("The server is shown less of this page than its readers.")
_LEADS_ELSEWHERE = N_("The address leads to another page, which does not hold the passage.")
_FOR_SUBSCRIBERS = N_("The page is for subscribers, and the server may be shown only a part of it.")


def known_page(session: Session, check: PageCheck, *, is_anew: bool) -> KnownPage:
    """The page of this check as it is known; `is_anew`: not to be answered by a 304."""
    origins = frozenset(origin.origin for origin in check.page.site.origins)
    # Without a text nothing can be said of a case that was not looked for yet, or not enough.
    is_text_wanted = (
        is_anew
        or check.looks % _ANEW_EVERY == 0
        or check.outcome != page_reading.READ
        or check.is_undecided
    )
    return KnownPage(
        url=check.page.url,
        origins=origins,
        etag=None if is_text_wanted else check.etag,
        last_modified=None if is_text_wanted else check.last_modified,
        robots=page_hosts.kept_robots(session, origins),
        due_at=check.due_at,
    )


def note(check: PageCheck, reading: Reading, verdicts: Verdicts, *, now: datetime) -> None:
    """Keep how the look ended."""
    check.leased_until = None
    check.checked_at = now
    check.words = kept_words.added(None, reading.words) if reading.words else None
    check.is_undecided = verdicts.wants_look_soon
    if reading.outcome == page_reading.UNCHANGED:
        check.outcome = page_reading.READ
    else:
        check.outcome = reading.outcome
        check.etag, check.last_modified = reading.etag, reading.last_modified
    if set(verdicts.words.values()) == {page_reading.UNREADABLE} and not reading.words:
        check.outcome = page_reading.UNREADABLE
        check.words = kept_words.added(None, _why_less(reading))


def next_due(
    check: PageCheck,
    reading: Reading,
    verdicts: Verdicts,
    watched: list[Case],
    moment: Moment,
) -> datetime | None:
    """When the page is looked at again; None when nothing is left to look for."""
    if not watched:
        return None
    if reading.outcome == page_reading.UNREACHABLE:
        check.failures += 1
        return moment.now + moment.pace.after_failure(
            check.failures, wait_seconds=reading.wait_seconds
        )
    check.failures = 0
    if reading.outcome == page_reading.NOT_ALLOWED:
        return moment.now + NOT_ALLOWED_PAUSE
    if verdicts.wants_look_soon:
        return moment.now + moment.pace.sightings_apart
    # Something happened on the page: it is watched as closely as at first.
    has_turned = not {"fixed", "regression"}.isdisjoint(verdicts.words.values())
    check.looks = 1 if has_turned or verdicts.is_in_doubt else check.looks + 1
    return moment.now + moment.pace.after_look(check.looks, has_open=verdicts.has_open)


def put_off(session: Session, page_id: int, *, now: datetime, pace: Pace) -> None:
    """Give the page back after a look that went wrong, as if its server had not answered."""
    check = page_checks.with_page(session, page_id, for_change=True)
    if check is not None:
        check.failures += 1
        check.leased_until = None
        check.due_at = now + pace.after_failure(check.failures, wait_seconds=None)


def _why_less(reading: Reading) -> str:
    if reading.is_elsewhere:
        return _LEADS_ELSEWHERE
    return _FOR_SUBSCRIBERS if reading.is_for_subscribers else _SHOWN_LESS
