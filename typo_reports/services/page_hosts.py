"""One request to a host at a time, with the pauses that it wants."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.verification import Pace
from typo_reports.services import page_reading
from typo_reports.services.page_reading import KnownPage, Reader, Reading
from typo_reports.services.page_robots import RobotsText
from typo_reports.storage import page_hosts
from typo_reports.storage.engine import Database

# Longer than robots.txt and page may take together; a worker that died holds up no longer.
LEASE = timedelta(seconds=60)
RETRY_SECONDS = 0.25
# A longer pause between two requests of one look is not waited for.
WAITED_FOR_SECONDS = 10.0
_DELAY_MOST_SECONDS = 60.0


def free(session: Session, origin: str, reading: Reading, *, now: datetime, pace: Pace) -> None:
    """Give the host back after a request, for the time after the pause that it wants."""
    asked = timedelta(seconds=min(reading.delay_seconds, _DELAY_MOST_SECONDS))
    pause = max(pace.between_requests, asked)
    wait = max(pause, timedelta(seconds=reading.wait_seconds or 0))
    kept = kept_robots(session, reading.robots)
    # A redirect may have led to another origin, which has its pause, too. In one order everywhere.
    for met in sorted({origin, *reading.robots}):
        if met == origin:
            page_hosts.free(session, origin, at=now + wait)
        else:
            page_hosts.spare(session, met, until=now + pause)
        robots = reading.robots.get(met)
        if robots is not None and kept.get(met) != robots:
            page_hosts.keep_robots(session, met, robots.text, read_at=robots.read_at)


def kept_robots(session: Session, origins: Collection[str]) -> dict[str, RobotsText]:
    """What is kept of the robots.txt of these origins."""
    kept = page_hosts.robots(session, origins)
    return {origin: RobotsText(text, read_at) for origin, (text, read_at) in kept.items()}


def read_in_turn(
    database: Database,
    reader: Reader,
    page: KnownPage,
    *,
    now: Callable[[], datetime],
    pace: Pace,
    patience_seconds: float,
    how: Callable[..., Reading] = page_reading.read,
) -> Reading | None:
    """Read the page when its host is free; None if it isn't for so long. `how` reads it.

    What is kept of the host's robots.txt replaces what `page` says of it.
    """
    end = time.monotonic() + patience_seconds
    while True:
        with database.writing() as session:
            at = now()
            if page_hosts.claim(session, page.origin, now=at, until=at + LEASE):
                known = replace(page, robots=kept_robots(session, page.origins))
                break
        if time.monotonic() >= end:
            return None
        time.sleep(RETRY_SECONDS)
    reading = how(known, reader, now=now())
    with database.writing() as session:
        free(session, page.origin, reading, now=now(), pace=pace)
    return reading
