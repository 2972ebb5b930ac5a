"""May this report come in: limits per connection and per site, counted across processes."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.services.quotas import Limit, Quotas
from typo_reports.storage import salts

MINUTE = 60
HOUR = 3600
# One connection in an hour, as a multiple of what it may send in a minute.
HOUR_FACTOR = 20
# All readers of a site together, as a multiple of what one connection may send in a minute.
SITE_FACTOR = 50


def admit(
    session: Session,
    quotas: Quotas,
    *,
    site_id: int,
    network_key: str,
    per_minute: int,
    secret_key: str,
    now: datetime,
) -> None:
    """Count one report against its connection and its site.

    `network_key` is the reader's address; it is stored nowhere, only counted under a hash that is
    keyed with a salt of the day. Raises TooManyError that says when to try again.
    """
    reader = hashed_reader(session, network_key, secret_key=secret_key, now=now)
    quotas.spend_each(
        session,
        [
            Limit(f"reports/{reader}/minute", per_minute, MINUTE),
            Limit(f"reports/{reader}/hour", per_minute * HOUR_FACTOR, HOUR),
            Limit(f"reports/site/{site_id}/minute", per_minute * SITE_FACTOR, MINUTE),
        ],
        now=now,
    )


def hashed_reader(session: Session, network_key: str, *, secret_key: str, now: datetime) -> str:
    """The reader's connection as a hex hash that nobody can link to another day's."""
    salt = salts.of_day(session, now.date())
    key = hashlib.sha256(secret_key.encode() + salt).digest()
    return hmac.new(key, network_key.encode(), hashlib.sha256).hexdigest()
