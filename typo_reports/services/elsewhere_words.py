"""What words say of a search: which a page held when it was last read, and how surely they err.

Most pages need not be read a second time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from typo_reports.domain.elsewhere import MISSPELLING, PHRASE, REAL_WORD, UNKNOWN
from typo_reports.services.page_reading import READ, UNCHANGED, Reading
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import MOST_CHARACTERS
from typo_reports.spelling.words import words_of
from typo_reports.storage import elsewhere
from typo_reports.storage.engine import Database
from typo_reports.storage.models import SiteWords
from typo_reports.storage.pages import hash_of

# So long a page that lacked the words is taken to lack them still, and costs no request.
FRESH = timedelta(hours=6)
WORDS_MOST = 6_000
KEPT = timedelta(days=90)


class WordsKept:
    """What is kept of one page of a site."""

    def __init__(self, database: Database, site_id: int, url: str) -> None:
        self._database, self._key = database, (site_id, hash_of(url))
        with database.reading() as session:
            row = elsewhere.words_of(session, *self._key)
        held = row.held["words"] if row is not None and row.held is not None else None
        self._held = frozenset(held) if held is not None else None
        self.etag = row.etag if row is not None else None
        self.last_modified = row.last_modified if row is not None else None
        self._read_at = row.read_at if row is not None else None

    def lacks(self, wrong: str) -> bool:
        """Whether the page is known not to have held all words of this."""
        words = {word.plain.lower() for word in words_of(wrong)}
        return self._held is not None and bool(words) and not words <= self._held

    def is_fresh(self, now: datetime) -> bool:
        """Whether it was read a short while ago."""
        return self._read_at is not None and timedelta(0) <= now - self._read_at < FRESH

    def keep(self, reading: Reading, *, now: datetime) -> None:
        """Remember what was read; an unchanged page is as fresh as one that was read."""
        if reading.outcome not in {READ, UNCHANGED}:
            return
        with self._database.writing() as session:
            row = elsewhere.words_of(session, *self._key)
            if row is None:
                row = SiteWords(site_id=self._key[0], url_hash=self._key[1], read_at=now)
                session.add(row)
            row.read_at = now
            if reading.text is not None:
                row.held = _held(reading.text.text)
                row.etag, row.last_modified = reading.etag, reading.last_modified


def kind_of(wrong: str, language: Language | None) -> str:
    """How surely these words are wrong wherever they stand, by the dictionary of their language."""
    words = words_of(wrong)
    if len(words) > 1:
        return PHRASE
    if not words:
        # A script without spaces: any run of signs may be part of another word.
        return REAL_WORD
    if language is None:
        return UNKNOWN
    plain = words[0].plain
    return REAL_WORD if language.knows(plain) or language.knows(plain.lower()) else MISSPELLING


def _held(text: str) -> dict[str, list[str]] | None:
    if len(text) > MOST_CHARACTERS:
        return None
    words = sorted({word.plain.lower() for word in words_of(text)})
    return {"words": words} if len(words) <= WORDS_MOST else None
