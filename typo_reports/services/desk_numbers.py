"""The numbers of a desk, or of one of its sites, over the last days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.numbers import RANGES_DAYS, Numbers, numbers
from typo_reports.domain.words import N_, NN_
from typo_reports.services.actors import Actor, chosen_ids, visible_sites
from typo_reports.storage import numbers as storage
from typo_reports.storage.models import Site

DATES_MOST = 1_100


@dataclass(frozen=True, slots=True)
class DeskNumbers:
    """The numbers and what they are of. `is_cut` if older cases of the time were left out.

    `sees_authors` if the numbers by author of at least one site are the editor's to see.
    """

    numbers: Numbers
    sites: list[Site]
    open_now: int
    oldest_open: tuple[str, datetime] | None
    is_cut: bool
    dates: tuple[date, date]
    sees_authors: bool


def of_desk(
    session: Session,
    actor: Actor,
    *,
    site: str | None,
    range_days: int,
    manages: Callable[[int], bool],
    dates: tuple[date, date] | None = None,
    zone: tzinfo,
    now: datetime,
) -> DeskNumbers:
    """The numbers for the actor's sites, or for the one with this key.

    `manages` says of a site's id whether the editor manages it: else its authors are theirs to see
    only if the site says so. The numbers are of the last `range_days`, or with `dates` from the
    first to the last of these days. Raises InvalidFieldsError for a range that isn't offered,
    NotFoundError for another's site.
    """
    if range_days not in RANGES_DAYS:
        offered = ", ".join(map(str, RANGES_DAYS))
        raise InvalidFieldsError.of(
            "days", "unknown", N_("The days must be one of: %(offered)s.", offered=offered)
        )
    visible = visible_sites(session, actor)
    chosen = chosen_ids(visible, site)
    today = now.astimezone(zone).date()
    first, last = dates or (today - timedelta(days=range_days - 1), today)
    if not 0 <= (last - first).days < DATES_MOST:
        raise InvalidFieldsError.of(
            "to",
            "out-of-range",
            NN_(
                "Choose at most %(num)s day, the first before the last.",
                "Choose at most %(num)s days, the first before the last.",
                DATES_MOST,
            ),
        )
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    authors_of = {one.id for one in visible if one.shows_authors or manages(one.id)} & set(chosen)
    facts = storage.facts(session, chosen, authors_of=authors_of, since=since, until=until)
    return DeskNumbers(
        numbers=numbers(
            facts,
            now=datetime.combine(last, time.max, zone),
            range_days=(last - first).days + 1,
            zone=zone,
        ),
        dates=(first, last),
        sees_authors=bool(authors_of),
        sites=visible,
        open_now=storage.open_cases(session, chosen),
        oldest_open=storage.oldest_open(session, chosen),
        is_cut=len(facts) == storage.FACTS_MOST,
    )
