"""What the desk keeps for its editors: who is on a case, saved views, keys, the index of search."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base, uuid_key
from typo_reports.storage.models.people import Editor
from typo_reports.storage.models.publications import Site


class CaseLease(Base):
    """An editor is on the case until then; after that nobody is, though the row stays a while."""

    __tablename__ = "case_leases"

    case_id: Mapped[str] = mapped_column(
        Uuid(as_uuid=False), ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    taken_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship()

    __table_args__ = (
        Index("ix_case_leases_site_id_expires_at", "site_id", "expires_at"),
        Index("ix_case_leases_editor_id", "editor_id"),
    )


class SavedView(Base):
    """A question to the queue under a name. With a site it is shared with the desk of that site."""

    __tablename__ = "saved_views"

    id: Mapped[str] = uuid_key()
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id", ondelete="CASCADE"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    # As it stands in an address; see web/asked.py.
    query: Mapped[str]
    created_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship()
    site: Mapped[Site | None] = relationship()

    __table_args__ = (
        Index("ix_saved_views_editor_id", "editor_id"),
        Index("ix_saved_views_site_id", "site_id"),
    )


class EditorKeys(Base):
    """Which single keys an editor uses; a missing row means the usual ones."""

    __tablename__ = "editor_keys"

    editor_id: Mapped[int] = mapped_column(
        ForeignKey("editors.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    are_on: Mapped[bool] = mapped_column(default=True)
    # Action to keys, for the actions whose keys are not the usual ones; see domain/desk_keys.py.
    changed: Mapped[dict[str, list[str]]] = mapped_column(JSON)


class CaseText(Base):
    """The text of a case in which search looks, folded; `number` names it in the index of grams.

    No foreign key: when the case goes, the worker needs the text to take it out of the index.
    """

    __tablename__ = "case_texts"

    number: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), unique=True)
    text: Mapped[str]


class StaleText(Base):
    """A case whose text has changed since it was indexed. Triggers write it; the worker reads."""

    __tablename__ = "stale_texts"

    case_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    # Another number with each change: what changed again while it was indexed stays stale.
    mark: Mapped[int] = mapped_column(BigInteger)
