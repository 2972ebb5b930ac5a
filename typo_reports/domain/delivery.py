"""What becomes of a letter that could not be delivered, and how many letters may go out."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

# The kinds of letters that stay useful for days; a digest is overtaken by the next one.
DIGEST = "digest"
FIXED = "fixed"
INVITATION = "invitation"
FORGOTTEN = "forgotten"
NEW_ADDRESS = "new-address"
ADDRESS_CHANGED = "address-changed"
TRIAL = "trial"

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
DIGEST_LIFE = timedelta(hours=24)
LETTER_LIFE = timedelta(days=3)
# The links in them work no longer.
FORGOTTEN_LIFE = NEW_ADDRESS_LIFE = timedelta(hours=2)
_LIVES = {DIGEST: DIGEST_LIFE, FORGOTTEN: FORGOTTEN_LIFE, NEW_ADDRESS: NEW_ADDRESS_LIFE}
# Reached within a letter's life only by one that takes the worker down each time.
MOST_ATTEMPTS = 30
# Letters to readers may use this share of a site's cap, so that a flood of them
# never keeps a digest from the desk.
READERS_SHARE = 0.8
# One address is thanked so often in a day, whoever typed it into whatever number of reports.
THANKS_PER_ADDRESS_AND_DAY = 5
# Of one case at most so many readers are thanked, those who reported it first.
THANKS_PER_CASE = 100
# Time for an editor to change their mind before the reader is told.
THANKS_PAUSE = timedelta(minutes=10)

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")


def next_attempt_at(
    *, kind: str, created_at: datetime, attempts: int, now: datetime
) -> datetime | None:
    """When to try again after `attempts` failed ones: 1, 2, 4 … minutes, at most 4 hours later.

    None when the letter would be too old by then: it has failed.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    pause = min(FIRST_PAUSE * 2 ** max(attempts - 1, 0), LONGEST_PAUSE)
    life = _LIVES.get(kind, LETTER_LIFE)
    return now + pause if now + pause <= created_at + life else None


def cap_of(kind: str, letters_per_hour: int) -> int:
    """How many letters of a site may have gone out in the hour when one of `kind` goes."""
    if kind == FIXED:
        return max(1, int(letters_per_hour * READERS_SHARE))
    return letters_per_hour


def message_host(base_url: str) -> str:
    """The right side of a Message-ID (RFC 5322, 3.6.4): the desk's host, an address in brackets."""
    host = urlsplit(base_url).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host if _HOST.fullmatch(host) else "localhost"
    return f"[{host}]" if address.version == 4 else f"[IPv6:{host}]"
