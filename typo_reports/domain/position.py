"""Which part of its page a case stands in, by how much readers see of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

HEADLINE = "headline"
LEAD = "lead"
CAPTION = "caption"
BODY = "body"
POSITIONS = (HEADLINE, LEAD, CAPTION, BODY)

# An article this young, when the case came in, still has most of its readers before it.
FRESH_FOR = timedelta(hours=48)
# Publishers' clocks, and pages that are announced a little early.
_AHEAD_MOST = timedelta(hours=24)


def is_fresh(*, article_at: datetime | None, created_at: datetime) -> bool:
    """Whether the article was new when its case came in; waiting changes nothing of it."""
    return article_at is not None and -_AHEAD_MOST <= created_at - article_at <= FRESH_FOR


def told_time(text: str | None) -> datetime | None:
    """The moment that a page or a report names, aware UTC; None for anything that is none."""
    try:
        moment = datetime.fromisoformat((text or "").strip()[:40])
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
