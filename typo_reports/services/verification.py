"""Looking at pages with cases, so that cases close when their error is gone from the page.

One look: take the page and its host for oneself, read without holding anything of the database,
then write down what was seen. Any number of processes may look; each page and each host is looked
at by one.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version

from sqlalchemy.orm import Session

from typo_reports.domain import kept_words
from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.domain.verification import GONE, USUAL_PACE, WATCHED_AFTER_FIX, Pace, Seen
from typo_reports.pages.text import PageText
from typo_reports.services import page_hosts, page_looks, page_reading, page_verdicts
from typo_reports.services.page_confirming import Confirmer
from typo_reports.services.page_hosts import LEASE, RETRY_SECONDS
from typo_reports.services.page_reading import KnownPage, Reader, Reading
from typo_reports.services.page_verdicts import Moment, Sight
from typo_reports.services.sightings import seen_of_cases, seen_on_page
from typo_reports.settings import Settings
from typo_reports.spelling.page_words import PageWords
from typo_reports.storage import hints, page_checks, pages
from typo_reports.storage import page_hosts as hosts
from typo_reports.storage.engine import Database

log = logging.getLogger(__name__)

_DUE_AT_ONCE = 20
# Other addresses of one page that are looked at in one go.
_SOURCES_MOST = 2


@dataclass(frozen=True, slots=True)
class Look:
    """How a look at one page ended; `words_of` says of each case, by its id, what became of it."""

    url: str
    outcome: str
    words: str | None
    words_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        """How many cases each word is said of."""
        return Counter(self.words_of.values())


@dataclass(frozen=True, slots=True)
class Verifier:
    """Looks at pages. `reader` says how they are read, `pace` how often."""

    database: Database
    reader: Reader
    now: Callable[[], datetime]
    pace: Pace = USUAL_PACE

    def look_at_due(self, *, seconds: float = 10.0) -> int:
        """Look at the pages that are due, but no longer than this; how many they were."""
        end, looked = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            with self.database.reading() as session:
                due = page_checks.due_ids(session, now=self.now(), limit=_DUE_AT_ONCE)
            done = 0
            for page_id in due:
                if time.monotonic() < end and self._look_or_put_off(page_id):
                    done += 1
            looked += done
            if not done:
                break
        return looked

    def look_at_all(self, *, site_key: str | None = None) -> Iterator[tuple[int, int, Look | None]]:
        """Look at every page with open cases: (number, of how many, the look).

        The look is None when the page's host wants no request for longer than a lease.
        """
        with self.database.reading() as session:
            ids = page_checks.ids_with_cases(session, site_key=site_key)
        for number, page_id in enumerate(ids, 1):
            yield number, len(ids), self._look(page_id, patience_seconds=LEASE.total_seconds())

    def look_at(
        self, page_id: int, *, patience_seconds: float = 0.0, if_due: bool = False
    ) -> Look | None:
        """Look at this page for an editor; None if somebody else does or its host is busy.

        Busy for so long. With `if_due` also None when it is not due any more.
        """
        return self._look(
            page_id, patience_seconds=patience_seconds, if_due=if_due, is_asked_for=True
        )

    def _look_or_put_off(self, page_id: int) -> bool:
        """Whether the page was looked at; one that we fail at keeps no other waiting."""
        try:
            return self._look(page_id, if_due=True) is not None
        except StorageUnavailableError:
            # The database's trouble passes, and is none of the page.
            raise
        except Exception:
            log.exception("the look at page %d failed and is put off", page_id)
        with self.database.writing() as session:
            page_looks.put_off(session, page_id, now=self.now(), pace=self.pace)
        return True

    def _look(
        self,
        page_id: int,
        *,
        patience_seconds: float = 0.0,
        if_due: bool = False,
        is_asked_for: bool = False,
    ) -> Look | None:
        end = time.monotonic() + patience_seconds
        while (known := self._claimed(page_id, if_due=if_due, is_anew=is_asked_for)) is None:
            if time.monotonic() >= end:
                return None
            time.sleep(RETRY_SECONDS)
        reading = page_reading.read(known, self.reader, now=self.now())
        sight = self._sight(page_id, known, reading)
        counts = PageWords.of(reading.text.text).counts if reading.text else None
        with self.database.writing() as session:
            look = self._recorded(session, page_id, known, reading, sight)
            if counts:
                hints.keep_page_words(session, page_id, counts, at=self.now())
        if not is_asked_for:
            # An editor does not wait for what other addresses show.
            confirmer = Confirmer(self.database, self.reader, self.now, self.pace)
            confirmer.after_look(page_id, known, reading)
        return look

    def _claimed(self, page_id: int, *, if_due: bool, is_anew: bool) -> KnownPage | None:
        now = self.now()
        with self.database.writing() as session:
            check = page_checks.with_page(session, page_id)
            if check is None or not check.page.site.reads_pages:
                return None
            if not page_checks.claim(session, page_id, now=now, until=now + LEASE, if_due=if_due):
                return None
            # Another process may have put it off in between.
            session.refresh(check)
            known = page_looks.known_page(session, check, is_anew=is_anew)
            if not hosts.claim(session, known.origin, now=now, until=now + LEASE):
                free_at = hosts.free_at(session, known.origin)
                is_due = check.due_at is not None and check.due_at <= now
                if free_at is not None and is_due:
                    # Within a lease somebody may be done any moment; beyond it the host asked for
                    # a longer rest.
                    is_soon = free_at - now <= LEASE
                    until = now + self.pace.between_requests if is_soon else free_at
                    page_checks.postpone(session, page_id, until=until)
                else:
                    page_checks.let_go(session, page_id)
                return None
            return known

    def _sight(self, page_id: int, known: KnownPage, reading: Reading) -> Sight | None:
        if reading.text is None:
            return None
        with self.database.reading() as session:
            seen = seen_on_page(
                session, page_id, reading.text, fixed_since=self.now() - WATCHED_AFTER_FIX
            )
            if (unfolded := _unfolded(reading, seen)) is not None:
                lacking = [case_id for case_id, one in seen.items() if not one.stands]
                found = seen_of_cases(session, lacking, unfolded)
                seen |= {case_id: one for case_id, one in found.items() if one.stands}
            missing = [case_id for case_id, one in seen.items() if one.state == GONE]
            sources = page_checks.other_sources(session, missing, url=known.url)
        unread = self._look_at_sources(known, reading, sources, seen)
        return Sight(
            length=len(reading.text.text),
            is_elsewhere=reading.is_elsewhere,
            is_for_subscribers=reading.is_for_subscribers,
            seen=seen,
            unread=unread,
            article_at=reading.article_at,
            title=reading.title,
        )

    def _look_at_sources(
        self, known: KnownPage, reading: Reading, sources: dict[str, str], seen: dict[str, Seen]
    ) -> set[str]:
        """Look for what is missing where its readers were: a page may name another as canonical.

        What is found there is put into `seen`; the answer is the cases that nobody can tell of.
        """
        unread = set(sources)
        pause = max(self.pace.between_requests.total_seconds(), reading.delay_seconds)
        if pause > page_hosts.WAITED_FOR_SECONDS:
            return unread
        for url in sorted(set(sources.values()))[:_SOURCES_MOST]:
            source = replace(
                known,
                url=url,
                etag=None,
                last_modified=None,
                robots=reading.robots,
            )
            if source.origin != known.origin:
                # Another host, which was not taken for this look.
                continue
            time.sleep(pause)
            text = page_reading.read(source, self.reader, now=self.now()).text
            if text is None:
                continue
            ids = [case_id for case_id, at in sources.items() if at == url]
            with self.database.reading() as session:
                seen.update(seen_of_cases(session, ids, text))
            unread.difference_update(ids)
        return unread

    def _recorded(
        self,
        session: Session,
        page_id: int,
        known: KnownPage,
        reading: Reading,
        sight: Sight | None,
    ) -> Look:
        # Locked in the order of intake: page, cases, check.
        now = self.now()
        pages.lock(session, page_id)
        watched = page_checks.watched_cases(
            session, page_id, fixed_since=now - WATCHED_AFTER_FIX, for_change=True
        )
        moment = Moment(now, self.pace, self.reader.base_url)
        if sight is not None:
            verdicts = page_verdicts.from_text(session, watched, sight, moment)
        elif reading.outcome == page_reading.UNCHANGED:
            verdicts = page_verdicts.unchanged(watched, moment)
        else:
            verdicts = page_verdicts.without_text(watched, reading.outcome, moment)
        session.flush()
        check = page_checks.with_page(session, page_id)
        if check is None:
            return Look(known.url, reading.outcome, reading.words)
        check.page.article_at = reading.article_at or check.page.article_at
        if reading.cms_id and not reading.is_elsewhere:
            check.page.cms_id = reading.cms_id
        page_hosts.free(session, known.origin, reading, now=now, pace=self.pace)
        page_looks.note(check, reading, verdicts, now=now)
        asked_for = check.due_at if check.due_at != known.due_at else None
        due_at = page_looks.next_due(check, reading, verdicts, watched, moment)
        # Who published, or asked for a look, during this one, means what is there now.
        check.due_at = min(due_at or asked_for, asked_for) if asked_for else due_at
        words = next(iter(kept_words.sentences_of(check.words)), None)
        return Look(known.url, check.outcome or reading.outcome, words, verdicts.words)


def verifier(
    database: Database,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    pace: Pace = USUAL_PACE,
) -> Verifier:
    """The verifier of an installation with these settings."""
    reader = Reader(
        version=version("typo-reports"),
        base_url=settings.base_url,
        private=settings.private_origins,
    )
    return Verifier(database, reader, now, pace)


def _unfolded(reading: Reading, seen: Mapping[str, Seen]) -> PageText | None:
    """The text with what readers unfold, if something is not in the one that is shown at first."""
    return None if all(one.stands for one in seen.values()) else reading.unfolded()
