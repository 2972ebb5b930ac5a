"""Editors, where they are signed in, and the tokens of programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base

if TYPE_CHECKING:
    from typo_reports.storage.models.publications import Site


class Editor(Base):
    """Who reviews. `role` is admin (everything) or editor (the sites of the memberships)."""

    __tablename__ = "editors"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    # Folded address, so that Ann@ and ann@ are one account.
    email_key: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str]
    password_hash: Mapped[str | None]
    role: Mapped[str] = mapped_column(String(16))
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    # In which the desk speaks; None for what the browser asks for.
    language: Mapped[str | None] = mapped_column(String(35))
    # In which the browser last made it speak: for letters where `language` is None.
    last_language: Mapped[str | None] = mapped_column(String(35))
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime]

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="editor", cascade="all, delete-orphan"
    )


class Membership(Base):
    """An editor on a site; the digest comes at `digest_hour` (0 to 23, editor's zone), if any."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "site_id"),)

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    digest_hour: Mapped[int | None]
    # The editor's local date of the last digest that was composed.
    digested_on: Mapped[date | None]

    editor: Mapped[Editor] = relationship(back_populates="memberships")
    site: Mapped[Site] = relationship()


class EditorSession(Base):
    """A signed-in browser; its row is the session, so deleting it signs out."""

    __tablename__ = "editor_sessions"
    __table_args__ = (Index(None, "editor_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # What the browser calls itself, roughly ("Firefox on Linux"), so that its owner knows it again.
    browser: Mapped[str | None] = mapped_column(String(80))
    # By which way it came in: one of services.browsers.WAYS. None: before that was noted.
    way: Mapped[str | None] = mapped_column(String(16))

    editor: Mapped[Editor] = relationship()


class Token(Base):
    """A Bearer token of the API for one site; only its hash is kept."""

    __tablename__ = "tokens"
    __table_args__ = (Index(None, "site_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id"))
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    site: Mapped[Site] = relationship()
