"""Keeping the index of search up to date. In the worker, never at intake."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from sqlalchemy.orm import Session

from typo_reports.storage import search, search_index, search_triggers
from typo_reports.storage.engine import Database

log = logging.getLogger(__name__)

# Small, so that nobody waits behind the writing.
BATCH = 100
# Other tasks of the worker want their turn, too.
MOST_SECONDS = 4.0
_COUNTED_MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How many cases stand in the index, and how many wait to be read (again)."""

    indexed: int
    waiting: int

    def words(self) -> str:
        """One sentence for the operator."""
        if not self.waiting:
            return f"{self.indexed:,} cases indexed"
        whole = self.indexed + self.waiting
        share = 100 * self.indexed // whole
        return f"{self.indexed:,} cases indexed, {self.waiting:,} wait for the worker ({share} %)"


def refresh(database: Database, *, most_seconds: float = MOST_SECONDS, batch: int = BATCH) -> int:
    """Read stale cases until none is left or the time is over; returns how many were read.

    No transaction is open while texts are read, and a case that changes meanwhile stays stale.
    """
    ends_at = time.monotonic() + most_seconds
    done = 0
    while time.monotonic() < ends_at:
        with database.reading() as session:
            marks = search_index.stale(session, limit=batch)
            texts = search_index.texts(session, list(marks)) if marks else {}
        if marks:
            with database.writing() as session:
                search_index.put(session, marks, texts)
        done += len(marks)
        if len(marks) < batch:
            break
    if done >= BATCH:
        log.info("search index: %d cases read", done)
    return done


def progress(session: Session) -> Progress:
    """How far the index is."""
    return Progress(search.indexed_count(session), search.stale_count(session, most=_COUNTED_MOST))


def missing_triggers(session: Session) -> list[str]:
    """Triggers that are not in place, so that changes would be missed; none is right."""
    present = set(search_triggers.installed(session.connection()))
    return [name for name in search_triggers.NAMES if name not in present]
