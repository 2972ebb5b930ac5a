"""Which language a site speaks to everybody: the one that most of its known pages are in."""

from __future__ import annotations

from collections import Counter

from sqlalchemy.orm import Session

from typo_reports.domain.languages import ENGLISH, spoken
from typo_reports.storage import pages


def of(session: Session, site_id: int) -> str:
    """The language of most of the site's known pages, if we speak it, else English."""
    return spoken(most(session, site_id)) or ENGLISH


def most(session: Session, site_id: int) -> str | None:
    """The language of most of the site's known pages; None where no page says its language."""
    counted: Counter[str] = Counter()
    for tag, number in pages.languages(session, site_id=site_id):
        # "de" and "de-AT" count together; pages in what we don't speak count as well.
        counted[tag.replace("_", "-").partition("-")[0].lower()] += number
    found = counted.most_common(1)
    return found[0][0] if found else None
