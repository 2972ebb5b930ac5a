"""The numbers of a desk, or of one of its sites, over the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.numbers import RANGES_DAYS, Numbers, numbers
from typo_reports.services.actors import Actor, chosen_ids, visible_sites
from typo_reports.storage import numbers as storage
from typo_reports.storage.models import Site


@dataclass(frozen=True, slots=True)
class DeskNumbers:
    """The numbers and what they are of. `is_cut` if older cases of the time were left out."""

    numbers: Numbers
    sites: list[Site]
    open_now: int
    oldest_open: tuple[str, datetime] | None
    is_cut: bool


def of_desk(
    session: Session,
    actor: Actor,
    *,
    site: str | None,
    range_days: int,
    zone: tzinfo,
    now: datetime,
) -> DeskNumbers:
    """The numbers for the actor's sites, or for the one with this key.

    Raises InvalidFieldsError for a range that isn't offered, NotFoundError for another's site.
    """
    if range_days not in RANGES_DAYS:
        offered = ", ".join(map(str, RANGES_DAYS))
        raise InvalidFieldsError.of("days", "unknown", f"The days must be one of: {offered}.")
    visible = visible_sites(session, actor)
    chosen = chosen_ids(visible, site)
    first = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    since = first - timedelta(days=range_days - 1)
    facts = storage.facts(session, chosen, since=since)
    return DeskNumbers(
        numbers=numbers(facts, now=now, range_days=range_days, zone=zone),
        sites=visible,
        open_now=storage.open_cases(session, chosen),
        oldest_open=storage.oldest_open(session, chosen),
        is_cut=len(facts) == storage.FACTS_MOST,
    )
