"""When pages are looked at and what came of it; hosts and how they want to be treated."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, Integer, String, case, event, inspect, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.domain.case import OPEN
from typo_reports.domain.verification import USUAL_PACE
from typo_reports.storage.models.foundation import Base
from typo_reports.storage.models.publications import Page
from typo_reports.storage.models.reviewing import Case


class PageCheck(Base):
    """The looks at one page: when the next is due, and how the last one ended."""

    __tablename__ = "page_checks"
    __table_args__ = (Index(None, "due_at"), Index(None, "site_id", "outcome"))

    page_id: Mapped[int] = mapped_column(
        ForeignKey("pages.id"), primary_key=True, autoincrement=False
    )
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    # None: nothing is left to look for.
    due_at: Mapped[datetime | None]
    # Whoever looks has it until then; a worker that died gives it back by that.
    leased_until: Mapped[datetime | None]
    # Since the last report; the intervals grow with it.
    looks: Mapped[int] = mapped_column(Integer, default=0)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    # Whether the last look saw something that one more look would decide.
    is_undecided: Mapped[bool] = mapped_column(default=False)
    checked_at: Mapped[datetime | None]
    # read, page-gone, unreadable, unreachable, not-allowed; None before the first look.
    outcome: Mapped[str | None] = mapped_column(String(16))
    words: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]

    page: Mapped[Page] = relationship()


class PageHost(Base):
    """One origin that is fetched from, by one process at a time, and its robots.txt."""

    __tablename__ = "page_hosts"

    origin: Mapped[str] = mapped_column(String(300), primary_key=True)
    # Nobody asks before: the pause after a request, the lease during one, Retry-After.
    free_at: Mapped[datetime]
    robots: Mapped[str | None]
    robots_read_at: Mapped[datetime | None]


class PageWordCounts(Base):
    """How often each word stood on a page when it was last read; by them errors are judged."""

    __tablename__ = "page_words"

    page_id: Mapped[int] = mapped_column(
        ForeignKey("pages.id"), primary_key=True, autoincrement=False
    )
    counts: Mapped[dict[str, Any]]
    counted_at: Mapped[datetime]


@event.listens_for(Case, "after_insert")
def _look_soon(_mapper: object, connection: Connection, of: Case) -> None:
    """Whoever opens a case, its page is looked at soon."""
    if of.status == OPEN:
        make_due(connection, of, by=of.updated_at + USUAL_PACE.first_look)


@event.listens_for(Case, "after_update")
def _look_again(_mapper: object, connection: Connection, of: Case) -> None:
    """A further reader of an open case, or a case that is open again, calls for a look, too."""
    changes = inspect(of).attrs
    readers = changes.readers.history
    is_wanted = bool(changes.status.history.added) or bool(
        readers.added and readers.deleted and readers.added[0] > readers.deleted[0]
    )
    if of.status == OPEN and is_wanted:
        make_due(connection, of, by=of.updated_at + USUAL_PACE.first_look)


@event.listens_for(Case, "before_update")
def _release_decided(_mapper: object, _connection: object, of: Case) -> None:
    """A case that somebody has decided is withheld no more, whatever follows."""
    if of.withheld_at is not None and inspect(of).attrs.status.history.added:
        of.withheld_at = None


def make_due(connection: Connection, of: Case, *, by: datetime) -> None:
    """Have the case's page looked at by then, and its intervals begin anew."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(PageCheck).values(
        page_id=of.page_id, site_id=of.site_id, due_at=by, looks=0, failures=0, is_undecided=False
    )
    new = statement.excluded
    is_later = or_(PageCheck.due_at.is_(None), PageCheck.due_at > new.due_at)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["page_id"],
            set_={
                "due_at": case((is_later, new.due_at), else_=PageCheck.due_at),
                "looks": 0,
            },
        )
    )
