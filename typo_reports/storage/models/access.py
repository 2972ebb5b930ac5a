"""Ways into an account besides its password, and the record of what was done to accounts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base

if TYPE_CHECKING:
    from typo_reports.storage.models.people import Editor
    from typo_reports.storage.models.publications import Site


class PasswordLink(Base):
    """A link by which an editor chooses a password; its row is gone once it was used."""

    __tablename__ = "password_links"
    __table_args__ = (Index(None, "editor_id"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship()


class SecondFactor(Base):
    """The secret that an editor's authenticator app shares with us (RFC 6238)."""

    __tablename__ = "second_factors"

    editor_id: Mapped[int] = mapped_column(
        ForeignKey("editors.id"), primary_key=True, autoincrement=False
    )
    secret: Mapped[str] = mapped_column(String(64))
    # None until the app has shown a right code once: until then it isn't asked for.
    confirmed_at: Mapped[datetime | None]
    # The 30-second step of the last code that was taken: no code counts twice.
    last_step: Mapped[int | None]


class RecoveryCode(Base):
    """A code that stands in for the app, once; only its hash is kept."""

    __tablename__ = "recovery_codes"

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class AuditEvent(Base):
    """Something that was done to accounts, sites or tokens. Cases have a history of their own."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "at", "id"), Index(None, "site_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    # None for the command line.
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    deed: Mapped[str] = mapped_column(String(32))
    # What it was done to, as it was called then.
    about: Mapped[str]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"))

    editor: Mapped[Editor | None] = relationship()
    site: Mapped[Site | None] = relationship()
