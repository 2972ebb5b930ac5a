"""Which pages of a site are read for a search: those reported before, and what it lists itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from typo_reports.domain.verification import Pace
from typo_reports.domain.words import N_, NN_
from typo_reports.pages.address import named_address, safe_link
from typo_reports.pages.listing import Entry
from typo_reports.pages.robots import sitemaps_of
from typo_reports.services import page_hosts, page_reading
from typo_reports.services.page_reading import KnownPage, Reader, Reading
from typo_reports.storage.engine import Database

# A sitemap index names sitemaps, which may be indexes in turn; deeper nobody writes them.
DEPTH_MOST = 2
FILES_MOST = 12
ORIGINS_MOST = 3
_PATIENCE_SECONDS = 10.0
_BUSY = N_("Its server wants no request.")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """Addresses on the site, the newest first, and what an editor should know of the list."""

    urls: list[str]
    words: Sequence[str] = ()


class Lister:
    """Reads the sitemaps or feeds of one site, politely; never raises for what a server does."""

    def __init__(
        self,
        database: Database,
        reader: Reader,
        *,
        origins: frozenset[str],
        now: Callable[[], datetime],
        pace: Pace,
    ) -> None:
        self.database, self.reader, self.now, self.pace = database, reader, now, pace
        self.origins = origins
        self._found: dict[str, datetime] = {}
        self._asked: set[str] = set()
        self._troubles: list[str] = []

    def listed(self, listing_url: str | None, *, own_page: str, limit: int) -> Listed:
        """What the site lists: at `listing_url`, or where robots.txt, custom or a feed leads."""
        if listing_url is not None:
            self._follow([Entry(listing_url)], depth=0)
        else:
            for origin in self._origins(own_page):
                self._follow(self._sitemaps_of(origin), depth=0)
            if not self._found:
                self._follow(self._feeds_of(own_page), depth=0)
        newest = sorted(self._found.items(), key=lambda one: one[1], reverse=True)
        return Listed([url for url, _ in newest[:limit]], self._words(len(newest), limit))

    def _words(self, found: int, limit: int) -> list[str]:
        if not found:
            trouble = self._troubles[0] if self._troubles else None
            return [
                trouble or N_("No sitemap and no feed was found."),
                N_("Only reported pages are read."),
            ]
        if found <= limit:
            return []
        return [
            NN_("The site lists %(num)s page.", "The site lists %(num)s pages.", found),
            NN_("The newest is read.", "The newest %(num)s are read.", limit),
        ]

    def _origins(self, own_page: str) -> list[str]:
        mine = KnownPage(own_page, self.origins).origin
        others = sorted(self.origins - {mine})
        return [mine, *others][:ORIGINS_MOST]

    def _sitemaps_of(self, origin: str) -> list[Entry]:
        reading = self._read(f"{origin}/robots.txt", page_reading.read_robots)
        robots = reading.robots.get(origin) if reading is not None else None
        named = sitemaps_of(robots.text) if robots is not None else []
        return [Entry(url) for url in named or [f"{origin}/sitemap.xml"]]

    def _feeds_of(self, own_page: str) -> list[Entry]:
        reading = self._read(own_page, page_reading.read)
        feeds = reading.feeds if reading is not None else ()
        base = reading.url if reading is not None and reading.url else own_page
        return [Entry(url) for feed in feeds if (url := safe_link(feed, base=base)) is not None]

    def _follow(self, files: Iterable[Entry], *, depth: int) -> None:
        ordered = sorted(files, key=lambda one: one.changed_at or _LONG_AGO, reverse=True)
        for file in ordered:
            if file.url in self._asked or len(self._asked) >= FILES_MOST:
                continue
            self._asked.add(file.url)
            reading = self._read(file.url, page_reading.read_listing)
            if reading is None or reading.listing is None:
                trouble = reading.words if reading is not None else _BUSY
                self._troubles.append(
                    N_("%(address)s: %(words)s", address=file.url[:200], words=trouble)
                )
                continue
            for entry in reading.listing.pages:
                url = named_address(entry.url, base=file.url, origins=self.origins)
                if url is not None:
                    changed_at = entry.changed_at or _LONG_AGO
                    self._found[url] = max(changed_at, self._found.get(url, _LONG_AGO))
            if depth < DEPTH_MOST:
                self._follow(reading.listing.sitemaps, depth=depth + 1)

    def _read(self, url: str, how: Callable[..., Reading]) -> Reading | None:
        page = KnownPage(url, self.origins)
        if page.origin not in self.origins:
            return Reading(
                page_reading.UNREADABLE, N_("It lies on an origin that is none of the site's.")
            )
        return page_hosts.read_in_turn(
            self.database,
            self.reader,
            page,
            now=self.now,
            pace=self.pace,
            patience_seconds=_PATIENCE_SECONDS,
            how=how,
        )
