"""Cases, what readers reported about them, and what was done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Uuid,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.domain.urgency import urgency
from typo_reports.storage.models.foundation import Base, uuid_key

if TYPE_CHECKING:
    from typo_reports.storage.models.people import Editor
    from typo_reports.storage.models.publications import Page, Site


class Case(Base):
    """One suspected error in one place, with one or more reports."""

    __tablename__ = "cases"

    id: Mapped[str] = uuid_key()
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"))
    status: Mapped[str] = mapped_column(String(16))
    resolution: Mapped[str | None] = mapped_column(String(32))
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    # What grouping keeps of the members; see domain/grouping.py.
    core: Mapped[dict[str, Any]] = mapped_column(JSON)
    # An editor has said which reports belong here: grouping takes none away, and ends it in none.
    is_arranged: Mapped[bool] = mapped_column(default=False)
    readers: Mapped[int] = mapped_column(Integer)
    regressions: Mapped[int] = mapped_column(Integer, default=0)
    duplicate_of_id: Mapped[str | None] = mapped_column(
        ForeignKey("cases.id"), type_=Uuid(as_uuid=False)
    )
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    hint: Mapped[dict[str, Any] | None]
    # When the passage was last read for its error; None if nobody has looked yet.
    hinted_at: Mapped[datetime | None]
    place_state: Mapped[str] = mapped_column(String(16), default="unchecked")
    place_checked_at: Mapped[datetime | None]
    # Which part of the page the passage stands in; None before it was found there.
    position: Mapped[str | None] = mapped_column(String(16))
    # Whether the article was new when the case came in; see domain/position.py.
    is_fresh: Mapped[bool] = mapped_column(default=False)
    # When the passage was first found on its page; None if never.
    found_at: Mapped[datetime | None]
    # Since when the report is kept apart, its passage not being on the page.
    withheld_at: Mapped[datetime | None]
    # What the looks at the page have shown; see domain/verification.py.
    sightings: Mapped[dict[str, Any] | None]
    # Until then the queue of open cases leaves it out.
    snoozed_until: Mapped[datetime | None]
    # Stored, so that the queue can be read in its order from an index; see domain/urgency.py.
    urgency: Mapped[float] = mapped_column(Float, default=0.0)
    # What the editors say to the readers who reported it.
    reply: Mapped[str | None]
    # The search that found it, if no reader has; and what should stand there instead.
    search_id: Mapped[str | None] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("elsewhere_searches.id")
    )
    correction: Mapped[str | None]
    # By which the case was answered as it came in.
    house_style_id: Mapped[int | None] = mapped_column(ForeignKey("house_style.id"))
    # Grows with every change: a deed on an older version is a conflict.
    version: Mapped[int] = mapped_column(Integer, default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]

    @property
    def is_corrected(self) -> bool:
        """Whether a reader has proposed a correction."""
        return any(piece[3] for piece in self.core["pieces"])

    site: Mapped[Site] = relationship()
    page: Mapped[Page] = relationship()
    assignee: Mapped[Editor | None] = relationship()

    __table_args__ = (
        # All columns in one direction, so that the index serves both ways of reading.
        Index("ix_cases_by_readers", "site_id", "status", "readers", "created_at", "id"),
        Index("ix_cases_by_urgency", "site_id", "status", "urgency", "created_at", "id"),
        Index("ix_cases_by_age", "site_id", "status", "created_at", "id"),
        Index("ix_cases_by_change", "site_id", "status", "updated_at", "id"),
        Index(
            "ix_cases_asleep",
            "site_id",
            "snoozed_until",
            sqlite_where=text("snoozed_until IS NOT NULL"),
            postgresql_where=text("snoozed_until IS NOT NULL"),
        ),
        # Partial: only cases that wait for their hint stand in it.
        Index(
            "ix_cases_unhinted",
            "created_at",
            sqlite_where=text("hinted_at IS NULL"),
            postgresql_where=text("hinted_at IS NULL"),
        ),
        Index("ix_cases_of_page", "page_id", "status"),
        Index(
            "ix_cases_of_house_style",
            "house_style_id",
            "created_at",
            sqlite_where=text("house_style_id IS NOT NULL"),
            postgresql_where=text("house_style_id IS NOT NULL"),
        ),
        Index(
            "ix_cases_found_elsewhere",
            "search_id",
            sqlite_where=text("search_id IS NOT NULL"),
            postgresql_where=text("search_id IS NOT NULL"),
        ),
        Index(
            "ix_cases_folded",
            "site_id",
            "created_at",
            sqlite_where=text("house_style_id IS NOT NULL"),
            postgresql_where=text("house_style_id IS NOT NULL"),
        ),
        Index("ix_cases_of_assignee", "assignee_id", "status"),
        Index("ix_cases_of_original", "duplicate_of_id"),
        Index(
            "ix_cases_found",
            "site_id",
            "found_at",
            sqlite_where=text("found_at IS NOT NULL"),
            postgresql_where=text("found_at IS NOT NULL"),
        ),
        Index(
            "ix_cases_withheld",
            "site_id",
            "withheld_at",
            sqlite_where=text("withheld_at IS NOT NULL"),
            postgresql_where=text("withheld_at IS NOT NULL"),
        ),
    )


@event.listens_for(Case, "before_insert")
@event.listens_for(Case, "before_update")
def _keep_urgency(_mapper: object, _connection: object, case: Case) -> None:
    """Whoever changes a case, its urgency follows."""
    case.urgency = urgency(
        created_at=case.created_at,
        readers=case.readers,
        is_corrected=case.is_corrected,
        regressions=case.regressions or 0,
        position=case.position,
        is_fresh=bool(case.is_fresh),
    )


class CaseKey(Base):
    """One key under which a case is found among the cases of its page."""

    __tablename__ = "case_keys"
    __table_args__ = (Index(None, "case_id"),)

    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("cases.id"), primary_key=True
    )


class Report(Base):
    """One reader's submission, exactly as the reader sent it."""

    __tablename__ = "reports"

    id: Mapped[str] = uuid_key()
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("cases.id"))
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int | None]
    end: Mapped[int | None]
    suggestion: Mapped[str | None]
    comment: Mapped[str | None]
    reply_to: Mapped[str | None]
    source_url: Mapped[str]
    # Which piece of the case this report speaks of; see domain/grouping.py.
    piece_key: Mapped[str] = mapped_column(String(8))
    # SHA-256 of what was sent, to tell a replay from an id used twice.
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    outcome: Mapped[str] = mapped_column(String(16))
    receipt_token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    case: Mapped[Case] = relationship()

    __table_args__ = (
        Index(None, "case_id", "created_at"),
        Index(None, "created_at"),
    )


class CaseEvent(Base):
    """One line of a case's history. `data` holds what is needed to undo the deed."""

    __tablename__ = "case_events"
    __table_args__ = (
        Index(None, "case_id", "created_at"),
        Index(None, "editor_id", "created_at"),
        Index(None, "batch_id"),
        Index(None, "site_id", "created_at"),
    )

    id: Mapped[str] = uuid_key()
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("cases.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    # Deeds that were done to many cases at once share it, and are undone together.
    batch_id: Mapped[str | None] = mapped_column(Uuid(as_uuid=False))
    kind: Mapped[str] = mapped_column(String(32))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    # Who did it when it was no editor: "api:<token name>", "reader", "page".
    actor: Mapped[str | None]
    note: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    case: Mapped[Case] = relationship()
    editor: Mapped[Editor | None] = relationship()
