"""Whether an address is another one of a page: what both say of themselves, read by the server.

A page that names a canonical address on one of the site's origins is joined to it when that
address can be read, names no other one, and shows the same text with the same reported passages.
So a site whose pages all name the front page, or page 2 of an article that names page 1, stay
apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from typo_reports.domain.likeness import likeness
from typo_reports.domain.verification import GONE, WATCHED_AFTER_FIX, Pace
from typo_reports.services import page_hosts, page_joining
from typo_reports.services.page_reading import KnownPage, Reader, Reading
from typo_reports.services.sightings import seen_of_cases, seen_on_page
from typo_reports.storage import pages
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Page

# What was refused is tried again after this, or when the page names another address.
ASKED_AGAIN_AFTER = timedelta(days=1)
# Of the shorter text, so much must stand in the longer: with a reported passage, and without.
_ALIKE, _ALIKE_ALONE = 0.5, 0.8
_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Confirmer:
    """Joins pages to the addresses that they name, once these were read, too."""

    database: Database
    reader: Reader
    now: Callable[[], datetime]
    pace: Pace

    def after_look(self, page_id: int, known: KnownPage, reading: Reading) -> bool:
        """Follow what the page that was just read says of its addresses; whether one was joined."""
        if reading.text is None:
            return False
        if reading.names is not None and reading.names != known.url:
            return self._joined_to_canonical(page_id, reading.names, known, reading)
        if reading.amp is not None and reading.amp != known.url and not reading.is_elsewhere:
            return self._joined_from_amp(reading.amp, page_id, known, reading)
        return False

    def _joined_to_canonical(
        self, page_id: int, url: str, known: KnownPage, reading: Reading
    ) -> bool:
        with self.database.reading() as session:
            page = session.get(Page, page_id)
            if page is None or not self._is_worth_asking(page, url):
                return False
        other = self._read(url, known, after=reading)
        if other is None:
            return False
        is_same = self._is_same(page_id, reading, url, other)
        return self._decided(page_id, url, is_same=is_same)

    def _joined_from_amp(self, amp: str, page_id: int, known: KnownPage, reading: Reading) -> bool:
        with self.database.reading() as session:
            page = session.get(Page, page_id)
            view = pages.at(session, site_id=page.site_id, url=amp) if page is not None else None
            if view is None or not self._is_worth_asking(view, known.url):
                return False
        other = self._read(amp, known, after=reading)
        if other is None:
            return False
        is_same = self._is_same(view.id, other, known.url, reading)
        return self._decided(view.id, known.url, is_same=is_same)

    def _is_worth_asking(self, page: Page, url: str) -> bool:
        if page.joined_to_id is not None or page.stays_apart:
            return False
        if page.named_url != url or page.named_at is None:
            return True
        return self.now() - page.named_at >= ASKED_AGAIN_AFTER

    def _read(self, url: str, known: KnownPage, *, after: Reading) -> Reading | None:
        asked_for = min(after.delay_seconds, page_hosts.WAITED_FOR_SECONDS)
        pause = max(self.pace.between_requests.total_seconds(), asked_for)
        patience = pause + _PATIENCE_SECONDS
        return page_hosts.read_in_turn(
            self.database,
            self.reader,
            KnownPage(url=url, origins=known.origins),
            now=self.now,
            pace=self.pace,
            patience_seconds=patience,
        )

    def _is_same(self, page_id: int, reading: Reading, url: str, other: Reading) -> bool:
        """Whether the page, read as `reading`, shows what `url`, read as `other`, shows."""
        if reading.text is None or other.text is None or other.is_elsewhere:
            return False
        if {reading.names or url, other.names or url} != {url}:
            return False
        since = self.now() - WATCHED_AFTER_FIX
        with self.database.reading() as session:
            seen = seen_on_page(session, page_id, reading.text, fixed_since=since)
            here = [case_id for case_id, one in seen.items() if one.state != GONE]
            there = seen_of_cases(session, here, other.text)
        shared = sum(one.state != GONE for one in there.values())
        if reading.is_elsewhere:
            # A redirect shows one text for both: only what was reported here tells something.
            return bool(here) and shared * 2 >= len(here)
        alike = likeness(reading.text.text, other.text.text)
        return alike >= _ALIKE and shared * 2 >= len(here) if here else alike >= _ALIKE_ALONE

    def _decided(self, page_id: int, url: str, *, is_same: bool) -> bool:
        now = self.now()
        with self.database.writing() as session:
            if is_same:
                return page_joining.join(session, page_id, url, now=now)
            page = pages.with_lock(session, page_id)
            page.named_url, page.named_at = url, now
            return False
