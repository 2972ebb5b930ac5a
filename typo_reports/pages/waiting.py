"""How long a server asks to be left alone: the Retry-After header."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from typo_reports.clock import utc_now

# A server that asks for more is asked again after this.
LONGEST_SECONDS = 7 * 24 * 3600
# Parts of a second are against the standard, and are sent.
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DIGITS_MOST = 9


def seconds_to_wait(value: str | None, *, now: datetime | None = None) -> int | None:
    """Seconds from a Retry-After of either form (a number, a date); None for none or nonsense."""
    text = (value or "").strip()
    if _NUMBER.fullmatch(text):
        is_long = len(text.partition(".")[0].lstrip("0")) > _DIGITS_MOST
        return LONGEST_SECONDS if is_long else min(math.ceil(float(text)), LONGEST_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - (now or utc_now())).total_seconds()
    return min(max(int(seconds), 0), LONGEST_SECONDS)
