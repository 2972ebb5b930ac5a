"""Looking for the same error on other pages: one search, its pages, the places that it found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base, uuid_key
from typo_reports.storage.models.people import Editor
from typo_reports.storage.models.publications import Site

WAITING, READING, DONE, CANCELLED = "waiting", "reading", "done", "cancelled"


class ElsewhereSearch(Base):
    """One search for the wrong words of a case. A worker has it until `leased_until`."""

    __tablename__ = "elsewhere_searches"
    __table_args__ = (
        Index(None, "case_id", "created_at"),
        Index(None, "site_id", "key", "created_at"),
        Index(None, "status", "due_at"),
    )

    id: Mapped[str] = uuid_key()
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    # The case whose error it is. No foreign key: cases name their search in turn.
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    # Names wrong and right words; see domain/elsewhere.py.
    key: Mapped[bytes] = mapped_column(LargeBinary(32))
    wrong: Mapped[str]
    right: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    is_small: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str | None]
    # misspelling, real-word, phrase, unknown; None before a worker has asked the dictionary.
    kind: Mapped[str | None] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default=WAITING)
    # What an editor should know of how it went.
    words: Mapped[str | None]
    pages: Mapped[int] = mapped_column(Integer, default=0)
    read: Mapped[int] = mapped_column(Integer, default=0)
    unread: Mapped[int] = mapped_column(Integer, default=0)
    found_pages: Mapped[int] = mapped_column(Integer, default=0)
    # Places where the words stand in other company, and are probably right.
    left_out: Mapped[int] = mapped_column(Integer, default=0)
    # Who asked for it; None if it began by itself.
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
    editor: Mapped[Editor | None] = relationship()

    @property
    def is_running(self) -> bool:
        """Whether pages are still to be read."""
        return self.status in (WAITING, READING)


class ElsewherePage(Base):
    """One page of a search, in the order in which they are read."""

    __tablename__ = "elsewhere_pages"

    search_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False),
        ForeignKey("elsewhere_searches.id", ondelete="CASCADE"),
        primary_key=True,
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    url: Mapped[str]
    # How reading it ended; None while it waits.
    outcome: Mapped[str | None] = mapped_column(String(16))


class ElsewherePlace(Base):
    """One place where the wrong words stand."""

    __tablename__ = "elsewhere_places"
    __table_args__ = (Index(None, "search_id", "number", "start"), Index(None, "case_id"))

    id: Mapped[str] = uuid_key()
    search_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("elsewhere_searches.id", ondelete="CASCADE")
    )
    number: Mapped[int] = mapped_column(Integer)
    url: Mapped[str]
    title: Mapped[str | None]
    lang: Mapped[str | None]
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    right: Mapped[str]
    position: Mapped[str | None] = mapped_column(String(16))
    # Whether it is chosen before an editor has looked.
    is_sure: Mapped[bool] = mapped_column(default=True)
    # The case that stands there: one that was there before, or made from this place.
    case_id: Mapped[str | None] = mapped_column(Uuid(as_uuid=False), ForeignKey("cases.id"))


class SiteWords(Base):
    """Which words a page held when it was last read, so that it need not be read for others."""

    __tablename__ = "site_words"
    __table_args__ = (Index(None, "read_at"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    url_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    # {"words": [...]}, in lower case; None where they were too many to keep.
    held: Mapped[dict[str, Any] | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    read_at: Mapped[datetime]
