"""How long a server asks to be left alone: the Retry-After header."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from typo_reports.clock import utc_now

# A server that asks for more is asked again after this.
LONGEST_SECONDS = 7 * 24 * 3600


def seconds_to_wait(value: str | None, *, now: datetime | None = None) -> int | None:
    """Seconds from a Retry-After of either form (a number, a date); None for none or nonsense."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return min(int(text), LONGEST_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - (now or utc_now())).total_seconds()
    return min(max(int(seconds), 0), LONGEST_SECONDS)
