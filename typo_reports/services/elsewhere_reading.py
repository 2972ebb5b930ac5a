"""The worker's part of looking for the same error elsewhere: list the pages, read one by one.

Each page is read without a transaction; what was found on it, and that it was read, are written
together. So a worker that dies leaves a search that the next one goes on with.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy.orm import Session

from typo_reports.domain import elsewhere as rules
from typo_reports.domain import kept_words
from typo_reports.domain.elsewhere import MISSPELLING, PHRASE, REAL_WORD, Occurrence
from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.domain.selector import Selector
from typo_reports.domain.verification import USUAL_PACE, Pace
from typo_reports.domain.words import N_, NN_
from typo_reports.services import elsewhere as searches
from typo_reports.services import page_hosts, page_reading
from typo_reports.services.elsewhere_cases import address_of, standing_at
from typo_reports.services.elsewhere_listing import Lister
from typo_reports.services.elsewhere_words import WordsKept, kind_of
from typo_reports.services.page_reading import KnownPage, Reader, Reading
from typo_reports.spelling.shelf import Shelf
from typo_reports.storage import elsewhere, house_style, pages
from typo_reports.storage import page_hosts as hosts
from typo_reports.storage.engine import Database
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, ElsewherePlace, ElsewhereSearch
from typo_reports.storage.models.elsewhere import READING

log = logging.getLogger(__name__)

# Longer than reading one page, or a dozen sitemaps, may take.
LEASE = timedelta(minutes=5)
LONGEST = timedelta(hours=3)
POSTPONED_MOST = timedelta(hours=1)
# Places of one search: an editor looks through no more, and a wrong search must not flood a desk.
PLACES_MOST = 500
# One page may be broken; so many in a row are a server in trouble.
_FAILURES_BORNE = 2
_PATIENCE_SECONDS = 4.0
_KNOWN = "known"
OTHER_LANGUAGE = "other-language"
_READ = frozenset({page_reading.READ, _KNOWN, OTHER_LANGUAGE})


@dataclass(frozen=True, slots=True)
class _Page:
    """One page as it was read, and what it holds of what is sought."""

    outcome: str
    reading: Reading | None = None
    found: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Searcher:
    """Carries searches on. `reader` says how pages are read, `shelf` has the dictionaries."""

    database: Database
    reader: Reader
    shelf: Shelf
    now: Callable[[], datetime]
    pace: Pace = USUAL_PACE

    def go_on(self, *, seconds: float = 10.0) -> int:
        """Read for the searches that are due, no longer than this; how many pages they were."""
        end, read = time.monotonic() + seconds, 0
        done: set[str] = set()
        while time.monotonic() < end:
            with self.database.writing() as session:
                at = self.now()
                search_id = elsewhere.claim_next(session, now=at, until=at + LEASE, not_ids=done)
            if search_id is None:
                break
            done.add(search_id)
            while time.monotonic() < end and self._step_or_end(search_id):
                read += 1
            self._let_go(search_id)
        return read

    def _step_or_end(self, search_id: str) -> bool:
        """The same as `_step`; a search that we fail at is ended, or it would never be over."""
        try:
            return self._step(search_id)
        except StorageUnavailableError:
            # The database's trouble passes; the next worker goes on.
            raise
        except Exception:
            log.exception("the search %s failed and is ended", search_id)
            return self._finish(search_id, N_("Something went wrong: the rest was not read."))

    def _step(self, search_id: str) -> bool:
        """One page, or the list of them; whether there is more to do now."""
        with self.database.reading() as session:
            search = elsewhere.by_id(session, search_id)
            page = elsewhere.next_page(session, search_id)
        if search is None or not search.is_running:
            return False
        if not (search.site.looks_elsewhere and search.site.reads_pages):
            return self._finish(search_id, N_("The site has switched it off meanwhile."))
        if search.status != READING:
            return self._list_pages(search)
        if page is None:
            return self._finish(search_id)
        if search.started_at is not None and self.now() - search.started_at > LONGEST:
            return self._finish(search_id, N_("It took too long: the rest was not read."))
        read = self._read(search, page.url)
        if read is None or not self._record(search_id, page.number, page.url, read):
            return False
        return read.outcome != page_reading.UNREACHABLE or not self._rests(search_id)

    def _list_pages(self, search: ElsewhereSearch) -> bool:
        site = search.site
        with self.database.reading() as session:
            case = session.get(Case, search.case_id)
            own = case.page.url if case is not None else ""
            known = elsewhere.reported_pages(session, site.id, limit=site.pages_most + 1)
        lister = Lister(
            self.database,
            self.reader,
            origins=frozenset(origin.origin for origin in site.origins),
            now=self.now,
            pace=self.pace,
        )
        listed = lister.listed(site.listing_url, own_page=own, limit=site.pages_most)
        urls = [url for url in dict.fromkeys([*known, *listed.urls]) if url != own]
        kind = kind_of(search.wrong, self.shelf.language(search.lang))
        with self.database.writing() as session:
            fresh = elsewhere.by_id(session, search.id, for_change=True)
            if fresh is None or not fresh.is_running:
                return False
            elsewhere.add_pages(session, fresh.id, urls[: site.pages_most])
            fresh.status, fresh.kind = READING, kind
            for sentence in listed.words:
                fresh.words = kept_words.added(fresh.words, sentence)
            fresh.pages = len(urls[: site.pages_most])
            fresh.started_at = self.now()
            fresh.leased_until = self.now() + LEASE
        return True

    def _read(self, search: ElsewhereSearch, url: str) -> _Page | None:
        """The page; None if its host has no time now, and the search waits for it."""
        kept = WordsKept(self.database, search.site_id, url)
        lacks = kept.lacks(search.wrong)
        if lacks and kept.is_fresh(self.now()):
            return _Page(_KNOWN)
        known = KnownPage(url, frozenset(origin.origin for origin in search.site.origins))
        if known.origin not in known.origins:
            return _Page(page_reading.UNREADABLE)
        if lacks:
            known = replace(known, etag=kept.etag, last_modified=kept.last_modified)
        reading = page_hosts.read_in_turn(
            self.database,
            self.reader,
            known,
            now=self.now,
            pace=self.pace,
            patience_seconds=_PATIENCE_SECONDS,
        )
        if reading is None:
            self._postpone(search.id, known.origin)
            return None
        kept.keep(reading, now=self.now())
        if reading.outcome == page_reading.UNCHANGED:
            return _Page(_KNOWN)
        if reading.text is None:
            return _Page(reading.outcome)
        if _is_other(reading.lang, search.lang):
            return _Page(OTHER_LANGUAGE)
        with self.database.reading() as session:
            held = house_style.texts_of(session, search.site_id, reading.lang or search.lang)
        sought = searches.sought_of_search(search)
        found = rules.occurrences(reading.text.text, sought, held=held)
        return _Page(page_reading.READ, reading, tuple(found))

    def _record(self, search_id: str, number: int, url: str, page: _Page) -> bool:
        with self.database.writing() as session:
            search = elsewhere.by_id(session, search_id, for_change=True)
            waiting = elsewhere.next_page(session, search_id)
            if search is None or not search.is_running or waiting is None:
                return False
            if waiting.number != number:
                # Another worker has read it: the lease was over.
                return False
            waiting.outcome = page.outcome
            search.read += 1
            search.unread += page.outcome not in _READ
            search.leased_until = self.now() + LEASE
            added = self._add_places(session, search, number, url, page)
            search.found_pages += bool(added)
            if elsewhere.count_places(session, search_id) >= PLACES_MOST:
                words = NN_(
                    "More than %(num)s place: the rest was not read.",
                    "More than %(num)s places: the rest was not read.",
                    PLACES_MOST,
                )
                searches.finish(search, now=self.now(), words=words)
                return False
        return True

    def _add_places(
        self, session: Session, search: ElsewhereSearch, number: int, url: str, page: _Page
    ) -> int:
        reading = page.reading
        if reading is None or reading.text is None or not page.found:
            return 0
        url = address_of(session, search, url, reading)
        if url == "":
            return 0
        added = 0
        for one in page.found:
            is_sure = one.agrees or search.kind in {MISSPELLING, PHRASE}
            if not is_sure and search.kind == REAL_WORD and (search.before or search.after):
                search.left_out += 1
                continue
            selector = Selector.from_text(reading.text.text, one.start, one.end)
            place = ElsewherePlace(
                id=new_id(self.now()),
                search_id=search.id,
                number=number,
                url=url,
                title=(reading.title or None),
                lang=reading.lang,
                exact=selector.exact,
                prefix=selector.prefix,
                suffix=selector.suffix,
                start=one.start,
                end=one.end,
                right=one.right,
                position=reading.text.positions.of(one.start),
                is_sure=is_sure,
            )
            home = pages.at(session, site_id=search.site_id, url=url)
            place.case_id = standing_at(session, home, place) if home is not None else None
            session.add(place)
            added += 1
        return added

    def _finish(self, search_id: str, words: str | None = None) -> bool:
        with self.database.writing() as session:
            search = elsewhere.by_id(session, search_id, for_change=True)
            if search is not None and search.is_running:
                searches.finish(search, now=self.now(), words=words)
        return False

    def _postpone(self, search_id: str, origin: str) -> None:
        with self.database.writing() as session:
            search = elsewhere.by_id(session, search_id, for_change=True)
            free_at = hosts.free_at(session, origin)
            if search is not None and free_at is not None:
                at = min(free_at, self.now() + POSTPONED_MOST)
                search.due_at = self._by_its_end(search, at)

    @staticmethod
    def _by_its_end(search: ElsewhereSearch, at: datetime) -> datetime:
        """This moment, or the one from which on there is no time left for the search."""
        over = search.started_at and search.started_at + LONGEST + timedelta(seconds=1)
        return min(at, over) if over else at

    def _rests(self, search_id: str) -> bool:
        """Whether the site's server is in trouble: it is left alone, the longer the more fails."""
        with self.database.writing() as session:
            search = elsewhere.by_id(session, search_id, for_change=True)
            outcomes = elsewhere.last_outcomes(session, search_id, besides=_KNOWN)
            failures = len(list(takewhile(lambda one: one == page_reading.UNREACHABLE, outcomes)))
            if search is None or failures < _FAILURES_BORNE:
                return False
            pause = self.pace.after_failure(failures + 1 - _FAILURES_BORNE, wait_seconds=None)
            search.due_at = self._by_its_end(search, self.now() + pause)
            return True

    def _let_go(self, search_id: str) -> None:
        with self.database.writing() as session:
            search = elsewhere.by_id(session, search_id, for_change=True)
            if search is not None:
                search.leased_until = None
                # The others have their turn first.
                search.due_at = max(search.due_at, self.now())


def _is_other(lang: str | None, wanted: str | None) -> bool:
    """Whether both languages are known and are not one."""
    mine, theirs = ((tag or "").lower().partition("-")[0] for tag in (lang, wanted))
    return bool(mine and theirs and mine != theirs)
